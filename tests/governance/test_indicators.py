"""Quarterly indicators: what counts as in time, late and not done, on any day, as known at any moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from actions.models import Action, ClockRule
from governance.reports.figures import Question
from governance.reports.indicators import indicators_of, shares
from governance.rules.indicators import INDICATORS, KINDS, outcome_of, quarters_of, share_in_time, tables_of
from governance.rules.ledger import LONDON, Known
from offenders.models import Nominal
from tests.factories import make_force, make_unit, make_user
from tests.governance.making_figures import YEAR, database_now, later, make_coordinator, make_person

DUE = datetime(YEAR, 5, 11, tzinfo=LONDON)  # late from the first moment of 11 May: due by the end of 10 May
LATER = date(YEAR, 5, 12)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)


def known(state: str = "open", closed_at: datetime | None = None, late_from: datetime | None = DUE, kind: str = "visit") -> Known:
    """An action as the ledger tells of it."""
    times = {"late_from": late_from and late_from.isoformat(), "closed_at": closed_at and closed_at.isoformat()}
    return Known(1, 1, {"kind": kind, "state": state, **times})


@pytest.mark.parametrize(
    ("action", "as_at", "outcome"),
    [
        (known(), date(YEAR, 5, 9), None),  # not due yet when 9 May ends
        (known(), date(YEAR, 5, 10), "undone"),
        (known("done", BEFORE), LATER, "in-time"),
        (known("done", DUE - timedelta(microseconds=1)), LATER, "in-time"),
        (known("done", DUE), LATER, "late"),
        (known("done", AFTER + timedelta(days=3)), LATER, "undone"),  # done later than the day asked about
        (known("cancelled", BEFORE), LATER, None),
        (known("cancelled", AFTER + timedelta(days=3)), LATER, "undone"),
        (known(late_from=None), LATER, None),
    ],
)
def test_how_an_action_stood_on_a_day(action, as_at, outcome):
    assert outcome_of(action, as_at) == outcome


def test_quarters_follow_each_other_without_gap():
    quarters = quarters_of(2025)
    assert [(each.first, each.last) for each in quarters] == [
        (date(2025, 4, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31)),
    ]  # fmt: skip


def test_an_action_belongs_to_the_quarter_of_its_last_day_in_time():
    edge = known(late_from=datetime(YEAR, 7, 1, tzinfo=LONDON))
    tables = tables_of(quarters_of(YEAR), [edge], date(YEAR + 1, 1, 1))
    assert [table.number("visits", "undone") for table in tables] == [1, 0, 0, 0]


def test_every_kind_belongs_to_one_indicator():
    assert len(KINDS) == sum(len(indicator.kinds) for indicator in INDICATORS)
    tables = tables_of(quarters_of(YEAR)[:1], [known("done", BEFORE), known(), known("done", AFTER)], AFTER.date())
    assert [share_in_time(tables, code) for code in ("visits", "plans")] == [33, None]


def raise_row(nominal: Nominal, kind: str = "visit", **values: object) -> Action:
    """An action about somebody that was due in May."""
    owner = {"owner": nominal.offender_manager, "unit": nominal.unit, "force": nominal.force}
    times = {"starts_at": BEFORE, "late_from": DUE}
    return Action.objects.create(kind=kind, title="Visit due", nominal=nominal.pk, **{**owner, **times, **values})


def ask(force, as_at: date = date(YEAR, 6, 30), moment: datetime | None = None):
    """The first quarter of the year."""
    return indicators_of(Question(force.pk, YEAR, as_at, moment or later()))[0]


@pytest.mark.django_db
def test_indicators_count_the_force_as_known_at_a_moment():
    unit, other = make_unit(), make_unit()
    nominal, moved = make_person(unit), make_person(unit)
    visit = raise_row(nominal)
    raise_row(make_person(other))
    raise_row(nominal, kind="something-else")
    raise_row(nominal, late_from=DUE + timedelta(days=365))
    gone = raise_row(moved)
    before = database_now()
    Action.objects.filter(pk=visit.pk).update(state="done", outcome="Seen", closed_at=BEFORE)
    Action.objects.filter(pk=gone.pk).update(force=other.organisation, unit=other)
    assert {cell: len(rows) for cell, rows in ask(unit.organisation).cells.items()} == {("visits", "in-time"): 1}
    assert {cell: len(rows) for cell, rows in ask(unit.organisation, moment=before).cells.items()} == {("visits", "undone"): 2}
    assert ask(unit.organisation, as_at=date(YEAR, 5, 9)).cells == {}
    assert shares([ask(unit.organisation)]) == [("Visits", 100)]


@pytest.mark.django_db
def test_every_kind_that_is_counted_has_a_clock():
    rules = set(ClockRule.objects.values_list("code", flat=True))
    kinds = set(KINDS) - {"visit", "assessment-due", "assessment-after-change", "plan", "sharing-receipt"}
    assert kinds <= rules


@pytest.mark.django_db
def test_the_page_opens_each_number_to_what_the_reader_may_see(client):
    unit = make_unit()
    lead, coordinator = make_user(Role.SUPERVISOR, unit=unit), make_coordinator(unit.organisation)
    raise_row(make_person(unit))
    raise_row(make_person(make_unit(organisation=unit.organisation)))
    asked = {"year": YEAR, "on": f"{YEAR}-06-30", "moment": now().strftime("%Y-%m-%dT%H:%M:%S.%f%z")}
    rows = asked | {"table": "quarter-1", "row": "visits", "column": "undone"}
    for reader, others, titles in ((lead, "1 other:", 1), (coordinator, "2 others:", 0)):
        client.force_login(reader)
        page = client.get(reverse("governance:indicators"), asked).content.decode()
        assert 'aria-label="2: Visits, Not done"' in page
        opened = client.get(reverse("governance:indicators-rows"), rows).content.decode()
        assert (others in opened, opened.count("Visit due")) == (True, titles)
    published = client.get(reverse("governance:indicators-csv"), asked | {"for": "publication"}).content.decode()
    assert "Visits,hidden,hidden,hidden,hidden" in published
    client.force_login(make_coordinator(make_force()))
    assert 'aria-label="2:' not in client.get(reverse("governance:indicators"), asked).content.decode()


@pytest.mark.django_db
def test_a_page_is_in_the_readers_language_and_a_file_in_english(client):
    client.force_login(make_coordinator(make_force()))
    client.cookies["vigil-language"] = "cy"
    page, file = (client.get(reverse(f"governance:{name}")).content.decode() for name in ("indicators", "indicators-csv"))
    assert "1 Ebrill" in page
    assert "1 Ebrill" not in file
    assert "1 April" in file
