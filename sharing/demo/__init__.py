"""What the demonstration force has shared."""
