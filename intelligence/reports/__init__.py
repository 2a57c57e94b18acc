"""What intelligence work asks of the data, by subject."""
