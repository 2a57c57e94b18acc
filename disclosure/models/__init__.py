"""Tables of disclosure, one module a subject."""

from disclosure.models.applications import Application, ApplicationMarker, Check, Interview, Party, SafeContact, Safeguarding
from disclosure.models.practice import Ground, StandardText
from disclosure.models.scheme_outcomes import Forum, NeutralAnswer, Representations, SchemeDecision, SchemeDisclosure

__all__ = [
    "Application",
    "ApplicationMarker",
    "Check",
    "Forum",
    "Ground",
    "Interview",
    "NeutralAnswer",
    "Party",
    "Representations",
    "SafeContact",
    "Safeguarding",
    "SchemeDecision",
    "SchemeDisclosure",
    "StandardText",
]
