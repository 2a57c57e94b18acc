"""What pages and guards of work with the media read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.models import User
from actions.reports import waiting_by_subject
from audit.references import known_to
from offenders.models import Name, Word
from sharing.choices.decisions import Choice, Template, Verdict
from sharing.models import EnquiryRecord, MediaEnquiry, SharingDecision
from sharing.rules.decisions import State
from sharing.rules.media import is_named, pairs_of, points_at_somebody

CLOCK = "media-enquiry"


def with_people(rows: QuerySet[MediaEnquiry]) -> QuerySet[MediaEnquiry]:
    """Fetch whom the list and the page name."""
    return rows.select_related("unit", "taken_by", "unit_said_by", "closed_by", "force")


def due_of(enquiries: Iterable[MediaEnquiry]) -> dict[int, datetime | None]:
    """Return by when each open enquiry is to be answered, in one query."""
    waiting = waiting_by_subject([enquiry for enquiry in enquiries if enquiry.is_open], CLOCK)
    return {key: action.due for key, action in waiting.items()}


def names_somebody(user: User, text: str) -> bool:
    """Say whether a text points at a person: by a reference, a date of birth, or the name of a record of the force.

    Only names of records of which the user may know are looked at, so that an answer tells nothing that the search does not.
    """
    return points_at_somebody(text) or holds_a_name(user, pairs_of(text))


def holds_a_name(user: User, pairs: Collection[tuple[str, str]]) -> bool:
    """Say whether two neighbouring words are the name of somebody on record: the words are looked up once, then names that hold both."""
    tokens = dict(Word.objects.filter(text__in={word for pair in pairs for word in pair}).values_list("text", "pk"))
    known = [pair for pair in pairs if pair[0] in tokens and pair[1] in tokens]
    if not known:
        return False
    held = reduce(or_, (Q(tokens__contains=[tokens[one], tokens[other]]) for one, other in known))
    names = Name.objects.filter(held, nominal__in=known_to(user).filter(force=user.organisation_id).values("pk"))
    return any(is_named(pair, *name) for name in names.values_list("given_names", "surname") for pair in known)


def record_for(user: User, enquiry: MediaEnquiry) -> EnquiryRecord | None:
    """Return the record that the unit linked, to whoever may read what is shared about it."""
    return EnquiryRecord.objects.for_user(user).filter(enquiry=enquiry).select_related("nominal", "linked_by").first()


def decisions_to_identify(enquiry: MediaEnquiry) -> QuerySet[SharingDecision]:
    """Return the decisions on the linked record whether to identify the person to the media or the public, newest first."""
    return SharingDecision.objects.filter(nominal__media_enquiries__enquiry=enquiry, template=Template.MEDIA).order_by("-pk")


def identifying_now(enquiry: MediaEnquiry) -> QuerySet[SharingDecision]:
    """Return those of them under which the person may be identified today: approved as they stand, to share, not over."""
    live = {"approvals__verdict": Verdict.APPROVED, "approvals__lapsed_at__isnull": True, "approvals__content_hash": F("content_hash")}
    rows = decisions_to_identify(enquiry).filter(state=State.APPROVED, choice__in=[Choice.SHARE, Choice.PART], **live)
    return rows.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=localdate()))


def decision_words(enquiry: MediaEnquiry) -> str:
    """Say where the decision to identify stands, and nothing of what it says."""
    if identifying_now(enquiry).exists():
        return gettext("Approved: a statement may identify the person")
    latest = decisions_to_identify(enquiry).first()
    return str(latest.get_state_display()) if latest else gettext("None yet")


def parts_of(enquiry: MediaEnquiry) -> dict[str, Any]:
    """Return what hangs on an enquiry, for its page."""
    return {
        "consultations": enquiry.consultations.select_related("agency"),
        "statements": enquiry.statements.select_related("written_by", "agreed_by", "issued_by"),
    }
