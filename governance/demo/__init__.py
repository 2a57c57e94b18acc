"""What the demonstration force reviews, counts and asks about."""

from governance.demo.looks import add_looks

__all__ = ["add_looks"]
