"""Retention in the synthetic force: a record that may go, one that has gone, and a hold."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from governance.choices.retention import Criterion, Decision, HoldKind
from governance.services.disposal import dispose
from governance.services.retention import ask_for_review
from governance.services.retention_holds import place_hold
from governance.services.retention_reviews import approve, propose
from offenders.choices import MappaCategory, MappaLevel, Registration
from offenders.models import MappaPeriod, Nominal
from offenders.services.records import register_nominal

MANAGED, LEFT = date(1988, 4, 1), date(1996, 4, 1)
NO = {criterion.value: (False, "Nothing on the record says so, and nobody has added anything for years.") for criterion in Criterion}


def add_retention(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have records management look at two old records: one waits for its review, the other is gone, with its certificate."""
    keeper, second = users["information_governance"], users["information_governance_2"]
    waiting = add_old_record(users["offender_manager"], "Oldbury", "Wilfred", (1921, 2, 11))
    ask_for_review(actor=keeper, nominal=waiting, reason="The person would be over 100.")
    gone = add_old_record(users["offender_manager"], "Underhay", "Clifford", (1919, 8, 30))
    review = ask_for_review(actor=keeper, nominal=gone, reason="The person would be over 100.")
    proposed = propose(
        actor=keeper, review=review, version=None, answers=NO, decision=Decision.DISPOSE, reason="Nothing speaks for keeping it."
    )
    decided = approve(actor=second, review=proposed, version=None, words="I have looked at it too.")
    dispose(actor=keeper, review=decided, version=None, confirmation=gone.reference)
    place_hold(
        actor=keeper, nominal=others[0], kind=HoldKind.COMPLAINT, reason="A complaint about a visit is looked into.",
        review_on=today + timedelta(days=90),
    )  # fmt: skip


def add_old_record(officer: User, surname: str, given_names: str, birth: tuple[int, int, int]) -> Nominal:
    """A record of somebody who left MAPPA long ago."""
    assert officer.unit is not None  # noqa: S101 - the demonstration's officers have units
    nominal = register_nominal(
        actor=officer, registration=Registration.OTHER_MAPPA, unit=officer.unit, offender_manager=officer, surname=surname,
        given_names=given_names, birth=birth,
    )  # fmt: skip
    MappaPeriod.objects.create(
        nominal=nominal, category=MappaCategory.TWO, level=MappaLevel.ONE, period=DateRange(MANAGED, LEFT), reason="On an old card"
    )
    MappaPeriod.objects.create(nominal=nominal, category=None, level=None, period=DateRange(LEFT, None), reason="Left MAPPA")
    return nominal
