"""Intelligence reports as their readers need them: an author's own list, the bureau's clocks, clues to a source, what readers see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from accounts.access import may
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.reports import RuleBook
from actions.rules import Due, reckon
from audit.references import known_to
from intelligence.models import (
    Dissemination,
    InformationGiver,
    InformationRelease,
    InformationReport,
    ReportRoute,
    ReportSubject,
    SourceReview,
)
from intelligence.models.information import STATES
from intelligence.rules.information import OPEN_TO_AUTHOR, source_clues
from offenders.models import Licence, Nominal

RULE = "report-evaluation"
SHOWN = 50
DETAILS = ("contact", "relationship", "how_obtained", "circumstances", "nature")


def written_by(user: User) -> list[dict[str, Any]]:
    """Return the newest reports of an author: of those that are evaluated the reference and where they stand, and nothing of the text."""
    rows = InformationReport.objects.filter(author=user).order_by("-pk")
    labels = dict(STATES)
    found = rows.values("reference", "public_id", "state", "created_at", "submitted_at")[:SHOWN]
    return [row | {"label": labels[row["state"]], "is_open": row["state"] in OPEN_TO_AUTHOR} for row in found]


def giver_of(user: User, report: InformationReport, perm: Perm = Perm.VIEW_REPORT) -> InformationGiver | None:
    """Return who gave it, as far as the user may know. Call it inside row_security."""
    return InformationGiver.objects.for_user(user, perm).filter(report=report).first()


def subjects_for(user: User, report: InformationReport) -> list[ReportSubject]:
    """Return whom a report is about; a record of which the user may not know comes without its reference, as `is_kept`."""
    known = set(known_to(user).filter(pk__in=report.subjects.values("nominal")).values_list("pk", flat=True))
    subjects = list(report.subjects.select_related("nominal"))
    for subject in subjects:
        subject.is_kept = bool(subject.nominal_id) and subject.nominal_id not in known
    return subjects


def with_significance(rows: QuerySet[InformationReport]) -> QuerySet[InformationReport]:
    """Fetch what a row of the bureau's queue shows."""
    answers = Prefetch("answers", InformationReport.answers.rel.related_model.objects.filter(answer="yes"), to_attr="significant")
    return rows.select_related("source", "force", "unit", "author").prefetch_related(answers)


def dues_of(reports: Sequence[InformationReport]) -> list[Due]:
    """Return when each report must have been dealt with; the rules are read once."""
    book = RuleBook.of([RULE], localdate())
    return [due_of(report, book) for report in reports]


def due_of(report: InformationReport, book: RuleBook) -> Due:
    """Return when one report must have been dealt with, from when it was first sent."""
    if report.submitted_at is None:
        return Due(None)
    rule = book.rule_for(RULE, localdate(report.submitted_at))
    return reckon(report.submitted_at, rule.length, book.holidays_in(report.force.nation)) if rule.length else Due(None)


def clues_of(user: User, report: InformationReport, text: str) -> list[str]:
    """Return what a sanitised text repeats of whoever gave, passed on or wrote it, as far as the user may know. Call it in row_security."""
    giver = giver_of(user, report)
    names = [report.author.last_name, report.prison_officer, *([giver.name] if giver else [])]
    details = [getattr(giver, name) for name in DETAILS] if giver else []
    return source_clues(text, names=names, details=[*details, report.prison])


def members_of(unit: Unit | None) -> QuerySet[User]:
    """Return the people of a unit who have not left."""
    return User.objects.filter(unit=unit, is_active=True, is_service=False)


def readers_of(sent: Dissemination) -> list[User]:
    """Return who of those to whom a report was sent may read it."""
    people = [sent.user] if sent.user else members_of(sent.unit)
    return [person for person in people if may(person, Perm.READ_INTELLIGENCE, sent)]


@dataclass
class Told:
    """A report as a reader of a case file sees it: never its author, the words as they were written, or who gave it."""

    route: ReportRoute
    reference: str
    sent_at: datetime | None
    state: str
    significant: list[str] = field(default_factory=list)
    releases: list[InformationRelease] = field(default_factory=list)


def told_about(user: User, nominal: Nominal) -> list[Told]:
    """Return what was reported about a person, newest first; the text once it is released, with every correction."""
    routes = ReportRoute.objects.for_user(user).filter(nominal=nominal).exclude(is_about=False)
    rows = list(routes.select_related("report", "taken_by").prefetch_related("report__answers").order_by("-pk")[:SHOWN])
    readable: dict[int, list[InformationRelease]] = {}
    for release in InformationRelease.objects.for_user(user).filter(report__in=[row.report_id for row in rows]):
        readable.setdefault(release.report_id, []).append(release)
    return [
        Told(
            row, row.report.reference, row.report.submitted_at, row.report.state,
            [answer.asked for answer in row.report.answers.all() if answer.answer == "yes"], readable.get(row.report_id, []),
        )
        for row in rows
    ]  # fmt: skip


def licence_of(nominal: Nominal) -> Licence | None:
    """Return the licence of today, which names the probation manager to tell."""
    return nominal.licences.filter(period__contains=localdate()).first()


def release_of(user: User, sent: Dissemination) -> InformationRelease | None:
    """Return the newest text of a report that the user was sent."""
    found = Dissemination.objects.for_user(user, Perm.READ_INTELLIGENCE).filter(pk=sent.pk).exists()
    return sent.report.releases.first() if found else None


def told_by_same(user: User, review: SourceReview) -> list[InformationGiver]:
    """Return what was told by whoever a review is about, newest first, as far as the user may know. Call it inside row_security."""
    rows = InformationGiver.objects.for_user(user).filter(report__force=review.force_id)
    same = rows.filter(pseudonyms__overlap=review.pseudonyms) if review.pseudonyms else rows.filter(report=review.report_id)
    return list(same.select_related("report__author").order_by("-report__submitted_at")[:SHOWN])
