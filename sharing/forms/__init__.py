"""Forms of sharing."""
