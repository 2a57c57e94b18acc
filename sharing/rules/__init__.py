"""Rules of sharing, without the database."""
