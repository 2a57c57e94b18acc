"""Functions that make intelligence reports at each stage."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from intelligence.models import InformationGiver, InformationRelease, InformationReport, ReportRoute, ReportSubject, SignificanceAnswer
from intelligence.rules.information import QUESTIONS
from intelligence.services.information import add_subject, save_report, start_report, submit_report
from intelligence.services.information_evaluating import evaluate_report, release_report
from intelligence.services.information_routing import route_reports
from offenders.models import InformationSource, Nominal
from tests.factories import make_user

TEXT = "He was outside the swimming pool at closing time, talking to children."
SAFE = "He was seen talking to children at a public place."
GIVER = {
    "name": "Mrs Ottoline Birdwhistle", "contact": "07700 900417", "relationship": "Neighbour", "nature": "Could be traced to her",
    "how_obtained": "She saw it through the lattice of her pergola", "circumstances": "Lives alone next door", "frequency": "first",
    "will_ask_more": False, "uses_relationship": False,
}  # fmt: skip
NO = dict.fromkeys(QUESTIONS, ("no", ""))


def source(code: str = "police") -> InformationSource:
    """A row of the register of sources."""
    return InformationSource.objects.get(code=code)


def make_bureau(force: Any) -> User:
    """An intelligence officer of a force."""
    return make_user(Role.INTELLIGENCE, organisation=force)


def make_draft(
    *,
    author: User,
    nominal: Nominal | None = None,
    called: str = "",
    words: str = "",
    answers: Any = None,
    giver: Any = None,
    **values: Any,
) -> InformationReport:
    """A draft that is ready to be sent."""
    report = start_report(actor=author)
    said = {"original": TEXT, "seen_on": localdate(), "seen_where": "Tollgate Pool", "source": source(), **values}
    save_report(actor=author, report=report, answers=NO | (answers or {}), giver=giver, **said)
    if nominal:
        add_subject(actor=author, report=report, nominal=nominal)
    if called or words or not nominal:
        add_subject(actor=author, report=report, called=called, words=words or "A man in a green coat")
    report.refresh_from_db()
    return report


def make_sent(*, author: User, accepted: tuple[str, ...] = (), **values: Any) -> InformationReport:
    """A report that was sent and brought to whom it concerns."""
    draft = make_draft(author=author, **values)
    report = submit_report(actor=author, report=draft, version=draft.version, accepted=accepted)
    route_reports(actor=None)
    report.refresh_from_db()
    return report


def evaluate(report: InformationReport, by: User, **values: Any) -> InformationReport:
    """Grade and sanitise it."""
    given = {"grade_source": 2, "assessment": "A", "handling": "P", "sanitised": SAFE, **values}
    return evaluate_report(actor=by, report=report, version=report.version, **given)


def make_release(*, report: InformationReport, by: User, **values: Any) -> InformationRelease:
    """Evaluate it and let it go; under conditions, by a colleague."""
    done = evaluate(report, by, **values)
    releaser = make_bureau(report.force) if done.handling == "C" else by
    return release_report(actor=releaser, report=done, version=done.version)


def make_row(*, nominal: Nominal, author: User | None = None, state: str = "submitted", giver: Any = None) -> InformationReport:
    """A report about somebody, whoever may know of them, put together without its services."""
    author = author or make_user(Role.OPERATIONAL, organisation=nominal.force)
    at = None if state == "draft" else now()
    report = InformationReport.objects.create(
        reference=f"IR-{uuid.uuid4().hex[:8]}", force=author.organisation, unit=author.unit, author=author, original=TEXT, source=source(),
        seen_on=localdate(),
    )  # fmt: skip
    ReportSubject.objects.create(report=report, nominal=nominal)
    SignificanceAnswer.objects.create(report=report, question="harm", answer="yes", text="Carries a knife")
    if giver:
        with row_security(author):
            InformationGiver.objects.create(report=report, pseudonyms=[report.reference], **(GIVER | giver))
    InformationReport.objects.filter(pk=report.pk).update(state=state, submitted_at=at, routed_at=at)
    report.refresh_from_db()
    return report


def make_released_row(*, nominal: Nominal, number: int = 1) -> InformationReport:
    """The same, released and brought to the record."""
    report, by = make_row(nominal=nominal), make_bureau(nominal.force)
    graded = {"grade_source": 2, "assessment": "A", "handling": "P", "sanitised": SAFE, "evaluated_by": by}
    InformationReport.objects.filter(pk=report.pk).update(state="released", **graded)
    InformationRelease.objects.create(report=report, number=number, released_by=by, **graded)
    ReportRoute.objects.create(report=report, nominal=nominal, is_named=True)
    return report
