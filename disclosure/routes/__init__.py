"""Addresses of disclosure, by subject."""
