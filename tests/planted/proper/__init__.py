"""Changes as they should be: a column without a value, an index built beside the writers."""
