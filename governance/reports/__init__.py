"""What pages of governance show."""
