"""What the demonstration force reviews, counts and asks about."""
