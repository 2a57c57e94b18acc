"""Raising, doing and handing over actions. For upper apps: they authorise their own act, then call these in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from actions.choices import ActionState
from actions.guards import can_own, require_able_owner, require_open, require_reason_when_late
from actions.models import Action
from actions.rules import NoVersion
from actions.services.clocks import apply_due, date_given, lock_action, reckon_action
from actions.services.telling import tell
from audit.choices import Verb
from audit.services import record_event

NEW, DONE, HANDED_OVER = gettext_noop("New action"), gettext_noop("Done"), gettext_noop("Handed over to you")


@dataclass(frozen=True)
class Owner:
    """Who must do something: exactly one of a person, a unit or a role of the force."""

    user: User | None = None
    unit: Unit | None = None
    role: Role | str = ""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.user, self.unit, self.role))) != 1:
            raise ValueError("An action has exactly one owner")

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of the action."""
        return {"owner": self.user, "owner_unit": self.unit, "owner_role": str(self.role)}


@transaction.atomic
def raise_action(
    *,
    actor: User | None,
    kind: str,
    title: str,
    owner: Owner,
    nominal: Any = None,
    force: Organisation | None = None,
    unit: Unit | None = None,
    subject: models.Model | None = None,
    route: str = "",
    rule: str = "",
    starts_at: datetime | None = None,
    due_on: date | None = None,
    detail: str = "",
    key: str | None = None,
    is_private: bool = False,
) -> Action:
    """Raise something to do, due by a clock rule from `starts_at` (now unless given) or on a day that is given.

    With a nominal, its force and unit answer for it. Raising the same `key` again returns the action that stands, as it is.
    Where the owner has left or may not know of the record, the unit becomes the owner, so that nothing is ownerless.
    A private one shows to its owner alone: no unit answers for it, since a list of the unit's work would tell of what is kept apart.
    """
    if bool(rule) == bool(due_on):
        raise ValueError("An action takes a clock rule or a date")
    if key and (standing := Action.objects.filter(key=key).first()):
        return standing
    force, unit = force or getattr(nominal, "force", None), unit or getattr(nominal, "unit", None)
    unit = None if is_private else unit or owner.unit or (owner.user.unit if owner.user else None)
    record = nominal.pk if nominal else None
    if owner.user and not can_own(owner.user, record) and unit:
        owner = Owner(unit=unit)
    action = Action(
        key=key, kind=kind, title=title, detail=detail, nominal=record, route=route, force=force, unit=unit, raised_by=actor,
        subject_type=subject._meta.label_lower if subject else "", subject_id=subject.pk if subject else None,
        rule_code=rule, starts_at=starts_at or now(), **owner.fields,
    )  # fmt: skip
    if due_on:
        apply_due(action, date_given(due_on))
    try:
        with transaction.atomic():
            action.save(force_insert=True)
            if rule:
                apply_due(action, reckon_action(action))
                action.save(update_fields=["late_from", "explanation"])
    except NoVersion as error:
        raise DomainError("No clock rule goes back to that day. Check the day and the year.") from error
    except IntegrityError:
        if key and (standing := Action.objects.filter(key=key).first()):
            return standing
        raise
    record_event(Verb.CREATED, action, act="Action raised", kind=kind)
    if owner.user:
        tell(actor=actor, people=[owner.user], text=f"{NEW}: {title}", nominal=record, action=action)
    return action


def close(action: Action, actor: User | None, state: ActionState, outcome: str, late_reason: str = "") -> Action:
    """Store how an action ended; the caller holds its lock."""
    require_open(action)
    if state == ActionState.DONE:
        require_reason_when_late(action, late_reason)
    action.state, action.outcome, action.closed_by, action.closed_at = state, outcome, actor, now()
    action.late_reason = late_reason.strip()
    action.version += 1
    action.save(update_fields=["state", "outcome", "late_reason", "closed_by", "closed_at", "version"])
    record_event(Verb.CHANGED, action, act=f"Action {ActionState(state).label.lower()}", kind=action.kind)
    return action


@transaction.atomic
def complete_action(*, actor: User, action: Action, outcome: str, late_reason: str = "", version: int | None = None) -> Action:
    """Say that an action was done, and what came of it; where its rule asks, also why it was late."""
    authorise(actor, Perm.WORK_ACTION, action)
    done = close(lock_action(action, version), actor, ActionState.DONE, outcome, late_reason)
    if done.raised_by:
        tell(actor=actor, people=[done.raised_by], text=f"{DONE}: {done.title}", nominal=done.nominal, action=done)
    return done


@transaction.atomic
def cancel_action(*, actor: User, action: Action, reason: str, version: int | None = None) -> Action:
    """Say that an action is no longer needed."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    return close(lock_action(action, version), actor, ActionState.CANCELLED, reason)


def waiting_about(subject: models.Model, kind: str = "") -> list[Action]:
    """Hold the waiting actions about a row, of one kind or of any, until the transaction ends."""
    rows = Action.objects.waiting().filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return list((rows.filter(kind=kind) if kind else rows).select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def complete_actions_about(
    *, actor: User | None, subject: models.Model, outcome: str, kind: str = "", late_reason: str = ""
) -> list[Action]:
    """Close the waiting actions about a row as done. For callers that have authorised the actor.

    Raises DomainError on `late_reason` where one is late, its rule asks why, and nothing is said.
    """
    return [close(action, actor, ActionState.DONE, outcome, late_reason) for action in waiting_about(subject, kind)]


@transaction.atomic
def cancel_actions_about(*, actor: User | None, subject: models.Model, reason: str, kind: str = "") -> list[Action]:
    """Close the waiting actions about a row as no longer needed. For callers that have authorised the actor."""
    return [close(action, actor, ActionState.CANCELLED, reason) for action in waiting_about(subject, kind)]


@transaction.atomic
def hand_over_action(*, actor: User, action: Action, owner: Owner, reason: str, version: int | None = None) -> Action:
    """Give an action another owner; the new one is told."""
    authorise(actor, Perm.ASSIGN_ACTION, action)
    locked = lock_action(action, version)
    require_open(locked)
    if owner.user:
        require_able_owner(owner.user, locked.nominal)
    before = locked.owner_words
    if all(getattr(locked, name) == value for name, value in owner.fields.items()):
        raise DomainError("This is the owner already. Choose somebody else.", field="owner")
    for name, value in owner.fields.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*owner.fields, "version"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Action handed over", before=before, after=locked.owner_words)
    if owner.user:
        tell(actor=actor, people=[owner.user], text=f"{HANDED_OVER}: {locked.title}", nominal=locked.nominal, action=locked)
    return locked
