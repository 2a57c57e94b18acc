"""What pages and papers of sharing read."""
