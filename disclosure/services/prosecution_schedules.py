"""Schedules of unused material: issued as they stand then, given out as numbered copies, printed again as the same file."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.prosecutions import ScheduleKind
from disclosure.documents.prosecutions import schedule_paper
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.prosecutions import (
    require_charged,
    require_discloser,
    require_past,
    require_recipient,
)
from disclosure.models import Prosecution, Schedule, ScheduleCopy
from disclosure.reports.prosecutions import SCHEDULE_CLOCK, all_facts, content_of, digest_of
from disclosure.rules.prosecutions import missing
from disclosure.services.prosecutions import all_issued, hold_prosecution


@transaction.atomic
def issue_schedule(
    *, actor: User, prosecution: Prosecution, version: int, kind: str, is_certified: bool, late_reason: str = ""
) -> Schedule:  # fmt: skip
    """Issue the next version of a schedule: its rows as they stand now, with nothing of an item missing, certified by whoever discloses."""
    locked = hold_prosecution(actor, prosecution, version, whole=True)
    require_discloser(actor, locked)
    require_charged(locked)
    if kind not in ScheduleKind.values:
        raise DomainError("Choose which schedule.", field="kind")
    require_nothing_missing(missing(all_facts(actor, locked)))
    if not is_certified:
        raise DomainError("Confirm what the schedule certifies.", field="is_certified")
    before = locked.schedules.filter(kind=kind).order_by("-number").first()
    content = content_of(actor, locked, kind, before)
    number = before.number + 1 if before else 1
    schedule = Schedule.objects.create(
        prosecution=locked, kind=kind, number=number, content=content, sha256=digest_of(content), issued_by=actor
    )
    if all_issued(locked):
        complete_actions_about(actor=actor, subject=locked, kind=SCHEDULE_CLOCK, outcome="Issued", late_reason=late_reason)
    record_event(Verb.CREATED, schedule, act="Schedule issued", kind=kind, number=number)
    return schedule


@transaction.atomic
def give_copy(*, actor: User, schedule: Schedule, recipient: str, given_to: str, given_on: date) -> ScheduleCopy:
    """Make a numbered copy for somebody."""
    locked = hold_schedule(actor, schedule)
    require_recipient(locked, recipient, given_to)
    require_past("given_on", given_on)
    copy = make_copy(actor, locked, recipient, given_to.strip(), given_on)
    record_event(Verb.PRINTED, locked, act="Copy of a schedule given out", number=copy.number, recipient=recipient)
    return copy


def hold_schedule(actor: User, schedule: Schedule) -> Schedule:
    """Hold a schedule that the actor sees until the transaction ends."""
    authorise(actor, Perm.SCHEDULE_MATERIAL, schedule)
    return Schedule.objects.select_for_update(of=("self",)).select_related("prosecution", "issued_by").get(pk=schedule.pk)


def make_copy(actor: User, schedule: Schedule, recipient: str, given_to: str, given_on: date) -> ScheduleCopy:
    """Store a copy with the digest of its file."""
    copy = ScheduleCopy(
        schedule=schedule, number=schedule.copies.count() + 1, recipient=recipient, given_to=given_to, given_on=given_on, by=actor,
        made_at=now(),
    )  # fmt: skip
    copy.sha256 = hashlib.sha256(schedule_paper(copy)).hexdigest()
    copy.save()
    return copy


@transaction.atomic
def print_copy(*, actor: User, copy: ScheduleCopy) -> tuple[ScheduleCopy, bytes]:
    """Return the file of a copy byte for byte as it was; where that cannot be made any more, another copy, with a number of its own."""
    locked = hold_schedule(actor, copy.schedule)
    file = schedule_paper(copy)
    if hashlib.sha256(file).hexdigest() != copy.sha256:
        copy = make_copy(actor, locked, copy.recipient, copy.given_to, copy.given_on)
        file = schedule_paper(copy)
    record_event(Verb.PRINTED, locked, act="Copy of a schedule printed", number=copy.number)
    return copy, file
