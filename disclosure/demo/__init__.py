"""What the demonstration force was asked and disclosed."""

from disclosure.demo.applications import add_applications
from disclosure.demo.freedom import add_freedom

__all__ = ["add_applications", "add_freedom"]
