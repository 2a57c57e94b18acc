"""The tables of intelligence work."""

from intelligence.models.briefings import Briefing, BriefingRecipient
from intelligence.models.checks import CheckSource, SystemCheck
from intelligence.models.covert import CovertReferral
from intelligence.models.flags import Canary, EventType, FlagDelivery, FlagReview, FlagSetting, FlagSettingVersion, FlagVerdict, UsualFlag

__all__ = [
    "Briefing",
    "BriefingRecipient",
    "Canary",
    "CheckSource",
    "CovertReferral",
    "EventType",
    "FlagDelivery",
    "FlagReview",
    "FlagSetting",
    "FlagSettingVersion",
    "FlagVerdict",
    "SystemCheck",
    "UsualFlag",
]
