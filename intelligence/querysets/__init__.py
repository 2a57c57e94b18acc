"""Which rows of intelligence work somebody may see, by subject."""
