"""Referrals for covert techniques: from the first keystroke seen by their owner alone, once sent by the unit's intelligence officers too.

The trail names the matter by its own key and never the record, so that neither the record's access log nor its history tells of it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.models import CovertReferral
from intelligence.reports.covert import handlers_of, is_handler
from intelligence.rules.covert import DECISIONS, WRITABLE, Side, State, may_move
from offenders.guards import require_unchanged
from offenders.models import Nominal

WAITS = gettext_noop("A confidential matter waits")
ROUTE = "intelligence:covert-list"
DECISION = "covert-decision"


def note(verb: Verb, referral: CovertReferral, act: str) -> None:
    """Add an act to the trail without the record and without words of the referral."""
    record_event(verb, None, act=act, matter=str(referral.public_id))


@transaction.atomic
def start_referral(*, actor: User, nominal: Nominal) -> CovertReferral:
    """Open an empty draft; whatever is typed from here on is stored in it and nowhere else."""
    with row_security(actor):
        authorise(actor, Perm.ADD_CONFIDENTIAL, nominal)
        draft = CovertReferral.objects.for_user(actor).filter(nominal=nominal, owner=actor, state=State.DRAFT).first()
        if draft is None:
            draft = CovertReferral.objects.create(nominal=nominal, owner=actor)
            note(Verb.CREATED, draft, "Confidential matter begun")
    return draft


def lock_referral(actor: User, referral: CovertReferral, version: int | None) -> CovertReferral:
    """Hold a referral that the actor may see until the transaction ends. Call it inside row_security."""
    seen = CovertReferral.objects.for_user(actor).select_for_update(of=("self",)).select_related("nominal")
    locked = seen.filter(pk=referral.pk).first()
    if locked is None:
        raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def save_referral(*, actor: User, referral: CovertReferral, version: int | None = None, **words: Any) -> CovertReferral:
    """Store what its owner has typed so far; half a sentence will do. What is kept while typing counts as no version of its own."""
    with row_security(actor):
        locked = lock_referral(actor, referral, version)
        if locked.owner_id != actor.pk:
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        if locked.state not in WRITABLE:
            raise DomainError("This was sent already. It can be changed when the unit asks for more.")
        for name, value in words.items():
            setattr(locked, name, value)
        locked.version += version is not None
        locked.save(update_fields=[*words, "version"])
        if version is not None:
            note(Verb.CHANGED, locked, "Confidential matter saved")
    return locked


def require_move(referral: CovertReferral, after: State, side: Side) -> None:
    """The table of moves lets this side bring it there."""
    if not may_move(State(referral.state), after, side):
        raise DomainError("Somebody else has dealt with this meanwhile. Open it again to see where it stands.")


def move(referral: CovertReferral, after: State, **values: Any) -> None:
    """Store the next state with what belongs to it, and say so in the trail."""
    for name, value in values.items():
        setattr(referral, name, value)
    referral.state = str(after)
    referral.version += 1
    referral.save(update_fields=[*values, "state", "version"])
    note(Verb.CHANGED, referral, f"Confidential matter: {after.value.replace('_', ' ')}")


@transaction.atomic
def submit_referral(*, actor: User, referral: CovertReferral, version: int) -> CovertReferral:
    """Send it to the unit, whose clock begins."""
    with row_security(actor):
        locked = lock_referral(actor, referral, version)
        if locked.owner_id != actor.pk:
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        require_move(locked, State.SUBMITTED, Side.OWNER)
        if not locked.purpose.strip():
            raise DomainError("Say what is to be achieved, then send it.", field="purpose")
        if locked.unit is None:
            raise DomainError("Choose the unit to ask, then send it.", field="unit")
        move(locked, State.SUBMITTED, submitted_at=timezone.now())
        raise_action(
            actor=None, kind=DECISION, title=WAITS, owner=Owner(unit=locked.unit), force=locked.unit.organisation, subject=locked,
            route=ROUTE, rule="covert-decision", key=f"{DECISION}-{locked.public_id}-{locked.version}",
        )  # fmt: skip
        tell(actor=actor, people=handlers_of(locked), text=WAITS, route=ROUTE)
    return locked


@transaction.atomic
def answer_referral(*, actor: User, referral: CovertReferral, version: int, outcome: State | str, answer: str) -> CovertReferral:
    """Accept it, decline it, or ask for more; its owner is told."""
    with row_security(actor):
        locked = lock_referral(actor, referral, version)
        if not is_handler(actor, locked):
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        if State(outcome) not in DECISIONS:
            raise DomainError("Choose accept, decline or ask for more.", field="outcome")
        require_move(locked, State(outcome), Side.DEPARTMENT)
        if not answer.strip():
            raise DomainError("Say why, so that the sender knows what follows.", field="answer")
        move(locked, State(outcome), answer=answer, answered_by=actor)
        complete_actions_about(actor=actor, subject=locked, kind=DECISION, outcome="Answered")
        tell(actor=actor, people=[locked.owner], text=gettext_noop("A confidential matter was answered"), route=ROUTE)
    return locked


@transaction.atomic
def close_referral(*, actor: User, referral: CovertReferral, version: int) -> CovertReferral:
    """Close it: its owner as long as nobody works on it, the unit when the work is over."""
    with row_security(actor):
        locked = lock_referral(actor, referral, version)
        side = Side.OWNER if locked.owner_id == actor.pk else Side.DEPARTMENT
        if side == Side.DEPARTMENT and not is_handler(actor, locked):
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        require_move(locked, State.CLOSED, side)
        move(locked, State.CLOSED, closed_at=timezone.now())
    return locked
