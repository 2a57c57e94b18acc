"""What the demonstration force reviews, counts and asks about."""

from governance.demo.retention import add_retention

__all__ = ["add_retention"]
