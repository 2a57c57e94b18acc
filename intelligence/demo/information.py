"""Intelligence reports of the synthetic force: one released, sent on and in a briefing, one that waits, one from a prison, a draft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from intelligence.models import InformationReport
from intelligence.reports.briefings import releases_about
from intelligence.rules.information import QUESTIONS
from intelligence.services.briefings import make_briefing
from intelligence.services.information import add_subject, save_report, start_report, submit_report
from intelligence.services.information_evaluating import evaluate_report, release_report
from intelligence.services.information_routing import route_reports
from intelligence.services.information_sending import send_report
from offenders.models import InformationSource, Nominal

NEIGHBOUR = {
    "name": "Mrs Hettie Lamplough",
    "contact": "01632 960555",
    "relationship": "Lives across the landing",
    "nature": "Only she sees his door",
    "how_obtained": "She saw it through the spyhole of her door",
    "circumstances": "Lives alone and is afraid of him",
    "frequency": "sometimes",
    "will_ask_more": False,
    "uses_relationship": False,
}


def write(author: User, on: date, text: str, code: str, yes: dict[str, str], **values: Any) -> InformationReport:
    """Begin a report and fill it in."""
    return fill(start_report(actor=author), on, text, code, yes, **values)


def fill(report: InformationReport, on: date, text: str, code: str, yes: dict[str, str], **values: Any) -> InformationReport:
    """Fill a report in as its author; `yes` holds the questions that are answered so, with why."""
    answers = {question: ("yes", yes[question]) if question in yes else ("no", "") for question in QUESTIONS}
    source = InformationSource.objects.filter(code=code).first()
    return save_report(
        actor=report.author, report=report, version=report.version, original=text, seen_on=on, source=source, answers=answers, **values
    )


def add_information(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have officers report on Arthur Sample and another, and the bureau release one report."""
    patrol, bureau = users["operational"], users["intelligence"]
    first = write(
        patrol, today - timedelta(days=6), "A neighbour says that boys of about ten came to his flat on Sunday and left with new trainers.",
        "public", {"at_risk": "Two boys of about ten"}, seen_where="Northport", giver=NEIGHBOUR,
    )  # fmt: skip
    add_subject(actor=patrol, report=first, nominal=arthur)
    sent = submit_report(actor=patrol, report=first, version=first.version, accepted=["at_risk"])
    done = evaluate_report(
        actor=bureau, report=sent, version=sent.version, grade_source=2, assessment="A", handling="P",
        sanitised="Two boys of about ten visited him at home at a weekend and were given clothes.",
    )  # fmt: skip
    release_report(actor=bureau, report=done, version=done.version)
    second = write(
        patrol, today - timedelta(days=1), "He stood at the fence of the playing field for an hour and took photographs.", "police",
        {"harm": "He followed one child to the bus"}, seen_where="Tollgate playing field",
    )  # fmt: skip
    add_subject(actor=patrol, report=second, nominal=others[0])
    submit_report(actor=patrol, report=second, version=second.version)
    third = write(
        users["supervisor"], today - timedelta(days=2), "Before his release a cellmate gave him the number of a man who sells telephones.",
        "prison", {"associations": "A seller of telephones"}, prison="HMP Holmebrook", prison_officer="Officer Tunnicliffe",
    )  # fmt: skip
    add_subject(actor=users["supervisor"], report=third, called="Uncle Monty", words="Drives a white van")
    submit_report(actor=users["supervisor"], report=third, version=third.version)
    write(patrol, today, "Seen again at", "police", {})
    route_reports(actor=None)
    done.refresh_from_db()
    send_report(actor=bureau, report=done, people=[patrol], expected="Pass by on Sundays")
    manager = arthur.offender_manager
    make_briefing(
        actor=manager, nominal=arthur, offence="Theft of bicycles from a school", crime_reference="NM/26/20611",
        handling="For this investigation only. Do not copy.", parts=["identity", "dangers", "conduct"], intelligence="",
        reports=list(releases_about(manager, arthur)), valid_until=today + timedelta(days=28), recipients=[patrol],
    )  # fmt: skip
