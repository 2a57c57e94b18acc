"""The tables of intelligence work."""

from intelligence.models.briefings import Briefing, BriefingRecipient
from intelligence.models.checks import CheckSource, SystemCheck
from intelligence.models.covert import CovertReferral

__all__ = [
    "Briefing",
    "BriefingRecipient",
    "CheckSource",
    "CovertReferral",
    "SystemCheck",
]
