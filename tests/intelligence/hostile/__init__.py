"""Hostile messages, built in code."""
