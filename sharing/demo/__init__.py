"""What the synthetic force has of sharing, besides its records."""

from sharing.demo.decisions import add_decisions

__all__ = ["add_decisions"]
