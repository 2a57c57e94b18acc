"""What the demonstration force was asked and disclosed."""

from disclosure.demo.prosecutions import add_prosecutions

__all__ = ["add_prosecutions"]
