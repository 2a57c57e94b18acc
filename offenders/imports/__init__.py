"""Files of nominals: read as a stream, checked whole, stored in one transaction. The format is in docs/import-format.md."""
