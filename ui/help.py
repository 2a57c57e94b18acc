"""What a help topic is: each app declares its own in `help.py`, and the app guide shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ui.languages import StrOrPromise


class Area(TextChoices):
    """Under which heading a topic stands, in the order of the index."""

    WORK = "work", _("Your work")
    RECORDS = "records", _("People on record")
    RISK = "risk", _("Risk, plans and meetings")
    INTELLIGENCE = "intelligence", _("Intelligence")
    SHARING = "sharing", _("Sharing information")
    DISCLOSURE = "disclosure", _("Disclosure schemes, requests and prosecutions")
    GOVERNANCE = "governance", _("The log, retention and figures")
    SYSTEM = "system", _("Accounts, rules and connections")
    AGENCIES = "agencies", _("For partner agencies")


class Section(StrEnum):
    """Headings of the national guidance on managing information about sexual and violent offenders."""

    OVERVIEW = "Overview"
    SIGNIFICANCE = "Establish significance of information"
    SOURCES = "Sources"
    COLLECTING = "Collecting and collating"
    ASKING_THE_PUBLIC = "Specific considerations regarding tasking member of the public"
    ROUTINE = "Routine collection"
    TASKED = "Tasked information"
    REPEATED = "Information provided on a repeated basis"
    PRISONS = "Information from prisons"
    RECORDING = "Recording"
    CASE_FILES = "Offender case files"
    SHARING = "Sharing public protection information"
    DECISIONS = "Decisions relating to sharing public protection information"
    DOMESTIC = "Domestic violence disclosure scheme"
    CHILDREN = "Child sex offender disclosure scheme"
    IN_THE_POLICE = "Sharing information in the police service"
    CRIMINAL_JUSTICE = "Criminal justice disclosure"
    MAPPA = "Sharing information as part of the MAPPA process"
    AGENCIES = "Sharing information with individual agencies"
    PAROLE_BOARD = "Sharing information with the Parole Board"
    LICENCE = "Sharing information about supervision, revocation and recall for prisoners released on licence"
    BORDER = "Sharing information with the UK Border Force"
    BARRING = "Sharing information with the Disclosure and Barring Service"
    PUBLIC = "Sharing information with specific members of the public"
    MEDIA = "Sharing information with the media and general public"
    THIRD_PARTIES = "Sharing sensitive information from a third party"
    REQUESTS = "Requests to the police for public protection information"
    OWN_DATA = "Requests for personal information from offenders"
    FREEDOM = "Requests under the Freedom of Information Act 2000"
    RETENTION = "Review, retention and disposal of public protection information"
    FIGURES = "Performance management and key performance indicators"
    FURTHER_OFFENCES = "Suspicion of further offences"
    COVERT = "Public protection and covert investigation"


@dataclass(frozen=True)
class Clause:
    """What the guidance asks, in our words: under which heading, and which requirements of this service follow from it."""

    section: Section
    words: StrOrPromise
    requirements: tuple[str, ...]


@dataclass(frozen=True, eq=False)  # one of each: its words differ by language, and what is kept about it must not
class Topic:
    """Help for one family of screens."""

    slug: str
    title: StrOrPromise
    area: Area
    pages: tuple[str, ...]  # names of addresses; * stands for any ending
    purpose: StrOrPromise
    use: StrOrPromise
    clauses: tuple[Clause, ...]
