"""Addresses of governance, by subject."""
