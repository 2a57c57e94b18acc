"""Verifications that are kept: asked for on a page or by the clock, done by the worker, told when something is wrong."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.timezone import make_aware, now

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import CheckState, Verb
from audit.models import AuditCheck, Seal
from audit.seals.verifying import Outcome, verify_trail
from audit.services import record_event

START = 7_316_041  # a lock that no other act takes: of two who ask at once, the second sees what the first has begun
LOST_AFTER = timedelta(minutes=10)  # without a word of its worker
SECONDS_BETWEEN = 1.0  # words of its worker
UNFINISHED = (CheckState.WAITING, CheckState.RUNNING)
SUBJECT = "The log of Vigil is not whole"
BODY = """A verification of the log found a place that is not as it was sealed.

Auditors sign in to Vigil and open Activity, then Seal of the log, to read what was found. What to do next stands in docs/operations.md.
"""


@transaction.atomic
def start_check(*, actor: User | None, since: date | None = None) -> AuditCheck:
    """Have the worker verify the log, all of it or what was sealed from a day on. One at a time."""
    if actor:
        authorise(actor, Perm.VIEW_AUDIT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [START])
    unfinished = AuditCheck.objects.filter(state__in=UNFINISHED).select_for_update()
    unfinished.filter(seen_at__lt=now() - LOST_AFTER).update(state=CheckState.STOPPED, finished_at=now())
    if unfinished.exists():
        raise DomainError("A verification is running already. Its result stands here when it has ended.")
    check = AuditCheck.objects.create(asked_by=actor, since=since)
    record_event(Verb.CREATED, check, act="Verification of the log asked for")
    transaction.on_commit(lambda: run_later(check.pk), robust=True)
    return check


def run_later(check_id: int) -> None:
    """Leave it to the worker."""
    current_app.send_task("audit.tasks.run_check", [check_id])


def run_check(*, check_id: int) -> None:
    """Verify, say how far it is now and then, and keep what was found. One that was begun already is left alone."""
    begun = AuditCheck.objects.filter(pk=check_id, state=CheckState.WAITING).update(state=CheckState.RUNNING, seen_at=now())
    if not begun:
        return
    check = AuditCheck.objects.get(pk=check_id)
    since = make_aware(datetime.combine(check.since, time.min)) if check.since else None
    anchor = Path(settings.AUDIT_ANCHOR_FILE) if settings.AUDIT_ANCHOR_FILE else None
    if anchor and not (anchor.exists() or Seal.objects.exists()):  # nothing was sealed yet
        anchor = None
    finish_check(check, verify_trail(since=since, anchor=anchor, report=Progress(check)))


class Progress:
    """Puts how far a verification is where the page shows it, once a second."""

    def __init__(self, check: AuditCheck) -> None:
        self.check, self.told_at = check, 0.0

    def __call__(self, outcome: Outcome) -> None:
        if monotonic() - self.told_at >= SECONDS_BETWEEN:
            self.told_at = monotonic()
            AuditCheck.objects.filter(pk=self.check.pk).update(seen_at=now(), **counts_of(outcome))


def counts_of(outcome: Outcome) -> dict[str, int | None]:
    """Return the columns that say how far it is."""
    counts = {"seals_done": outcome.seals, "seals_total": outcome.total, "rows_done": outcome.rows, "erased": outcome.erased}
    return {**counts, "anchored_to": outcome.anchored_to}


@transaction.atomic
def finish_check(check: AuditCheck, outcome: Outcome) -> None:
    """Keep what was found; auditors and administrators are told of a bad place by a mail that says nothing of it."""
    finding = outcome.finding
    place = {"fault": finding.fault, "fault_seal": finding.seal, "fault_log": finding.log, "fault_row": finding.row} if finding else {}
    state = CheckState.BROKEN if finding else CheckState.WHOLE
    AuditCheck.objects.filter(pk=check.pk).update(state=state, finished_at=now(), seen_at=now(), **counts_of(outcome), **place)
    record_event(Verb.CHANGED, check, act="Log verified", result=str(state), entries=outcome.rows)
    if finding:
        transaction.on_commit(tell_later, robust=True)


def tell_later() -> None:
    """Leave the mail to the worker, which tries again when it cannot be handed on."""
    current_app.send_task("audit.tasks.mail_fault")


def mail_fault() -> None:
    """Mail every auditor and administrator that the log is not whole, while it is not; each address is seen by its owner alone."""
    people = User.objects.filter(groups__name__in=(Role.AUDITOR, Role.ADMINISTRATOR), is_active=True).exclude(email="")
    addresses = sorted(set(people.values_list("email", flat=True)))
    if addresses and AuditCheck.objects.unsettled().exists():
        EmailMessage(SUBJECT, BODY, bcc=addresses).send()
