"""Tables of disclosure, one module a subject."""

from disclosure.models.applications import Application, ApplicationMarker, Check, Interview, Party, SafeContact, Safeguarding
from disclosure.models.freedom import Clarification, FreedomReply, FreedomRequest, FreedomReview, NationalAdvice
from disclosure.models.practice import Ground, SmallNumber, StandardText
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
from disclosure.models.subject_access import Bundle, BundleItem, Collected, Correction, Delivery, SubjectRequest, UndoneSeal

__all__ = [
    "Application",
    "ApplicationMarker",
    "Assessment",
    "Bundle",
    "BundleItem",
    "Check",
    "Clarification",
    "Collected",
    "Correction",
    "Delivery",
    "Forum",
    "FreedomReply",
    "FreedomRequest",
    "FreedomReview",
    "Ground",
    "ImmunityApplication",
    "Interview",
    "LineOfEnquiry",
    "MaterialLink",
    "NationalAdvice",
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
    "SmallNumber",
    "StandardText",
    "SubjectRequest",
    "UndoneSeal",
    "UnusedItem",
    "UnusedReview",
]
