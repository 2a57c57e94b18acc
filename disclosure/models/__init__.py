"""Tables of disclosure, one module a subject."""

from disclosure.models.applications import Application, ApplicationMarker, Check, Interview, Party, SafeContact, Safeguarding
from disclosure.models.practice import Ground, StandardText
from disclosure.models.prosecutions import (
    Assessment,
    ImmunityApplication,
    LineOfEnquiry,
    MaterialLink,
    Prosecution,
    Schedule,
    ScheduleCopy,
    UnusedItem,
    UnusedReview,
)
from disclosure.models.scheme_outcomes import Forum, NeutralAnswer, Representations, SchemeDecision, SchemeDisclosure

__all__ = [
    "Application",
    "ApplicationMarker",
    "Assessment",
    "Check",
    "Forum",
    "Ground",
    "ImmunityApplication",
    "Interview",
    "LineOfEnquiry",
    "MaterialLink",
    "NeutralAnswer",
    "Party",
    "Prosecution",
    "Representations",
    "SafeContact",
    "Safeguarding",
    "Schedule",
    "ScheduleCopy",
    "SchemeDecision",
    "SchemeDisclosure",
    "StandardText",
    "UnusedItem",
    "UnusedReview",
]
