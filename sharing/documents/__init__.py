"""Papers of sharing."""
