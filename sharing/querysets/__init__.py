"""Which rows of sharing a user may see."""
