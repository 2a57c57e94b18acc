"""The tables of intelligence work."""

from intelligence.models.covert import CovertReferral

__all__ = [
    "CovertReferral",
]
