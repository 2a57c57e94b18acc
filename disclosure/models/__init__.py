"""Tables of disclosure, one module a subject."""

from disclosure.models.applications import Application, ApplicationMarker, Check, Interview, Party, SafeContact, Safeguarding
from disclosure.models.freedom import Clarification, FreedomReply, FreedomRequest, FreedomReview, NationalAdvice
from disclosure.models.practice import Ground, SmallNumber, StandardText
from disclosure.models.scheme_outcomes import Forum, NeutralAnswer, Representations, SchemeDecision, SchemeDisclosure
from disclosure.models.subject_access import Bundle, BundleItem, Collected, Delivery, SubjectRequest

__all__ = [
    "Application",
    "ApplicationMarker",
    "Bundle",
    "BundleItem",
    "Check",
    "Clarification",
    "Collected",
    "Delivery",
    "Forum",
    "FreedomReply",
    "FreedomRequest",
    "FreedomReview",
    "Ground",
    "Interview",
    "NationalAdvice",
    "NeutralAnswer",
    "Party",
    "Representations",
    "SafeContact",
    "Safeguarding",
    "SchemeDecision",
    "SchemeDisclosure",
    "SmallNumber",
    "StandardText",
    "SubjectRequest",
]
