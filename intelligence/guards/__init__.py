"""State guards of intelligence work, by subject."""
