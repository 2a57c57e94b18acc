"""What the demonstration force was asked and disclosed."""
