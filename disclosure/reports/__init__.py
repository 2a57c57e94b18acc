"""What pages and papers of disclosure read."""
