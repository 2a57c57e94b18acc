"""Tables of sharing, one module a subject."""
from sharing.models.agreements import AgencyContact, Agreement
from sharing.models.decisions import Advice, Answer, Approval, DecisionItem, SharingDecision
from sharing.models.practice import AuthorityRule, Power
from sharing.models.releases import AgencyAction, AgencyChange, Reading, Release
from sharing.models.sending import DataBreach, PaperCopy, ReleaseOutcome, Telling

__all__ = [
    "Advice",
    "AgencyAction",
    "AgencyChange",
    "AgencyContact",
    "Agreement",
    "Answer",
    "Approval",
    "AuthorityRule",
    "DataBreach",
    "DecisionItem",
    "PaperCopy",
    "Power",
    "Reading",
    "Release",
    "ReleaseOutcome",
    "SharingDecision",
    "Telling",
]
