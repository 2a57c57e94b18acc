"""Ways to the systems of agencies."""
