"""Which rows of governance somebody may see, by subject."""
