"""A table of its own, changed in a transaction and without one."""
