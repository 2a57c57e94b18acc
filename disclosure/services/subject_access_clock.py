"""The time of a request for one's own data: stopped while something must be made clear, and extended by somebody else than its officer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from actions.choices import PauseKind, TimeUnit
from actions.guards import require_not_owner
from actions.models import Action
from actions.services import add_time, start_clock_again, stop_clock
from disclosure.guards.subject_access import require_months, require_proved, require_words
from disclosure.models import SubjectRequest
from disclosure.reports.subject_access import clocks_of
from disclosure.services.subject_access import hold_subject_request


def clock_of(request: SubjectRequest) -> Action:
    """Return the running clock of a request that is held."""
    require_proved(request)
    clock = clocks_of([request]).get(request.pk)
    if clock is None:
        raise DomainError("No clock runs for this request.")
    return clock


@transaction.atomic
def wait_for_clarification(*, actor: User, request: SubjectRequest, kind: str, reason: str, since: date) -> Action:
    """Stop the clock from the day on which something was asked of whoever must make it clear."""
    clock = clock_of(hold_subject_request(actor, request))
    if kind not in PauseKind.values:
        raise DomainError("Choose on whom the answer waits.", field="kind")
    require_words(reason, gettext_noop("Say what must be made clear."), "reason")
    if since < localdate(clock.starts_at):
        raise DomainError("The first day must be the day on which the clock began, or later.", field="since")
    return stop_clock(actor=actor, action=clock, kind=kind, reason=reason.strip(), since=since)


@transaction.atomic
def go_on(*, actor: User, request: SubjectRequest, until: date) -> Action:
    """Let the clock go on from the day on which it was made clear."""
    return start_clock_again(actor=actor, action=clock_of(hold_subject_request(actor, request)), until=until)


@transaction.atomic
def extend_time(*, actor: User, request: SubjectRequest, months: int, reason: str) -> Action:
    """Extend the time by one or two months in all; somebody else than whoever answers does it."""
    clock = clock_of(hold_subject_request(actor, request))
    require_months(months, clock.extensions.aggregate(given=Sum("quantity"))["given"] or 0)
    require_words(reason, gettext_noop("Say why the request is so complex, or which others there are."), "reason")
    require_not_owner(actor, clock)
    return add_time(actor=actor, action=clock, quantity=months, unit=TimeUnit.MONTHS, reason=reason.strip())
