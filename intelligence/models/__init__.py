"""The tables of intelligence work."""

from intelligence.models.arrivals import Arrival, MessageScan
from intelligence.models.briefings import Briefing, BriefingRecipient
from intelligence.models.checks import CheckSource, SystemCheck
from intelligence.models.covert import CovertReferral
from intelligence.models.duplicates import DuplicateCheck, DuplicatePair
from intelligence.models.flags import (
    Canary,
    EventType,
    FlagDelivery,
    FlagReview,
    FlagSetting,
    FlagSettingVersion,
    FlagVerdict,
    NoFlagReason,
    UsualFlag,
)
from intelligence.models.information import (
    Dissemination,
    InformationGiver,
    InformationRelease,
    InformationReport,
    ReportNote,
    ReportRoute,
    ReportSubject,
    SignificanceAnswer,
    SourceReview,
)
from intelligence.models.matching import MatchingThreshold
from intelligence.models.report_search import ReleaseIndex, ReportIndex, ReportSearch, ReportSearchHit
from intelligence.models.tasking import Tasking, TaskingReceipt, TaskingReview, TaskingSlot, TaskingSubject
from intelligence.models.travel import AlertCandidate, AlertRepeat, AlertSource, ChangedIdentity, RawMessage, TravelAlert, TravelRecord

__all__ = [
    "AlertCandidate",
    "AlertRepeat",
    "AlertSource",
    "Arrival",
    "Briefing",
    "BriefingRecipient",
    "Canary",
    "ChangedIdentity",
    "CheckSource",
    "CovertReferral",
    "Dissemination",
    "DuplicateCheck",
    "DuplicatePair",
    "EventType",
    "FlagDelivery",
    "FlagReview",
    "FlagSetting",
    "FlagSettingVersion",
    "FlagVerdict",
    "InformationGiver",
    "InformationRelease",
    "InformationReport",
    "MatchingThreshold",
    "MessageScan",
    "NoFlagReason",
    "RawMessage",
    "ReleaseIndex",
    "ReportIndex",
    "ReportNote",
    "ReportRoute",
    "ReportSearch",
    "ReportSearchHit",
    "ReportSubject",
    "SignificanceAnswer",
    "SourceReview",
    "SystemCheck",
    "Tasking",
    "TaskingReceipt",
    "TaskingReview",
    "TaskingSlot",
    "TaskingSubject",
    "TravelAlert",
    "TravelRecord",
    "UsualFlag",
]
