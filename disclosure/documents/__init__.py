"""Papers of disclosure."""
