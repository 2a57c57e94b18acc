"""The REST API of intelligence work."""
