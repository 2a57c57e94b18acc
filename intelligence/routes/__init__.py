"""Addresses, by subject."""
