"""Rules of intelligence work, by subject."""
