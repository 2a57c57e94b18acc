"""Rules of help: which topic a page belongs to, for whom it is, and what to do when something does not open."""
