"""What pages of intelligence work show, by subject."""
