"""Reactive management: a supervisor says that no visits fall due for a settled person, looks again, and ends it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services.work import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from offenders.guards.visits import require_later_review
from offenders.models import Nominal, ReactiveManagement
from offenders.services.records import lock_nominal
from offenders.services.visits_due import renew_visit

KIND = "reactive-review"


@transaction.atomic
def start_reactive(*, actor: User, nominal: Nominal, reason: str, review_on: date) -> ReactiveManagement:
    """Let no visit fall due from today, until somebody who may approve risk ends it."""
    authorise(actor, Perm.APPROVE_RISK, nominal)
    locked = lock_nominal(nominal)
    today = localdate()
    require_later_review(review_on, today)
    if ReactiveManagement.objects.filter(nominal=locked, period__endswith__isnull=True).exists():
        raise DomainError("This person is in reactive management already. Review it instead.")
    if ReactiveManagement.objects.filter(nominal=locked, period__contains=today).exists():
        raise DomainError("Reactive management ended today. It can start again tomorrow.")
    row = ReactiveManagement.objects.create(
        nominal=locked, period=DateRange(today, None), review_on=review_on, reason=reason, authorised_by=actor
    )
    record_event(Verb.CHANGED, row, reason=reason, act="Reactive management authorised", review_on=review_on.isoformat())
    expect_review(actor, locked, row)
    renew_visit(actor=actor, nominal=locked, reason="Reactive management: no visit falls due")
    return row


def expect_review(actor: User, nominal: Nominal, row: ReactiveManagement) -> None:
    """Raise the action of the next review."""
    raise_action(
        actor=actor, kind=KIND, title=gettext_noop("Review reactive management"), owner=Owner(user=actor), nominal=nominal, subject=row,
        route="offenders:reactive-review", due_on=row.review_on, key=f"{KIND}-{row.pk}-{row.version}",
    )  # fmt: skip


@transaction.atomic
def review_reactive(
    *, actor: User, reactive: ReactiveManagement, keeps: bool, reason: str, review_on: date | None = None, version: int | None = None
) -> ReactiveManagement:
    """Keep reactive management until the next review, or end it: visits fall due again, counted from today."""
    authorise(actor, Perm.APPROVE_RISK, reactive)
    nominal = lock_nominal(reactive.nominal)
    row = ReactiveManagement.objects.select_for_update().get(pk=reactive.pk)
    require_unchanged(row, version)
    if row.period.upper is not None:
        raise DomainError("This reactive management has ended already.")
    row.version += 1
    complete_actions_about(actor=actor, subject=row, kind=KIND, outcome="Kept" if keeps else "Ended")
    if keeps:
        keep(actor, nominal, row, reason, review_on)
    else:
        end(actor, nominal, row, reason)
    return row


def keep(actor: User, nominal: Nominal, row: ReactiveManagement, reason: str, review_on: date | None) -> None:
    """Store the next day of review; whoever keeps it answers for it."""
    if review_on is None:
        raise DomainError("Enter the day of the next review.", field="review_on")
    require_later_review(review_on, localdate())
    row.review_on, row.reason, row.authorised_by = review_on, reason, actor
    row.save()
    record_event(Verb.CHANGED, row, reason=reason, act="Reactive management kept", review_on=review_on.isoformat())
    expect_review(actor, nominal, row)


def end(actor: User, nominal: Nominal, row: ReactiveManagement, reason: str) -> None:
    """Let visits fall due again; a day that it began on counts as a day of it."""
    first = row.since
    row.period = DateRange(first, max(localdate(), first + timedelta(days=1)))
    row.end_reason = reason
    row.save()
    record_event(Verb.CHANGED, row, reason=reason, act="Reactive management ended")
    renew_visit(actor=actor, nominal=nominal, reason="Reactive management ended")
