"""Addresses of sharing, by subject."""
