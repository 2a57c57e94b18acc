"""Ownership that never vanishes: with a record to its new manager, with somebody who leaves to a colleague, else to the unit."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.guards import can_own
from actions.models import Action
from actions.services.people import LEADS, People
from actions.services.telling import tell, tell_of_actions
from actions.services.work import Owner
from audit.choices import Verb
from audit.references import known_to
from audit.services import record_event


def give(action: Action, owner: Owner, reason: str = "", unit: Unit | None = None) -> Action:
    """Store another owner, and perhaps another unit; the caller holds the lock and has asked whether that may be."""
    before = action.owner_words
    for name, value in owner.fields.items():
        setattr(action, name, value)
    place = put(action, unit)
    action.version += 1
    action.save(update_fields=[*owner.fields, *place, "version"])
    record_event(Verb.CHANGED, action, reason=reason, act="Action handed over", before=before, after=action.owner_words)
    return action


def put(action: Action, unit: Unit | None) -> list[str]:
    """Let another unit, and its force, answer for an action; return the columns that changed."""
    if unit is None:
        return []
    action.unit, action.force = unit, unit.organisation
    return ["unit", "force"]


def hold(rows: Any) -> list[Action]:
    """Hold actions until the transaction ends, always in one order."""
    people = rows.select_related("owner__organisation", "owner__unit", "owner_unit", "unit", "force")
    return list(people.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def move_actions(*, actor: User | None, nominal: Any, before: User, after: User, unit: Unit, reason: str) -> list[Action]:
    """Hand the open actions on a record on with it. For callers that have authorised the actor.

    What the old manager or the old unit owned goes to the new one; the new unit's supervisors answer for all of it.
    """
    moved = []
    for action in hold(Action.objects.waiting().filter(nominal=nominal.pk)):
        if action.owner_id == before.pk and before.pk != after.pk:
            moved.append(give(action, Owner(user=after), reason, unit))
        elif action.owner_unit_id and action.owner_unit_id == action.unit_id and action.unit_id != unit.pk:
            moved.append(give(action, Owner(unit=unit), reason, unit))
        elif action.unit_id != unit.pk:
            action.version += 1
            action.save(update_fields=[*put(action, unit), "version"])
            record_event(Verb.CHANGED, action, reason=reason, act="Action moved to another unit")
    if any(action.owner_id == after.pk for action in moved):
        text = gettext_noop("Open actions came to you with a record")
        tell(actor=actor, people=[after], text=text, nominal=nominal.pk, route="offenders:actions")
    return moved


@transaction.atomic
def give_actions_about(*, actor: User, subject: models.Model, to: User, kinds: Collection[str]) -> list[Action]:
    """Give the waiting actions of some kinds about a row to somebody. For callers that have authorised the actor and tell the new owner."""
    rows = Action.objects.waiting().filter(subject_type=subject._meta.label_lower, subject_id=subject.pk, kind__in=kinds)
    return [give(action, Owner(user=to)) for action in hold(rows)]


class HandedOver(NamedTuple):
    """What came of handing over somebody's work: what went, and how many stay because the taker cannot have them."""

    moved: list[Action]
    stayed: int


@transaction.atomic
def hand_over_all(*, actor: User, owner: User, to: User, reason: str) -> HandedOver:
    """Hand over all open actions of one officer that the actor answers for. Each is recorded; the new owner is told once."""
    authorise(actor, Perm.ASSIGN_ACTION)
    if owner.pk == to.pk:
        raise DomainError("Choose somebody else than the officer whose work it is.", field="to")
    answered_for = Action.objects.for_user(actor, Perm.ASSIGN_ACTION).waiting().filter(owner=owner).values("pk")
    rows = hold(Action.objects.waiting().filter(owner=owner, pk__in=list(answered_for.values_list("pk", flat=True))))
    if not rows:
        raise DomainError("There is nothing to hand over: this officer owns no open action that you answer for.")
    if not can_own(to, None):
        raise DomainError("This person cannot take actions. Choose somebody else.", field="to")
    known = set(known_to(to).filter(pk__in={row.nominal for row in rows if row.nominal}).values_list("pk", flat=True))
    able = [row for row in rows if row.nominal is None or row.nominal in known]
    if not able:
        raise DomainError("This person cannot take these actions. Choose somebody else.", field="to")
    moved = [give(row, Owner(user=to), reason) for row in able]
    tell(actor=actor, people=[to], text=gettext_noop("Open actions were handed over to you"))
    return HandedOver(moved, len(rows) - len(able))


@transaction.atomic
def rehome_actions(*, actor: User | None, nominal: int | None = None) -> int:
    """Give open actions whose owner has left, works with actions no more or may not know of the record to the unit; return how many.

    Its supervisors are told. Without a unit they go to the supervisors of the force, by role. With `nominal` only those on a record.
    """
    rows = Action.objects.waiting().filter(owner__isnull=False)
    rows = rows.filter(nominal=nominal) if nominal else rows
    lost = [key for owner in owners_of(rows) for key in out_of_reach(rows, owner)]
    told, people = [], People()
    held = hold(rows.filter(pk__in=lost))
    for action in held:
        owner = Owner(unit=action.unit) if action.unit else Owner(role=Role(LEADS[0]))
        give(action, owner, "The owner can no longer do it")
        told += [(lead, action, gettext_noop("Has a new owner to be named")) for lead in people.of_rank(action, 1)]
    tell_of_actions(actor=actor, told=told)
    return len(held)


def owners_of(rows: Any) -> list[User]:
    """Return everybody who owns one of these actions."""
    keys = rows.order_by().values("owner").distinct()
    return list(User.objects.filter(pk__in=keys).select_related("organisation").prefetch_related("groups").order_by("pk"))


def out_of_reach(rows: Any, owner: User) -> list[int]:
    """Return the keys of an owner's actions that the owner cannot do any more."""
    owned = rows.filter(owner=owner)
    if can_own(owner, None):
        owned = owned.filter(Q(nominal__isnull=False) & ~Q(nominal__in=known_to(owner).values("pk")))
    return list(owned.values_list("pk", flat=True))
