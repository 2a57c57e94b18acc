"""Decisions to tell somebody outside: disclosure schemes, subject access, freedom of information, unused material."""
