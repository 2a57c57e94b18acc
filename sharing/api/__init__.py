"""The REST API of sharing: for agencies."""
