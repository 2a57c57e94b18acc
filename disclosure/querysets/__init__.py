"""Which rows of disclosure a user may see."""
