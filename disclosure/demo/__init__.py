"""What the demonstration force was asked and disclosed."""

from disclosure.demo.outcomes import add_outcomes

__all__ = ["add_outcomes"]
