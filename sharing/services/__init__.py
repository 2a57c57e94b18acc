"""Every change of sharing."""
