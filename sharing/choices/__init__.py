"""Words of sharing."""
