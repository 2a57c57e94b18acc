"""One history of disclosures about a record: every source that the reader may read, put together, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from disclosure.models import ApplicationMarker
from disclosure.reports.prosecutions import history_of as of_prosecutions
from disclosure.reports.subject_access import history_of as of_requests
from offenders.models import Nominal
from sharing.choices.decisions import Choice, RecipientKind
from sharing.models import Approval, EnquiryRecord, MediaEnquiry, MediaStatement, Release, SharingDecision
from ui.forms import lower_first

# When, what kind in English (the page narrows itself by it), what happened in words without names, and the address of a page or nothing.
Entry = tuple[datetime, str, str, str]
Source = Callable[[User, Nominal], list[Entry]]

PAGE = 50
KINDS = {
    RecipientKind.AGENCY: gettext_noop("Agency"),
    RecipientKind.BODY: gettext_noop("Another body"),
    RecipientKind.PERSON: gettext_noop("Member of the public"),
    RecipientKind.MEDIA: gettext_noop("Media"),
    RecipientKind.PUBLIC: gettext_noop("General public"),
    "": gettext_noop("To whom is not said yet"),
}
ENQUIRY, APPLICATION = gettext_noop("Enquiry of the media"), gettext_noop("Application")


def kind_of(decision: SharingDecision) -> str:
    """Say with whom a decision is about sharing."""
    return KINDS[decision.recipient_kind]


def of_decisions(user: User, nominal: Nominal) -> list[Entry]:
    """Return decisions whether to share, when each was sent to be decided or begun."""
    rows = SharingDecision.objects.for_user(user).filter(nominal=nominal).select_related("agency")
    return [(row.submitted_at or row.drafted_at, kind_of(row), decision_words(row), page_of(row)) for row in rows]


def decision_words(row: SharingDecision) -> str:
    """Say what a decision says and where it stands."""
    said = str(Choice(row.choice).label) if row.choice else gettext("No choice yet")
    which = f"{row.reference} ({row.agency.name})" if row.agency else row.reference
    parts = {"decision": which, "choice": said.lower(), "state": row.get_state_display()}
    return gettext("Decision %(decision)s: %(choice)s. %(state)s") % parts


def page_of(decision: SharingDecision) -> str:
    """Return the page of a decision."""
    return reverse("sharing:decision", args=[decision.public_id])


def of_verdicts(user: User, nominal: Nominal) -> list[Entry]:
    """Return what was said to decisions by whoever decides, also what no longer holds."""
    rows = Approval.objects.for_user(user).filter(decision__nominal=nominal).select_related("decision")
    return [(row.at, kind_of(row.decision), verdict_words(row), page_of(row.decision)) for row in rows]


def verdict_words(row: Approval) -> str:
    """Say what was said, by whose authority, and whether it still holds."""
    words = gettext("Decision %(decision)s: %(verdict)s by %(authority)s")
    if row.lapsed_at:
        words = gettext("Decision %(decision)s: %(verdict)s by %(authority)s. This has lapsed")
    verdict, authority = row.get_verdict_display().lower(), lower_first(row.get_authority_display())
    return words % {"decision": row.decision.reference, "verdict": verdict, "authority": authority}


def of_releases(user: User, nominal: Nominal) -> list[Entry]:
    """Return what left, and what was withdrawn."""
    rows = Release.objects.for_user(user).filter(decision__nominal=nominal).select_related("decision", "agency")
    entries = []
    for row in rows:
        kind, page = kind_of(row.decision), reverse("sharing:release", args=[row.public_id])
        entries.append((row.sent_at, kind, release_words(row), page))
        if row.withdrawn_at:
            entries.append((row.withdrawn_at, kind, gettext("%(release)s was withdrawn") % {"release": row.reference}, page))
    return entries


def release_words(row: Release) -> str:
    """Say that something left, to which agency, and how."""
    parts = {"release": row.reference, "channel": lower_first(row.get_channel_display())}
    if row.agency:
        return gettext("%(release)s left to %(agency)s: %(channel)s") % {**parts, "agency": row.agency.name}
    return gettext("%(release)s left: %(channel)s") % parts


def of_media(user: User, nominal: Nominal) -> list[Entry]:
    """Return enquiries of the media that the unit linked to the record, and statements that identified the person."""
    linked = EnquiryRecord.objects.for_user(user).filter(nominal=nominal).select_related("enquiry")
    open_to = set(MediaEnquiry.objects.for_user(user).filter(record__nominal=nominal).values_list("pk", flat=True))
    said = MediaStatement.objects.for_user(user).filter(decision__nominal=nominal, issued_at__isnull=False).select_related("enquiry")
    came = [(row.enquiry.received_at, ENQUIRY, enquiry_words(row.enquiry), media_page(row.enquiry, open_to)) for row in linked]
    issued, kind = gettext("A statement that identifies the person was issued: %(enquiry)s"), KINDS[RecipientKind.MEDIA]
    named = [(row.issued_at, kind, issued % {"enquiry": row.enquiry.reference}, media_page(row.enquiry, open_to)) for row in said]
    return came + named


def enquiry_words(enquiry: MediaEnquiry) -> str:
    """Say that an enquiry came, and what became of it."""
    return gettext("Enquiry %(enquiry)s came. %(outcome)s") % {"enquiry": enquiry.reference, "outcome": enquiry.get_outcome_display()}


def media_page(enquiry: MediaEnquiry, open_to: set[int]) -> str:
    """Return the page of an enquiry for whoever may open it."""
    return reverse("sharing:media", args=[enquiry.public_id]) if enquiry.pk in open_to else ""


def of_applications(user: User, nominal: Nominal) -> list[Entry]:
    """Return that an application under a disclosure scheme exists, where its managers may know."""
    rows = ApplicationMarker.objects.for_user(user).filter(nominal=nominal)
    return [(row.told_at, APPLICATION, gettext("An application under a disclosure scheme exists"), "") for row in rows]


# Each goes through for_user in a constant number of queries.
SOURCES: tuple[Source, ...] = (of_decisions, of_verdicts, of_releases, of_media, of_applications, of_prosecutions, of_requests)


@dataclass(frozen=True)
class Page:
    """A stretch of the history, and the kinds that stand in all of it."""

    entries: list[Entry]
    is_last: bool
    kinds: list[str]


def history_page(user: User, nominal: Nominal, kind: str = "", number: int = 1, size: int = PAGE) -> Page:
    """Return one page of what the reader may read, newest first, of one kind or of any."""
    everything = [entry for source in SOURCES for entry in source(user, nominal)]
    found = sorted((entry for entry in everything if not kind or entry[1] == kind), key=lambda entry: entry[0], reverse=True)
    start = (number - 1) * size
    return Page(found[start : start + size], start + size >= len(found), sorted({entry[1] for entry in everything}))
