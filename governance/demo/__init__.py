"""What the demonstration force reviews, counts and asks about."""

from governance.demo.figures import add_figures
from governance.demo.looks import add_looks

__all__ = [
    "add_figures",
    "add_looks",
]
