"""What the synthetic force has of intelligence work, besides its records."""

from intelligence.demo.duplicates import add_duplicates
from intelligence.demo.flags import add_flags
from intelligence.demo.information import add_information
from intelligence.demo.links import add_links
from intelligence.demo.taskings import add_taskings
from intelligence.demo.travel import add_travel

__all__ = ["add_duplicates", "add_flags", "add_information", "add_links", "add_taskings", "add_travel"]
