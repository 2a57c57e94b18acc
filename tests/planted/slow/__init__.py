"""A change that holds its table for eight seconds."""
