"""Which rows of intelligence work a user may see, by subject."""
