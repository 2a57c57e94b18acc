"""What the demonstration force reviews, counts and asks about."""

from governance.demo.figures import add_figures

__all__ = ["add_figures"]
