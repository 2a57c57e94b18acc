"""Words of disclosure."""
