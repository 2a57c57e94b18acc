"""The tables of intelligence work."""
