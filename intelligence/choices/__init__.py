"""Words of intelligence work, by subject."""
