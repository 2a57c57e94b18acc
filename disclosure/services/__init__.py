"""Every change of disclosure."""
