"""What changes rows of governance."""
