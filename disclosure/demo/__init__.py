"""What the demonstration force was asked and disclosed."""

from disclosure.demo.applications import add_applications

__all__ = ["add_applications"]
