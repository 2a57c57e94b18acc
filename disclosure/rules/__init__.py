"""Rules of disclosure, without the database."""
