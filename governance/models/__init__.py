"""Tables of governance, by subject."""
