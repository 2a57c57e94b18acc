"""Looking after a confidential section: changing, reviewing, closing, passing on and printing it; every act is its owner's own.

The one exception is somebody who leaves: a supervisor of their unit names who keeps their sections from now on, without reading them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security, scopes_of
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm, Scope
from actions.models import Action
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.confidential import ReviewOutcome
from offenders.guards import require_unchanged
from offenders.guards.confidential import require_future, require_open_section
from offenders.models import ConfidentialSection, SectionVersion
from offenders.services.access import SHORTEST_REASON, require_words
from offenders.services.leaks import keep_fingerprints

WORDS = ("kind", "body", "basis", "lawful_basis", "originator", "handling")
REVIEW = "section-review"
INSUFFICIENT_PRIVILEGE = "42501"  # what the functions raise when they refuse
CANNOT_KEEP = gettext_noop(
    "This person cannot keep it. Choose active staff of the record's force who may open the record and confidential sections"
)


def lock_own_section(actor: User, section: ConfidentialSection, version: int | None) -> ConfidentialSection:
    """Hold a section that the actor owns until the transaction ends. Call it inside row_security."""
    mine = ConfidentialSection.objects.for_user(actor).filter(owner=actor)
    locked = mine.select_for_update(of=("self",)).select_related("nominal").filter(pk=section.pk).first()
    if locked is None:
        raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
    require_unchanged(locked, version)
    require_open_section(locked)
    return locked


def settle_reviews(owner: User) -> None:
    """Give each open section of this owner exactly one waiting action, of theirs. Call it inside row_security of the owner.

    The action names no record and belongs to no unit: who sees a list of the record's or the unit's work learns nothing.
    """
    for section in ConfidentialSection.objects.filter(owner=owner, closed_at=None).select_related("nominal__force").order_by("pk"):
        key = f"{REVIEW}-{section.public_id}-{section.version}"
        waiting = Action.objects.waiting().filter(subject_type=section._meta.label_lower, subject_id=section.pk, kind=REVIEW)
        standing = list(waiting)
        if [action.owner_id for action in standing] == [owner.pk] and timezone.localdate(standing[0].due) == section.review_on:
            continue
        cancel_actions_about(actor=None, subject=section, kind=REVIEW, reason="Another date or another owner")
        raise_action(
            actor=None, kind=REVIEW, title=gettext_noop("A review is due"), owner=Owner(user=owner), force=section.nominal.force,
            subject=section, route="offenders:own-sections", due_on=section.review_on, key=key, is_private=True,
        )  # fmt: skip


@transaction.atomic
def change_section(*, actor: User, section: ConfidentialSection, version: int, **values: str) -> ConfidentialSection:
    """Rewrite a section; what it said before stays beside it, for the same readers."""
    with row_security(actor):
        locked = lock_own_section(actor, section, version)
        changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
        before = {name: getattr(locked, name) for name in WORDS}
        SectionVersion.objects.create(section=locked, number=locked.version, changed_by=actor, **before)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        keep_fingerprints(locked)
        record_event(Verb.CHANGED, locked, act="Section changed", fields=changed)
    return locked


@transaction.atomic
def review_section(
    *, actor: User, section: ConfidentialSection, version: int, outcome: ReviewOutcome | str, reason: str, review_on: date | None = None
) -> ConfidentialSection:
    """Decide whether a section is still needed: keep it until another day, or close it."""
    reason = require_words(reason, SHORTEST_REASON)
    with row_security(actor):
        locked = lock_own_section(actor, section, version)
        locked.version += 1
        if outcome == ReviewOutcome.KEEP:
            require_future(review_on, timezone.localdate())
            locked.review_on = cast(date, review_on)
        else:
            locked.closed_at, locked.closed_by, locked.close_reason = timezone.now(), actor, reason
        locked.save()
        words = str(ReviewOutcome(outcome).label)
        complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome=words)
        record_event(Verb.CHANGED, locked, act=f"Section reviewed: {words}")
        settle_reviews(actor)
    return locked


def call(statement: str, *values: Any) -> None:
    """Run one of the database's own functions; it refuses what the actor may not do or the taker may not keep."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") != INSUFFICIENT_PRIVILEGE:
            raise
        raise DomainError(CANNOT_KEEP, field="user") from error


def require_keeper(actor: User, taker: User) -> None:
    """Do nothing if this person's role, training and vetting let them read confidential sections, and it is somebody else."""
    if taker.pk == actor.pk:
        raise DomainError("Choose somebody else than yourself", field="user")
    if Scope.GRANTED not in scopes_of(taker, Perm.VIEW_CONFIDENTIAL):
        raise DomainError(CANNOT_KEEP, field="user")


@transaction.atomic
def pass_on_section(*, actor: User, section: ConfidentialSection, user: User, reason: str) -> None:
    """Make somebody else the owner of a section; the actor reads it no longer."""
    reason = require_words(reason, SHORTEST_REASON)
    require_keeper(actor, user)
    with row_security(actor):
        locked = lock_own_section(actor, section, None)
        record_event(Verb.CHANGED, locked, reason=reason, act="Section passed on", user=user.pk)
        call("SELECT vigil_pass_on_section(%s, %s)", locked.public_id, user.pk)
    take_over(actor, user)


@transaction.atomic
def pass_on_of_leaver(*, actor: User, leaver: User, user: User, reason: str) -> None:
    """Make another person the keeper of whatever somebody who leaves keeps apart; the actor reads nothing and learns no number.

    The leaver has handed over their cases before. The event names no record; the leaver is told.
    """
    authorise(actor, Perm.TRANSFER_RECORD)
    reason = require_words(reason, SHORTEST_REASON)
    require_keeper(actor, user)
    if leaver.pk in (user.pk, actor.pk) or leaver.unit_id != actor.unit_id:
        raise DomainError("Name somebody of your own unit who leaves, and another person who takes over", field="leaver")
    if leaver.managed_nominals.exists():
        raise DomainError("This person still manages cases. Hand those over first", field="leaver")
    record_event(Verb.CHANGED, None, reason=reason, act="What a leaver keeps apart passed on", leaver=leaver.pk, user=user.pk)
    with row_security(actor):
        call("SELECT vigil_pass_on_of_leaver(%s, %s)", leaver.pk, user.pk)
    tell(actor=actor, people=[leaver], text=gettext_noop("What you kept apart was passed on"), route="offenders:own-sections")
    take_over(actor, user)


def take_over(actor: User, taker: User) -> None:
    """Give the new owner the reviews, and say so. What the database shows from here on is what the taker may see."""
    with row_security(taker):
        settle_reviews(taker)
    with row_security(actor):  # whatever follows in this transaction sees with the actor's eyes again
        pass
    tell(actor=actor, people=[taker], text=gettext_noop("Something kept apart was passed on to you"), route="offenders:own-sections")


@transaction.atomic
def print_section(*, actor: User, section: ConfidentialSection, reason: str) -> ConfidentialSection:
    """Record why a section is printed. An emergency opening lets nobody print."""
    reason = require_words(reason, SHORTEST_REASON)
    with row_security(actor):
        named = ConfidentialSection.objects.named_for(actor).select_related("nominal", "owner").filter(pk=section.pk).first()
        if named is None:
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        record_event(Verb.PRINTED, named, reason=reason)
    return named
