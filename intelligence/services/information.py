"""Intelligence reports on their author's side: from the first keystroke to the bureau, and what the bureau asked to be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may, row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.information import NoteKind
from intelligence.guards.information import require_complete, require_draft, require_move, require_reason
from intelligence.models import InformationReport, ReportNote, ReportSubject, SignificanceAnswer, Tasking
from intelligence.reports.information import giver_of
from intelligence.reports.practice import suggestions_for
from intelligence.rules.information import Side, State
from intelligence.services.information_givers import keep_giver
from offenders.choices.case_file import ContactParty, ContactWay
from offenders.guards import require_unchanged
from offenders.models import Nominal
from offenders.services.contacts import record_contact
from offenders.services.notices import tell_manager

EVALUATION, MORE = "report-evaluation", "report-more"
ROUTING_TASK = "intelligence.tasks.route_reports"
MOST_SUBJECTS = 20


@transaction.atomic
def stop_for_danger(*, actor: User) -> None:
    """Record that somebody who began a report said that a person is in danger now, and was told what to do first."""
    authorise(actor, Perm.SUBMIT_REPORT)
    record_event(Verb.CREATED, None, act="Report stopped: somebody is in danger now")


@transaction.atomic
def file_own_words(*, actor: User, nominal: Nominal, at: datetime, said: str, way: ContactWay | str) -> str:
    """File what a person said of themselves: in the contact log, or through the manager where the actor may not write in it.

    Return in words where it went.
    """
    authorise(actor, Perm.SUBMIT_REPORT)
    if may(actor, Perm.CHANGE_RECORD, nominal):
        record_contact(
            actor=actor, nominal=nominal, at=at, said=said, way=way, party=ContactParty.OFFENDER, about="What the person said of themselves"
        )
        return "It is in the contact log of the case file."
    tell_manager(actor=actor, nominal=nominal, what_happened=said)
    return "The offender manager has been told and files it."


@transaction.atomic
def start_report(*, actor: User) -> InformationReport:
    """Open an empty draft, or the one that stands open and empty."""
    authorise(actor, Perm.SUBMIT_REPORT)
    return open_draft(actor)


def open_draft(actor: User, tasking: Tasking | None = None) -> InformationReport:
    """Return an empty draft, as a result of a tasking or of none; the one that stands open, or a new one."""
    mine = InformationReport.objects.for_user(actor, Perm.SUBMIT_REPORT).filter(tasking=tasking)
    if standing := mine.filter(state=State.DRAFT, original="", subjects=None, answers=None).first():
        return standing
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('intelligence_report_reference')")
        (number,) = cursor.fetchone()
    report = InformationReport.objects.create(
        reference=f"IR-{number:06}", force=actor.organisation, unit=actor.unit, author=actor, tasking=tasking
    )
    record_event(Verb.CREATED, report, act="Report begun")
    return report


def lock_report(actor: User, perm: Perm, report: InformationReport, version: int | None) -> InformationReport:
    """Hold a report on which the actor holds the permission until the transaction ends."""
    rows = InformationReport.objects.for_user(actor, perm).select_for_update(of=("self",)).select_related("source", "force", "author")
    locked = rows.filter(pk=report.pk).first()
    if locked is None:
        raise NotPermitted(perm)
    require_unchanged(locked, version)
    return locked


def move(report: InformationReport, after: State, **values: Any) -> None:
    """Store the next state with what belongs to it, and say so in the trail without a word of the report."""
    before = report.state
    for name, value in values.items():
        setattr(report, name, value)
    report.state = str(after)
    report.version += 1
    report.save(update_fields=[*values, "state", "version"])
    record_event(Verb.CHANGED, report, act="Report moved", before=before, after=str(after))


@transaction.atomic
def save_report(
    *,
    actor: User,
    report: InformationReport,
    version: int | None = None,
    answers: Mapping[str, tuple[str, str]] | None = None,
    giver: dict[str, Any] | None = None,
    **words: Any,
) -> InformationReport:
    """Store what its author has typed so far; half a sentence will do. What is kept while typing counts as no version of its own.

    `answers` holds for a question its answer and words.
    """
    with row_security(actor):
        locked = lock_report(actor, Perm.SUBMIT_REPORT, report, version)
        require_draft(locked)
        for name, value in words.items():
            setattr(locked, name, value)
        locked.version += version is not None
        locked.save(update_fields=[*words, "version"])
        for question, (answer, text) in (answers or {}).items():
            SignificanceAnswer.objects.update_or_create(report=locked, question=question, defaults={"answer": answer, "text": text})
        if giver:
            keep_giver(actor, locked, giver)
    return locked


@transaction.atomic
def add_subject(
    *, actor: User, report: InformationReport, nominal: Nominal | None = None, called: str = "", words: str = ""
) -> ReportSubject:
    """Say whom a draft is about: a record of which the author may know, or words. The same said again adds nobody."""
    locked = lock_report(actor, Perm.SUBMIT_REPORT, report, None)
    require_draft(locked)
    if nominal:
        authorise(actor, Perm.VIEW_MARKER, nominal)
    elif not (called.strip() or words.strip()):
        raise DomainError("Enter a name as far as you know it, or describe the person.", field="called")
    if locked.subjects.count() >= MOST_SUBJECTS:
        full = gettext_noop("A report names {most} people or fewer. Write another report for the others.")
        raise DomainError(full, most=MOST_SUBJECTS, field="called")
    said: dict[str, Any] = {"nominal": nominal, "called": "" if nominal else called.strip(), "words": "" if nominal else words.strip()}
    return locked.subjects.get_or_create(**said)[0]


@transaction.atomic
def remove_subject(*, actor: User, report: InformationReport, key: int) -> None:
    """Take somebody out of a draft again."""
    locked = lock_report(actor, Perm.SUBMIT_REPORT, report, None)
    require_draft(locked)
    locked.subjects.filter(pk=key).delete()


@transaction.atomic
def discard_report(*, actor: User, report: InformationReport) -> None:
    """Throw a draft away with all that was typed in it; that there was one stays in the trail."""
    with row_security(actor):
        locked = lock_report(actor, Perm.SUBMIT_REPORT, report, None)
        require_draft(locked)
        record_event(Verb.CHANGED, locked, act="Draft of a report thrown away")
        locked.delete()


def require_sendable(actor: User, report: InformationReport) -> None:
    """A draft has all that the bureau needs. Call it inside row_security."""
    require_draft(report)
    require_complete(report, giver_of(actor, report, Perm.SUBMIT_REPORT), localdate())


@transaction.atomic
def check_report(*, actor: User, report: InformationReport) -> None:
    """Raise all that a draft lacks before it can be sent, each at the field that lacks it."""
    with row_security(actor):
        require_sendable(actor, lock_report(actor, Perm.SUBMIT_REPORT, report, None))


@transaction.atomic
def submit_report(*, actor: User, report: InformationReport, version: int, accepted: Sequence[str] = ()) -> InformationReport:
    """Send it to the bureau, whose clock begins. From now the author reads no giver; a worker brings it to whom it concerns."""
    with row_security(actor):
        locked = lock_report(actor, Perm.SUBMIT_REPORT, report, version)
        require_sendable(actor, locked)
        answers = dict(locked.answers.values_list("question", "answer"))
        suggested = [each.question for each in suggestions_for(answers, localdate())]
        move(locked, State.SUBMITTED, submitted_at=now(), accepted=[code for code in suggested if code in accepted])
        ask_bureau(actor, locked)
    transaction.on_commit(lambda: current_app.send_task(ROUTING_TASK), robust=True)
    return locked


@transaction.atomic
def answer_more(*, actor: User, report: InformationReport, text: str, version: int) -> InformationReport:
    """Add what the bureau asked for, below the words that stay; it waits for the bureau again."""
    locked = lock_report(actor, Perm.SUBMIT_REPORT, report, version)
    require_move(locked, State.SUBMITTED, Side.AUTHOR)
    if locked.state != State.RETURNED:
        raise DomainError("Nothing was asked. Send the report instead.")
    require_reason(text, "text")
    ReportNote.objects.create(report=locked, kind=NoteKind.ADDED, text=text, by=actor)
    move(locked, State.SUBMITTED)
    complete_actions_about(actor=actor, subject=locked, kind=MORE, outcome="Answered")
    ask_bureau(actor, locked)
    return locked


def ask_bureau(actor: User, report: InformationReport) -> None:
    """Raise the bureau's action, which no unit's list shows."""
    raise_action(
        actor=actor, kind=EVALUATION, title=gettext_noop("An intelligence report waits"), owner=Owner(role=Role.INTELLIGENCE),
        force=report.force,
        subject=report, route="intelligence:report-queue", rule="report-evaluation", key=f"{EVALUATION}-{report.pk}-{report.version}",
        is_private=True,
    )  # fmt: skip
