"""The tables of intelligence work."""

from intelligence.models.checks import CheckSource, SystemCheck

__all__ = [
    "CheckSource",
    "SystemCheck",
]
