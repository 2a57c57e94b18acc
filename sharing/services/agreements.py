"""Agreements with agencies as a force keeps them: added, changed, reviewed, suspended, resumed and ended; and whom to reach there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.guards.agreements import (
    require_agency,
    require_contact_live,
    require_days,
    require_earlier_end,
    require_not_over,
    require_not_suspended,
    require_reachable,
    require_review_day,
    require_suspended,
    require_terms,
    require_why,
)
from sharing.models import AgencyContact, Agreement

REVIEW, LIST = "agreement-review", "sharing:agreement-list"
AHEAD = timedelta(days=28)  # how long before its day a review is asked for
DAY = timedelta(days=1)


def authorise_force(actor: User) -> None:
    """Agreements are the force's to keep: nobody of an agency adds or changes one, whatever their role."""
    authorise(actor, Perm.MANAGE_AGREEMENTS)
    if not actor.organisation.is_force:
        raise NotPermitted(Perm.MANAGE_AGREEMENTS)


def lock_agreement(actor: User, agreement: Agreement, version: int | None) -> Agreement:
    """Hold an agreement that the actor may change until the transaction ends."""
    authorise(actor, Perm.MANAGE_AGREEMENTS, agreement)
    locked = Agreement.objects.select_for_update(of=("self",)).select_related("force", "agency").get(pk=agreement.pk)
    require_unchanged(locked, version)
    return locked


def store(agreement: Agreement, act: str, reason: str = "", **values: Any) -> Agreement:
    """Store what changed, and say so in the trail."""
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.save(update_fields=[*values, "version"])
    record_event(Verb.CHANGED, agreement, reason=reason, act=act)
    return agreement


@transaction.atomic
def add_agreement(
    *, actor: User, agency: Organisation, first_day: date, last_day: date, review_on: date,
    purposes: Sequence[str], data_classes: Sequence[str], powers: Sequence[str], **values: Any,
) -> Agreement:  # fmt: skip
    """Keep an agreement that was signed: what for, of which kinds, under which powers, from the first to the last day, both included."""
    authorise_force(actor)
    require_agency(agency)
    require_terms(purposes, data_classes, powers, localdate())
    require_days(first_day, last_day, review_on, localdate())
    agreement = Agreement.objects.create(
        force=actor.organisation, agency=agency, purposes=list(purposes), data_classes=list(data_classes), powers=list(powers),
        period=DateRange(first_day, last_day + DAY), review_on=review_on, added_by=actor, **values,
    )  # fmt: skip
    record_event(Verb.CREATED, agreement, act="Agreement added")
    return agreement


@transaction.atomic
def change_agreement(
    *, actor: User, agreement: Agreement, version: int, last_day: date,
    purposes: Sequence[str], data_classes: Sequence[str], powers: Sequence[str], **values: Any,
) -> Agreement:  # fmt: skip
    """Change what it says, or let it hold for longer; the change log keeps what it said before."""
    locked = lock_agreement(actor, agreement, version)
    require_not_over(locked)
    require_terms(purposes, data_classes, powers, localdate())
    if last_day < max(localdate(), locked.review_on):
        raise DomainError("The last day must not be before today or the review. To end it early, choose “End it”.", field="last_day")
    values |= {"purposes": list(purposes), "data_classes": list(data_classes), "powers": list(powers)}
    if last_day != locked.last_day:
        values["end_reason"] = ""
    return store(locked, "Agreement changed", period=DateRange(locked.first_day, last_day + DAY), **values)


@transaction.atomic
def review_agreement(*, actor: User, agreement: Agreement, version: int, review_on: date, reason: str) -> Agreement:
    """Say that it was looked at and goes on, and when it is looked at again."""
    locked = lock_agreement(actor, agreement, version)
    require_not_over(locked)
    require_review_day(review_on, locked.last_day, localdate())
    require_why(reason)
    complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Reviewed")
    return store(locked, "Agreement reviewed", reason, review_on=review_on)


@transaction.atomic
def suspend_agreement(*, actor: User, agreement: Agreement, version: int, reason: str) -> Agreement:
    """Suspend it: from this moment the agency sees nothing that was shared under it. Both sides are told within a minute."""
    locked = lock_agreement(actor, agreement, version)
    require_not_over(locked)
    require_not_suspended(locked)
    require_why(reason)
    return store(locked, "Agreement suspended", reason, suspended_at=now(), suspended_by=actor, suspend_reason=reason.strip())


@transaction.atomic
def resume_agreement(*, actor: User, agreement: Agreement, version: int, reason: str) -> Agreement:
    """Let it hold again; what was shared under it and is not over opens to the agency anew."""
    locked = lock_agreement(actor, agreement, version)
    require_not_over(locked)
    require_suspended(locked)
    require_why(reason)
    return store(locked, "Agreement resumed", reason, suspended_at=None, suspended_by=None, suspend_reason="")


@transaction.atomic
def end_agreement(*, actor: User, agreement: Agreement, version: int, last_day: date, reason: str) -> Agreement:
    """Let it end earlier than was agreed, after a last day; nobody reviews it any more."""
    locked = lock_agreement(actor, agreement, version)
    require_not_over(locked)
    require_earlier_end(locked, last_day, localdate())
    require_why(reason)
    cancel_actions_about(actor=actor, subject=locked, kind=REVIEW, reason="The agreement ends.")
    ends = {"period": DateRange(locked.first_day, last_day + DAY), "review_on": min(locked.review_on, last_day)}
    return store(locked, "Agreement ended", reason, end_reason=reason.strip(), **ends)


@transaction.atomic
def add_contact(*, actor: User, agreement: Agreement, phone: str = "", email: str = "", **values: Any) -> AgencyContact:
    """Say whom the force reaches at the agency of an agreement."""
    locked = lock_agreement(actor, agreement, None)
    require_reachable(phone, email)
    contact = AgencyContact.objects.create(force=locked.force, agency=locked.agency, phone=phone.strip(), email=email.strip(), **values)
    record_event(Verb.CREATED, contact, act="Contact of an agency added")
    return contact


@transaction.atomic
def end_contact(*, actor: User, contact: AgencyContact) -> AgencyContact:
    """Say that somebody is no longer reached there; the row stays."""
    authorise(actor, Perm.MANAGE_AGREEMENTS, contact)
    locked = AgencyContact.objects.select_for_update().get(pk=contact.pk)
    require_contact_live(locked)
    locked.ended_on = localdate()
    locked.save(update_fields=["ended_on"])
    record_event(Verb.CHANGED, locked, act="Contact of an agency ended")
    return locked


def raise_agreement_reviews(*, actor: User | None) -> int:
    """Ask information governance for reviews that come near; each once for its day. Return how many stand."""
    due = Agreement.objects.to_review(localdate() + AHEAD).select_related("force")
    for agreement in due:
        raise_action(
            actor=actor, kind=REVIEW, title=gettext_noop("An agreement with an agency waits for its review"),
            owner=Owner(role=Role.INFORMATION_GOVERNANCE), force=agreement.force, subject=agreement, route=LIST,
            due_on=agreement.review_on, key=f"{REVIEW}-{agreement.pk}-{agreement.review_on:%Y%m%d}", is_private=True,
        )  # fmt: skip
    return len(due)
