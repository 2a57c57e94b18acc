"""A change that takes away what the version before still reads."""
