"""Papers of intelligence work, by subject."""
