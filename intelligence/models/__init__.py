"""The tables of intelligence work."""

from intelligence.models.briefings import Briefing, BriefingRecipient
from intelligence.models.checks import CheckSource, SystemCheck
from intelligence.models.covert import CovertReferral
from intelligence.models.matching import MatchingThreshold

__all__ = [
    "Briefing",
    "BriefingRecipient",
    "CheckSource",
    "CovertReferral",
    "MatchingThreshold",
    "SystemCheck",
]
