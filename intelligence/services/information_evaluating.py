"""Intelligence reports in the bureau: asking for more, grading and sanitising, releasing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import may, row_security
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import Owner, complete_actions_about, raise_action, tell
from actions.services.occurrences import note_occurrence
from intelligence.choices.information import NoteKind
from intelligence.guards.information import require_conditions, require_move, require_no_clues, require_reason, require_second_person
from intelligence.models import BriefingReport, InformationRelease, InformationReport, ReportNote
from intelligence.reports.briefings import briefed_with
from intelligence.reports.information import clues_of, readers_of
from intelligence.rules.information import Side, State, read_older_grade
from intelligence.services.information import EVALUATION, MORE, ask_bureau, lock_report, move

PAGE, RECEIVED, BRIEFINGS = "intelligence:information", "intelligence:received-list", "intelligence:briefing-list"


class News(NamedTuple):
    """What people are told about a report: of a person whom they manage, that they were sent, that a briefing for them holds."""

    about: str
    sent: str
    briefed: str


RELEASED = News(
    gettext_noop("An intelligence report about this record was released"),
    gettext_noop("Intelligence that you were sent was released"),
    gettext_noop("Intelligence in a briefing for you was released"),
)
CORRECTED = News(
    gettext_noop("An intelligence report about this record was corrected"),
    gettext_noop("Intelligence that you were sent was corrected"),
    gettext_noop("Intelligence in a briefing for you was corrected"),
)
TAKEN_BACK = News(
    gettext_noop("An intelligence report about this record was withdrawn: do not use it"),
    gettext_noop("Intelligence that you were sent was withdrawn: do not use it"),
    gettext_noop("Intelligence in a briefing for you was withdrawn: do not use it"),
)


def add_note(actor: User, report: InformationReport, kind: NoteKind, text: str, field: str = "reason") -> None:
    """Write below the report why something was decided."""
    require_reason(text, field)
    ReportNote.objects.create(report=report, kind=kind, text=text, by=actor)


@transaction.atomic
def return_report(*, actor: User, report: InformationReport, reason: str, version: int) -> InformationReport:
    """Ask the author for more; their clock begins."""
    locked = lock_report(actor, Perm.EVALUATE_REPORT, report, version)
    require_move(locked, State.RETURNED, Side.BUREAU)
    if locked.releases.exists():
        raise DomainError("This was released already. Finish the correction, or withdraw the report.")
    add_note(actor, locked, NoteKind.ASKED, reason)
    move(locked, State.RETURNED)
    complete_actions_about(actor=actor, subject=locked, kind=EVALUATION, outcome="More was asked")
    raise_action(
        actor=actor, kind=MORE, title=gettext_noop("More is asked about your intelligence report"), owner=Owner(user=locked.author),
        force=locked.force,
        subject=locked, route="intelligence:report-list", rule=MORE, key=f"{MORE}-{locked.pk}-{locked.version}", is_private=True,
    )  # fmt: skip
    return locked


@transaction.atomic
def reject_report(*, actor: User, report: InformationReport, reason: str, version: int) -> InformationReport:
    """Say that nothing follows from it, and why."""
    locked = lock_report(actor, Perm.EVALUATE_REPORT, report, version)
    require_move(locked, State.REJECTED, Side.BUREAU)
    if locked.releases.exists():
        raise DomainError("This was released already. Finish the correction, or withdraw the report.")
    add_note(actor, locked, NoteKind.REJECTED, reason)
    move(locked, State.REJECTED)
    complete_actions_about(actor=actor, subject=locked, kind=EVALUATION, outcome="No further action")
    complete_actions_about(actor=actor, subject=locked, kind=MORE, outcome="No longer needed")
    return locked


@transaction.atomic
def evaluate_report(
    *,
    actor: User,
    report: InformationReport,
    version: int,
    grade_source: int,
    assessment: str,
    handling: str,
    sanitised: str,
    conditions: str = "",
    older_grade: str = "",
    reason: str = "",
    is_checked: bool = False,
) -> InformationReport:
    """Grade it and write the text that may go out. Of a released report this begins a correction, which says why."""
    with row_security(actor):
        locked = lock_report(actor, Perm.EVALUATE_REPORT, report, version)
        require_move(locked, State.EVALUATED, Side.BUREAU)
        require_conditions(handling, conditions)
        if not sanitised.strip():
            raise DomainError("Write the text that may go out.", field="sanitised")
        if older_grade and read_older_grade(older_grade, now().date()) is None:
            raise DomainError("A grade of the older scheme is a letter and two numbers, like B24.", field="older_grade")
        require_no_clues(clues_of(actor, locked, sanitised), is_checked=is_checked)
    if locked.state == State.RELEASED:
        add_note(actor, locked, NoteKind.REOPENED, reason)
        ask_bureau(actor, locked)
    move(
        locked, State.EVALUATED, grade_source=grade_source, assessment=assessment, handling=handling, sanitised=sanitised.strip(),
        conditions=conditions.strip(), older_grade=older_grade.strip().upper(), evaluated_by=actor, evaluated_at=now(),
    )  # fmt: skip
    return locked


@transaction.atomic
def release_report(*, actor: User, report: InformationReport, version: int) -> InformationRelease:
    """Let the sanitised text go to readers of the case files concerned, with its grade and conditions; those concerned are told."""
    locked = lock_report(actor, Perm.EVALUATE_REPORT, report, version)
    require_move(locked, State.RELEASED, Side.BUREAU)
    require_second_person(locked, actor.pk)
    number = locked.releases.count() + 1
    why = locked.notes.filter(kind=NoteKind.REOPENED).values_list("text", flat=True).last() if number > 1 else ""
    release = InformationRelease.objects.create(
        report=locked, number=number, sanitised=locked.sanitised, grade_source=locked.grade_source, assessment=locked.assessment,
        handling=locked.handling, conditions=locked.conditions, older_grade=locked.older_grade, evaluated_by=locked.evaluated_by,
        released_by=actor, reason=(why or "")[:500],
    )  # fmt: skip
    move(locked, State.RELEASED)
    complete_actions_about(actor=actor, subject=locked, kind=EVALUATION, outcome="Released")
    tell_concerned(actor, locked, recipients_of(locked), RELEASED if number == 1 else CORRECTED)
    for route in locked.routes.exclude(is_about=False).select_related("nominal"):
        if route.is_named or route.is_about:
            note_occurrence(
                actor=actor, kind=Happening.INTELLIGENCE_LINKED, nominal=route.nominal, subject=release, route=PAGE,
                key=f"release-{release.pk}-{route.nominal_id}",
            )  # fmt: skip
    return release


@transaction.atomic
def withdraw_report(*, actor: User, report: InformationReport, reason: str, version: int) -> InformationReport:
    """Take a released report back: nobody outside the bureau reads it any more, and whoever had it is told."""
    locked = lock_report(actor, Perm.EVALUATE_REPORT, report, version)
    require_move(locked, State.WITHDRAWN, Side.BUREAU)
    add_note(actor, locked, NoteKind.WITHDRAWN, reason)
    recipients = recipients_of(locked)  # afterwards nobody may read it
    move(locked, State.WITHDRAWN)
    tell_concerned(actor, locked, recipients, TAKEN_BACK)
    return locked


def tell_concerned(actor: User, report: InformationReport, recipients: Iterable[User], words: News) -> None:
    """Tell the managers of the people concerned, and whoever was sent the report."""
    for route in report.routes.exclude(is_about=False).select_related("nominal__offender_manager"):
        tell(actor=actor, people=[route.nominal.offender_manager], text=words.about, nominal=route.nominal_id, route=PAGE)
    tell(actor=actor, people=recipients, text=words.sent, route=RECEIVED)
    tell(actor=actor, people=briefed_readers_of(report), text=words.briefed, route=BRIEFINGS)


def briefed_readers_of(report: InformationReport) -> list[User]:
    """Return who may read the report in a briefing that was made for them."""
    packs = BriefingReport.objects.filter(release__report=report)
    return [person for person in briefed_with(report) if any(may(person, Perm.VIEW_BRIEFING, pack) for pack in packs)]


def recipients_of(report: InformationReport) -> list[User]:
    """Return whoever was sent a report, by name or by unit, and may read it now."""
    return [person for sent in report.disseminations.select_related("user", "unit") for person in readers_of(sent)]
