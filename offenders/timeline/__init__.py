"""One line of time of a record: each subject says which of its events a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of thing happened: the words of the filter, in its order."""

    VISIT = "visit", _("Visits")
    CONTACT = "contact", _("Contacts")
    NOTICE = "notice", _("Notices")
    RISK = "risk", _("Risk and MAPPA")
    PLAN = "plan", _("Plan")
    MEETING = "meeting", _("Meetings")
    CONDITION = "condition", _("Conditions")
    WARNING = "warning", _("Warnings")
    BREACH = "breach", _("Breaches")
    NOTIFICATION = "notification", _("Notification")
    REGISTRATION = "registration", _("Registration")
    TRAVEL = "travel", _("Foreign travel")
    CONVICTION = "conviction", _("Convictions")
    ORDER = "order", _("Orders")
    LICENCE = "licence", _("Licence and recall")
    CUSTODY = "custody", _("Custody")
    AUTHORITY = "authority", _("Other authorities")
    IDENTITY = "identity", _("Identity")
    ADDRESS = "address", _("Addresses")
    PEOPLE = "people", _("People")
    WORK = "work", _("Work and education")
    ONLINE = "online", _("Online and devices")
    VEHICLE = "vehicle", _("Vehicles")
    DOCUMENT = "document", _("Documents")
    INTELLIGENCE = "intelligence", _("Intelligence")
    CHECK = "check", _("System checks")
    BRIEFING = "briefing", _("Briefings")
    DISCLOSURE = "disclosure", _("Disclosure")
    APART = "apart", _("Kept apart")
    TRANSFER = "transfer", _("Transfers")
    RECORD = "record", _("The record")


@dataclass(frozen=True)
class Entry:
    """Something that happened: when, what kind of thing, in a few words, and the page where it stands."""

    at: datetime
    kind: Kind
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
