"""What somebody disputes of what is held about them: written down, decided thing by thing, done by the unit that keeps the record."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from disclosure.guards.subject_access import require_correction, require_granted, require_outcome, require_words
from disclosure.models import Correction, SubjectRequest
from disclosure.reports.subject_access import clocks_of
from disclosure.services.subject_access import BY_ITSELF, LIST, hold_subject_request, keep
from offenders.guards import require_unchanged
from offenders.models import Nominal

DO = "subject-correction"


@transaction.atomic
def dispute(*, actor: User, request: SubjectRequest, version: int | None, what: str, asked: str) -> Correction:
    """Write down one thing that the person disputes, and what they ask for."""
    locked = hold_subject_request(actor, request, version)
    require_correction(locked)
    require_words(what, gettext_noop("Say which record or passage."), "what")
    require_words(asked, gettext_noop("Say what is wrong with it, and what they ask for."), "asked")
    row = Correction.objects.create(request=locked, what=what.strip(), asked=asked.strip())
    record_event(Verb.CHANGED, locked, act="Something disputed was written down", correction=row.pk)
    return row


def hold_correction(correction: Correction, version: int | None) -> Correction:
    """Hold something disputed until the transaction ends; the caller holds its request."""
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    require_unchanged(row, version)
    return row


@transaction.atomic
def decide_correction(
    *, actor: User, correction: Correction, version: int | None, outcome: str, basis: str, reasons: str, untold: str = ""
) -> Correction:
    """Decide about something disputed. What is granted becomes work of the unit that keeps the record."""
    locked = hold_subject_request(actor, correction.request)
    require_correction(locked)
    row = hold_correction(correction, version)
    require_outcome(locked, outcome, basis, reasons, untold)
    row.outcome, row.basis, row.reasons, row.untold = outcome, basis, reasons.strip(), untold
    row.decided_by, row.decided_at, row.version = actor, now(), row.version + 1
    row.done, row.recipients, row.done_by, row.done_at = "", "", None, None
    row.save()
    cancel_actions_about(actor=actor, subject=row, reason="It was decided anew.")
    if row.is_granted and locked.nominal:
        ask_owner(actor, locked, row, locked.nominal)
    record_event(Verb.CHANGED, locked, act="Decided about something disputed", correction=row.pk, outcome=outcome)
    return row


def ask_owner(actor: User, request: SubjectRequest, correction: Correction, nominal: Nominal) -> None:
    """Let the unit that keeps the record see the request and do what was granted, before the answer is due."""
    request.unit = nominal.unit
    keep(request, "unit")
    clock = clocks_of([request]).get(request.pk)
    due = clock.due.date() if clock and clock.due else localdate()
    raise_action(
        actor=actor, kind=DO, title=gettext_noop("Something on the record must be put right, erased or restricted"),
        owner=Owner(unit=nominal.unit),
        nominal=nominal, detail=f"For {request.reference}", subject=correction, route=LIST, due_on=max(due, localdate()),
        key=f"{DO}-{correction.pk}-{correction.version}",
    )  # fmt: skip


@transaction.atomic
def finish_correction(*, actor: User, correction: Correction, version: int | None, done: str, recipients: str) -> Correction:
    """Say as who keeps the record what was done on its pages, and who had the wrong data and was told of it."""
    locked = hold_subject_request(actor, correction.request, perm=Perm.VIEW_SUBJECT_REQUEST)
    require_correction(locked)
    row = hold_correction(correction, version)
    require_granted(row)
    authorise(actor, Perm.CHANGE_RECORD, locked.nominal)
    require_words(done, gettext_noop("Say what was done, and on which page of the record."), "done")
    require_words(recipients, gettext_noop("Say who had it and was told, or that nobody had it."), "recipients")
    row.done, row.recipients, row.done_by, row.done_at, row.version = done.strip(), recipients.strip(), actor, now(), row.version + 1
    row.save()
    complete_actions_about(actor=actor, subject=row, kind=DO, outcome="Done", late_reason=BY_ITSELF)
    record_event(Verb.CHANGED, locked, act="Done on the record", correction=row.pk)
    return row
