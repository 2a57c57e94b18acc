"""The tables of intelligence work."""

from intelligence.models.briefings import Briefing, BriefingRecipient
from intelligence.models.covert import CovertReferral

__all__ = [
    "Briefing",
    "BriefingRecipient",
    "CovertReferral",
from intelligence.models.checks import CheckSource, SystemCheck

__all__ = [
    "CheckSource",
    "SystemCheck",
]
