"""A change of every row in one transaction, which then goes on for eight seconds."""
