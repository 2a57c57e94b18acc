"""When an action is due: reckoned from its rule, its pauses and its extensions; each change reckons anew."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import PauseKind, TimeUnit
from actions.guards import require_not_owner, require_open, require_unchanged
from actions.models import Action, ActionExtension, ActionPause
from actions.reports import RuleBook, reckon_clock
from actions.rules import Due, Extension, Length, Line, Pause, end_of
from actions.services.people import People, supervisors_of
from actions.services.telling import tell_of_actions
from audit.choices import Verb
from audit.services import record_event
from ui.templatetags.ui import uk_date

DATE_CHANGED = gettext_noop("The date of an action changed")


def reckon_action(action: Action, book: RuleBook | None = None) -> Due:
    """Return when an action is due by its rule, pauses and extensions. `book` holds the rules when many are reckoned."""
    pauses = [Pause(row.since, row.until, row.reason, row.kind) for row in action.pauses.all()]
    extensions = [Extension(Length(row.quantity, TimeUnit(row.unit)), row.reason) for row in action.extensions.all()]
    book = book or RuleBook.of([action.rule_code], localdate())
    return reckon_clock(
        book, action.rule_code, starts_at=action.starts_at, nation=action.force.nation, pauses=pauses, extensions=extensions
    )


def apply_due(action: Action, due: Due) -> bool:
    """Put a reckoning on an action without storing it; say whether the time changed."""
    changed = action.late_from != due.late_from
    action.late_from, action.explanation = due.late_from, [asdict(line) for line in due.lines]
    return changed


def date_given(due_on: date, why: str = "The date was given") -> Due:
    """Return the reckoning of a date that somebody named."""
    return Due(end_of(due_on), [Line(why, due_on.isoformat())])


def lock_action(action: Action, version: int | None = None) -> Action:
    """Hold an action until the transaction ends."""
    locked = Action.objects.select_for_update(of=("self",)).select_related("force", "unit", "owner", "owner_unit").get(pk=action.pk)
    require_unchanged(locked, version)
    return locked


def move_clock(action: Action, due: Due, now: datetime) -> bool:
    """Put a reckoning on an action without storing it; a clock that moved may warn again, and go up again once it is late anew."""
    changed = apply_due(action, due)
    if changed:
        action.warned_at = None
        action.escalation = action.escalation if action.late_from and action.late_from <= now else 0
        action.version += 1
    return changed


def store_clock(action: Action, due: Due) -> Action:
    """Store a reckoning."""
    move_clock(action, due, now())
    action.save(update_fields=["late_from", "explanation", "warned_at", "escalation", "version"])
    return action


@transaction.atomic
def set_clock(*, actor: User | None, action: Action, due_on: date, reason: str) -> Action:
    """Give an action another date, with a reason; its rule no longer counts. For callers that have authorised the actor."""
    locked = lock_action(action)
    require_open(locked)
    locked.rule_code = ""
    locked.save(update_fields=["rule_code"])
    store_clock(locked, date_given(due_on, f"The date was given: {reason}"))
    record_event(Verb.CHANGED, locked, reason=reason, act="Date of an action changed", due_on=due_on.isoformat())
    return locked


@transaction.atomic
def change_date(*, actor: User, action: Action, due_on: date, reason: str, version: int | None = None) -> Action:
    """Give an action whose date somebody gave another date. Not by its owner, unless the owner raised it."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    locked = lock_action(action, version)
    require_open(locked)
    if locked.rule_code:
        raise DomainError("A rule reckons this date. Stop the clock or give more time instead.")
    if locked.raised_by_id != actor.pk:
        require_not_owner(actor, locked)
    if due_on < localdate():
        raise DomainError("The date must be today or later.", field="due_on")
    return set_clock(actor=actor, action=locked, due_on=due_on, reason=reason)


@transaction.atomic
def pause_clock(*, actor: User, action: Action, kind: PauseKind | str, reason: str, since: date, version: int | None = None) -> Action:
    """Stop an action's clock from a day on. Only clocks that a rule set can stand still."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    return stop_clock(actor=actor, action=action, kind=kind, reason=reason, since=since, version=version)


@transaction.atomic
def stop_clock(*, actor: User, action: Action, kind: PauseKind | str, reason: str, since: date, version: int | None = None) -> Action:
    """Do the same for callers that have authorised the actor."""
    locked = lock_action(action, version)
    require_open(locked)
    if not locked.rule_code:
        raise DomainError("This date was given by a person, so its clock cannot be stopped. Give another date instead.")
    if locked.pauses.filter(until__isnull=True).exists():
        raise DomainError("The clock stands still already. Let it go on first.")
    if since > localdate():
        raise DomainError("The first day must be today or earlier.", field="since")
    ActionPause.objects.create(action=locked, kind=kind, reason=reason, since=since, set_by=actor)
    store_clock(locked, reckon_action(locked))
    record_event(Verb.CHANGED, locked, reason=reason, act="Clock stopped", kind=str(kind))
    tell_of_actions(actor=actor, told=[(lead, locked, gettext_noop("A clock was stopped")) for lead in supervisors_of(locked)])
    return locked


@transaction.atomic
def resume_clock(*, actor: User, action: Action, until: date, version: int | None = None) -> Action:
    """Let a clock go on from a day; the time it stood still is added."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    return start_clock_again(actor=actor, action=action, until=until, version=version)


@transaction.atomic
def start_clock_again(*, actor: User, action: Action, until: date, version: int | None = None) -> Action:
    """Do the same for callers that have authorised the actor."""
    locked = lock_action(action, version)
    pause = locked.pauses.filter(until__isnull=True).first()
    if pause is None:
        raise DomainError("The clock is running already.")
    if not pause.since <= until <= localdate():
        raise DomainError("The clock goes on from the day it was stopped or later, and from today at the latest.", field="until")
    pause.until = until
    pause.save(update_fields=["until"])
    store_clock(locked, reckon_action(locked))
    record_event(Verb.CHANGED, locked, act="Clock goes on", until=until.isoformat())
    return locked


@transaction.atomic
def withdraw_pause(*, actor: User, action: Action, pause: ActionPause, reason: str, version: int | None = None) -> Action:
    """Take a pause back, as if the clock had run on; its owners are told. The change log keeps what stood there."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    days = f"{uk_date(pause.since)} to {uk_date(pause.until) if pause.until else 'now'}"
    locked = lock_action(action, version)
    return take_back(actor=actor, action=locked, row=pause, reason=reason, act="Pause withdrawn", was=days)


@transaction.atomic
def withdraw_extension(*, actor: User, action: Action, extension: ActionExtension, reason: str, version: int | None = None) -> Action:
    """Take added time back; the owners are told. The change log keeps what stood there."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    more = Length(extension.quantity, TimeUnit(extension.unit))
    locked = lock_action(action, version)
    return take_back(actor=actor, action=locked, row=extension, reason=reason, act="Added time withdrawn", was=str(more))


def take_back(*, actor: User, action: Action, row: ActionPause | ActionExtension, reason: str, act: str, was: str) -> Action:
    """Delete what moved a clock, and reckon without it; the caller holds the lock."""
    require_open(action)
    if not type(row)._default_manager.filter(pk=row.pk, action=action).delete()[0]:
        raise DomainError("This was withdrawn already.")
    store_clock(action, reckon_action(action))
    record_event(Verb.CHANGED, action, reason=reason, act=act, was=was)
    tell_of_actions(actor=actor, told=[(user, action, DATE_CHANGED) for user in People().owners(action)])
    return action


@transaction.atomic
def extend_clock(*, actor: User, action: Action, quantity: int, unit: TimeUnit | str, reason: str, version: int | None = None) -> Action:
    """Add time to a clock that a rule set. Takes somebody who may assign the action and does not own it."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    require_not_owner(actor, lock_action(action))
    return add_time(actor=actor, action=action, quantity=quantity, unit=unit, reason=reason, version=version)


@transaction.atomic
def add_time(*, actor: User, action: Action, quantity: int, unit: TimeUnit | str, reason: str, version: int | None = None) -> Action:
    """Do the same for callers that have authorised the actor, and have asked whether its owner may."""
    locked = lock_action(action, version)
    require_open(locked)
    if not locked.rule_code:
        raise DomainError("This date was given by a person. Give another date instead.")
    if not 0 < quantity <= 366:
        raise DomainError("Enter a number from 1 to 366.", field="quantity")
    ActionExtension.objects.create(action=locked, quantity=quantity, unit=unit, reason=reason, authorised_by=actor)
    try:
        due = reckon_action(locked)
    except ValueError as error:
        raise DomainError("This clock ends with a day. Give more days, weeks or months, not hours.", field="unit") from error
    store_clock(locked, due)
    record_event(Verb.CHANGED, locked, reason=reason, act="Time added", quantity=quantity, unit=str(unit))
    return locked
