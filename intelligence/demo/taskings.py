"""A tasking of the synthetic force: live, on briefing sheets, read, and answered with a report."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from intelligence.choices.tasking import Level, Means, Shift
from intelligence.demo.information import fill
from intelligence.reports.tasking import sheet_for
from intelligence.services.information import add_subject, submit_report
from intelligence.services.information_routing import route_reports
from intelligence.services.tasking import confirm_sheet, issue_tasking, put_on_sheets, raise_tasking, start_result
from offenders.models import Nominal


def add_taskings(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have the bureau ask the patrols who visits Arthur Sample at weekends, and one of them answer."""
    patrol, bureau = users["operational"], users["intelligence"]
    draft = raise_tasking(
        actor=bureau, nominals=[arthur], level=Level.NEIGHBOURHOOD, requirement="Which children come to his flat, and with whom",
        reason="A neighbour has seen two boys of about ten there", means=[Means.PATROL, Means.VISIT], unit=patrol.unit,
        handling="For this unit only. Nothing of it is said to him or to his neighbours.",
        starts_on=today, ends_on=today + timedelta(days=27),
    )  # fmt: skip
    tasking = issue_tasking(actor=bureau, tasking=draft, version=draft.version)
    put_on_sheets(actor=bureau, tasking=tasking, first=today, last=today + timedelta(days=6), shifts=[Shift.EARLY, Shift.LATE])
    confirm_sheet(actor=patrol, slots=sheet_for(patrol, today, Shift.EARLY))
    report = start_result(actor=patrol, tasking=tasking)
    text = "A woman of about thirty brought two boys to his door at noon and drove away in a red hatchback. They stayed inside for an hour."
    report = fill(report, today, text, "police", {"at_risk": "Two boys, alone with him"}, seen_where="Northport")
    add_subject(actor=patrol, report=report, nominal=arthur)
    submit_report(actor=patrol, report=report, version=report.version)
    route_reports(actor=None)
