"""The tables of intelligence work."""

from intelligence.models.arrivals import Arrival, MessageScan
from intelligence.models.briefings import Briefing, BriefingRecipient, BriefingReport
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
from intelligence.models.links import Entity, EntityMerge, Link, LinkEnd, PostcodePoint
from intelligence.models.matching import MatchingThreshold
from intelligence.models.practice import ContactLimit, MeansRule, Suggestion
from intelligence.models.report_search import ReleaseIndex, ReportIndex, ReportSearch, ReportSearchHit
from intelligence.models.suggesting import LinkCheck, MethodWords, ReportMark, ReportWords
from intelligence.models.tasking import Tasking, TaskingReceipt, TaskingReview, TaskingSlot, TaskingSubject
from intelligence.models.travel import AlertCandidate, AlertRepeat, AlertSource, ChangedIdentity, RawMessage, TravelAlert, TravelRecord
from intelligence.models.weak_signals import SignalLook, SignalReport

__all__ = [
    "AlertCandidate",
    "AlertRepeat",
    "AlertSource",
    "Arrival",
    "Briefing",
    "BriefingRecipient",
    "BriefingReport",
    "Canary",
    "ChangedIdentity",
    "CheckSource",
    "ContactLimit",
    "CovertReferral",
    "Dissemination",
    "DuplicateCheck",
    "DuplicatePair",
    "Entity",
    "EntityMerge",
    "EventType",
    "FlagDelivery",
    "FlagReview",
    "FlagSetting",
    "FlagSettingVersion",
    "FlagVerdict",
    "InformationGiver",
    "InformationRelease",
    "InformationReport",
    "Link",
    "LinkCheck",
    "LinkEnd",
    "MatchingThreshold",
    "MeansRule",
    "MessageScan",
    "MethodWords",
    "NoFlagReason",
    "PostcodePoint",
    "RawMessage",
    "ReleaseIndex",
    "ReportIndex",
    "ReportMark",
    "ReportNote",
    "ReportRoute",
    "ReportSearch",
    "ReportSearchHit",
    "ReportSubject",
    "ReportWords",
    "SignalLook",
    "SignalReport",
    "SignificanceAnswer",
    "SourceReview",
    "Suggestion",
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
