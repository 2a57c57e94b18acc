"""Taskings from the draft to the end: raised, made live, reviewed by somebody else, put on briefing sheets, ended or expired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from intelligence.choices.tasking import Ending, Outcome, Shift
from intelligence.guards.tasking import (
    require_another_reviewer,
    require_authority,
    require_draft,
    require_ending,
    require_move,
    require_one_tasked,
    require_reason,
    require_review,
    require_slots,
    require_time,
    require_words,
)
from intelligence.models import InformationReport, Tasking, TaskingReceipt, TaskingReview, TaskingSlot, TaskingSubject
from intelligence.reports.information import members_of
from intelligence.reports.practice import means_needing_authority
from intelligence.rules.tasking import MOST_RECORDS, Side, State, days_between
from intelligence.services.information import open_draft
from offenders.guards import require_unchanged
from offenders.models import Nominal

REVIEW, LIST = "tasking-review", "intelligence:tasking-list"


@transaction.atomic
def raise_tasking(*, actor: User, nominals: Sequence[Nominal] = (), **values: Any) -> Tasking:
    """Store a draft that only its raiser reads: level, requirement, reason, means, authority, who is tasked, from when until when."""
    authorise(actor, Perm.RAISE_TASKING)
    tasking = Tasking(force=actor.organisation, raised_by=actor, **values)
    require_whole(tasking)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('intelligence_tasking_reference')")
        (number,) = cursor.fetchone()
    tasking.reference = f"TK-{number:06}"
    tasking.save()
    name_records(actor, tasking, nominals)
    record_event(Verb.CREATED, tasking, act="Tasking begun")
    return tasking


@transaction.atomic
def change_tasking(*, actor: User, tasking: Tasking, version: int, nominals: Sequence[Nominal] = (), **values: Any) -> Tasking:
    """Write a draft anew."""
    locked = lock_tasking(actor, tasking, version)
    require_draft(locked)
    for name, value in values.items():
        setattr(locked, name, value)
    require_whole(locked)
    locked.version += 1
    locked.save(update_fields=[*values, "version"])
    locked.subjects.all().delete()
    name_records(actor, locked, nominals)
    return locked


def require_whole(tasking: Tasking) -> None:
    """A tasking says everything that whoever is tasked must know, and may be carried out."""
    today = localdate()
    require_words(tasking)
    require_time(tasking, today)
    require_authority(tasking, means_needing_authority(tasking.means, max(today, tasking.starts_on)))
    require_one_tasked(tasking.force_id, tasking.unit, tasking.officer)


def name_records(actor: User, tasking: Tasking, nominals: Sequence[Nominal]) -> None:
    """Say which records it concerns; only those of which the actor may know."""
    if len(nominals) > MOST_RECORDS:
        raise DomainError("A tasking names {most} records or fewer.", most=MOST_RECORDS, field="nominals")
    for nominal in nominals:
        authorise(actor, Perm.VIEW_MARKER, nominal)
        TaskingSubject.objects.get_or_create(tasking=tasking, nominal=nominal)


def lock_tasking(actor: User, tasking: Tasking, version: int | None) -> Tasking:
    """Hold a tasking that the actor may raise, review or end until the transaction ends."""
    rows = Tasking.objects.for_user(actor, Perm.RAISE_TASKING).select_for_update(of=("self",))
    locked = rows.select_related("force", "unit", "officer", "raised_by").filter(pk=tasking.pk).first()
    if locked is None:
        raise NotPermitted(Perm.RAISE_TASKING)
    require_unchanged(locked, version)
    return locked


def move(tasking: Tasking, after: State, **values: Any) -> None:
    """Store the next state with what belongs to it, and say so in the trail without a word of the tasking."""
    before = tasking.state
    for name, value in values.items():
        setattr(tasking, name, value)
    tasking.state = after.value
    tasking.version += 1
    tasking.save(update_fields=[*values, "state", "version"])
    record_event(Verb.CHANGED, tasking, act="Tasking moved", before=before, after=after.value)


@transaction.atomic
def issue_tasking(*, actor: User, tasking: Tasking, version: int) -> Tasking:
    """Make a draft live: whoever is tasked is told, and the clock of the review begins."""
    locked = lock_tasking(actor, tasking, version)
    require_move(locked, State.LIVE, Side.RAISER)
    require_whole(locked)
    move(locked, State.LIVE)
    people = readers_of(locked)
    if locked.officer and not people:
        raise DomainError("{person} cannot receive this tasking. Choose somebody else.", person=locked.officer.display_name)
    ask_for_review(actor, locked, max(now(), make_aware(datetime.combine(locked.starts_on, time.min))))
    tell(actor=actor, people=people, text=gettext_noop("There is a tasking for you"), route=LIST)
    return locked


def readers_of(tasking: Tasking) -> list[User]:
    """Return who is tasked and may read it."""
    people = [tasking.officer] if tasking.officer else members_of(tasking.unit)
    return [person for person in people if may(person, Perm.VIEW_TASKING, tasking)]


def ask_for_review(actor: User, tasking: Tasking, starts_at: datetime) -> None:
    """Raise the bureau's action, which no unit's list shows."""
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("A tasking waits for its review"), owner=Owner(role=Role.INTELLIGENCE),
        force=tasking.force,
        subject=tasking, route=LIST, rule=REVIEW, key=f"{REVIEW}-{tasking.pk}-{tasking.version}", starts_at=starts_at, is_private=True,
    )  # fmt: skip


@transaction.atomic
def review_tasking(
    *, actor: User, tasking: Tasking, version: int, outcome: Outcome | str, reason: str, ends_on: date | None = None
) -> Tasking:
    """Say as somebody else than its raiser that it goes on, as it is or for longer; the clock begins anew."""
    locked = lock_tasking(actor, tasking, version)
    require_another_reviewer(locked, actor)
    require_review(locked, str(outcome), ends_on, localdate())
    require_move(locked, State(str(outcome)), Side.REVIEWER)
    require_reason(reason)
    move(locked, State(str(outcome)), ends_on=ends_on or locked.ends_on)
    TaskingReview.objects.create(
        tasking=locked, raised_by=locked.raised_by, outcome=str(outcome), reason=reason, ends_on=locked.ends_on, by=actor
    )
    complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Reviewed")
    ask_for_review(actor, locked, now())
    tell(actor=actor, people=[locked.raised_by], text=gettext_noop("A tasking of yours was reviewed"), route=LIST)
    return locked


@transaction.atomic
def end_tasking(*, actor: User, tasking: Tasking, version: int, ending: Ending | str, reason: str) -> Tasking:
    """End it as done or withdrawn, and say why; whoever was tasked no longer reads it."""
    locked = lock_tasking(actor, tasking, version)
    require_move(locked, State.ENDED, Side.RAISER if locked.state == State.DRAFT else Side.ENDER)
    require_ending(str(ending))
    require_reason(reason)
    people = readers_of(locked) if locked.is_live else []
    finish(locked, actor, Ending(str(ending)), reason)
    tell(actor=actor, people=[locked.raised_by, *people], text=gettext_noop("A tasking has ended"), route=LIST)
    return locked


def finish(tasking: Tasking, actor: User | None, ending: Ending, reason: str) -> None:
    """Store the end; nobody reviews it any more."""
    move(tasking, State.ENDED, ending=ending.value, end_reason=reason, ended_by=actor, ended_at=now())
    cancel_actions_about(actor=actor, subject=tasking, kind=REVIEW, reason="The tasking has ended.")


def expire_taskings(*, actor: User | None) -> int:
    """End each tasking whose last day has passed; return how many. Twice ends nothing twice."""
    keys = list(Tasking.objects.past_their_end(localdate()).order_by("pk").values_list("pk", flat=True))
    with acting_as(actor):
        return sum(expire_tasking(actor, key) for key in keys)


@transaction.atomic
def expire_tasking(actor: User | None, key: int) -> bool:
    """End one; False when another worker has it, or somebody has ended or extended it."""
    rows = Tasking.objects.past_their_end(localdate()).filter(pk=key).select_for_update(of=("self",), skip_locked=True)
    tasking = rows.select_related("raised_by").first()
    if tasking is None:
        return False
    finish(tasking, actor, Ending.EXPIRED, str(Ending.EXPIRED.label))
    tell(actor=actor, people=[tasking.raised_by], text=gettext_noop("A tasking of yours has expired"), route=LIST)
    return True


@transaction.atomic
def put_on_sheets(*, actor: User, tasking: Tasking, first: date, last: date, shifts: Sequence[Shift | str]) -> int:
    """Put a live tasking on the briefing sheets of these shifts; return on how many it was not yet."""
    locked = lock_tasking(actor, tasking, None)
    require_slots(locked, first, last, [str(shift) for shift in shifts], localdate())
    wanted = [(day, str(shift)) for day in days_between(first, last) for shift in shifts]
    standing = set(locked.slots.values_list("day", "shift"))
    rows = [TaskingSlot(tasking=locked, day=day, shift=shift, added_by=actor) for day, shift in wanted if (day, shift) not in standing]
    TaskingSlot.objects.bulk_create(rows)
    record_event(Verb.CHANGED, locked, act="Tasking put on briefing sheets", first=first, last=last, sheets=len(rows))
    return len(rows)


@transaction.atomic
def take_off_sheet(*, actor: User, tasking: Tasking, key: int) -> None:
    """Take a tasking off a sheet on which nobody has read it."""
    locked = lock_tasking(actor, tasking, None)
    slot = locked.slots.select_for_update(of=("self",)).filter(pk=key).first()
    if slot is None or slot.receipts.exists():
        raise DomainError("Somebody has read it on this sheet, or it is off already. It stays as it was.")
    record_event(Verb.CHANGED, locked, act="Tasking taken off a briefing sheet", day=slot.day, shift=slot.shift)
    slot.delete()


@transaction.atomic
def confirm_sheet(*, actor: User, slots: Iterable[TaskingSlot]) -> None:
    """Note that the actor, who is tasked, read these on a briefing sheet; the first time counts."""
    wanted = TaskingSlot.objects.filter(pk__in=[slot.pk for slot in slots], tasking__in=Tasking.objects.for_doing_by(actor))
    mine = wanted.select_for_update(of=("self",)).order_by("pk")  # so that nobody takes it off the sheet meanwhile
    TaskingReceipt.objects.bulk_create([TaskingReceipt(slot=slot, user=actor) for slot in mine], ignore_conflicts=True)


@transaction.atomic
def start_result(*, actor: User, tasking: Tasking) -> InformationReport:
    """Open an empty intelligence report that is kept as a result of the tasking."""
    authorise(actor, Perm.SUBMIT_REPORT)
    live = Tasking.objects.for_user(actor).select_for_update(of=("self",)).filter(pk=tasking.pk).first()
    if live is None:
        raise NotPermitted(Perm.VIEW_TASKING)
    if not live.is_live:
        raise DomainError("This tasking is not live. Report what you know without it.")
    return open_draft(actor, live)
