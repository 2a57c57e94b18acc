"""What the demonstration force reviews, counts and asks about."""

from governance.demo.figures import add_figures
from governance.demo.looks import add_looks
from governance.demo.retention import add_retention

__all__ = [
    "add_figures",
    "add_looks",
    "add_retention",
]
