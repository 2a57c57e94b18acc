"""Figures and texts that are only read, by subject."""
