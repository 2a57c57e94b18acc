"""Words of governance, by subject."""
