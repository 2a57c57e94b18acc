"""What the synthetic force has of intelligence work, besides its records."""

from intelligence.demo.flags import add_flags
from intelligence.demo.travel import add_travel

__all__ = ["add_flags", "add_travel"]
