"""What the annual figures count, that their tables add up, and that a closed year stays."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from audit.models import Event
from disclosure.reports.figures import counts_on
from disclosure.rules.figures import worked_out
from governance.guards.figures import require_askable
from governance.models import ClosedYear, FurtherCharge
from governance.reports.figures import changes_since, is_whole, lines_of, shown
from governance.rules.figures import (
    CATEGORIES,
    COMMUNITY,
    LEVELS,
    REGISTERED,
    Entry,
    Table,
    first_of,
    frozen,
    hidden_cells,
    key_of,
    last_of,
    name_of,
    thawed,
    year_of,
)
from governance.services.figures import close_year
from offenders.choices import MappaCategory, MappaLevel
from offenders.models import MappaPeriod, Nominal
from tests.factories import make_force, make_mappa, make_unit, make_user
from tests.governance.making_disposals import take_away
from tests.governance.making_figures import (
    LAST,
    MIDDLE,
    TODAY,
    YEAR,
    ask,
    database_now,
    hold,
    later,
    make_breach,
    make_coordinator,
    make_order,
    make_person,
    make_recall,
    make_review,
    register,
)

db = pytest.mark.django_db


def numbers(table: Table) -> dict[tuple[str, str], int]:
    """Return what is not nought."""
    return {cell: len(entries) for cell, entries in table.cells.items()}


def test_a_year_runs_from_april_to_march():
    assert [year_of(day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31))] == [2025, 2026, 2026]
    assert (first_of(2025), last_of(2025), name_of(2025), name_of(1999)) == (date(2025, 4, 1), date(2026, 3, 31), "2025/26", "1999/00")


@db
def test_people_in_the_community_by_category_and_level():
    unit = make_unit()
    make_person(unit, 1, 1), make_person(unit, 1, 1), make_person(unit, 2, 3)
    hold(make_person(unit, 1, 1), LAST, LAST + timedelta(days=1))
    hold(make_person(unit, 4, 2), LAST - timedelta(days=9), LAST)
    left = make_person(unit)
    MappaPeriod.objects.filter(nominal=left).update(period=DateRange(date(2015, 1, 1), LAST))
    make_mappa(nominal=left, category=None, level=None, start=LAST)
    make_person(make_unit())
    merged = make_person(unit)
    Nominal.objects.filter(pk=merged.pk).update(merged_into=left)
    assert numbers(ask(unit.organisation)["community"]) == {("1", "1"): 2, ("2", "3"): 1, ("4", "2"): 1}
    counted = ask(unit.organisation)["community"]
    table = [[counted.number(str(category), str(level)) for level in MappaLevel.values] for category in MappaCategory.values]
    assert table == counts_on(unit.organisation, LAST)


@db
def test_who_must_notify_adds_up_with_who_is_in_the_community():
    unit = make_unit()
    people = [make_person(unit, category, level) for category, level in ((1, 1), (1, 2), (2, 1), (3, 3))]
    for nominal in people[:2]:
        register(nominal)
    outside = make_person(unit)
    MappaPeriod.objects.filter(nominal=outside).update(category=None, level=None)
    register(outside)
    held = make_person(unit)
    register(held)
    hold(held, date(2020, 1, 1))
    withdrawn = people[2]
    register(withdrawn)
    withdrawn.registration_periods.update(withdrawn_at=later())
    tables = ask(unit.organisation)
    assert numbers(tables["registered"]) == {("yes", "1"): 1, ("yes", "2"): 1, ("no", "1"): 1, ("no", "3"): 1, ("yes", "none"): 1}
    for level, _ in LEVELS:
        assert tables["registered"].number("total", level) == tables["community"].number("total", level)


@db
def test_returns_to_custody_count_by_level_on_the_day_of_return():
    unit = make_unit()
    nominal = make_person(unit, 2, 2)
    MappaPeriod.objects.filter(nominal=nominal).update(period=DateRange(date(2015, 1, 1), MIDDLE + timedelta(days=1)))
    make_mappa(nominal=nominal, category=2, level=1, start=MIDDLE + timedelta(days=1))
    make_recall(nominal)
    for day in (first_of(YEAR) - timedelta(days=1), LAST + timedelta(days=1)):
        make_recall(make_person(unit), day)
    rescinded = make_recall(make_person(unit))
    type(rescinded).objects.filter(pk=rescinded.pk).update(state="rescinded")
    outside = make_person(unit)
    MappaPeriod.objects.filter(nominal=outside).delete()
    make_recall(outside, LAST)
    assert numbers(ask(unit.organisation)["returned"]) == {("2", "2"): 1, ("none", "none"): 1}


@db
def test_breaches_of_notification_count_once_by_their_latest_decision_of_the_year():
    unit = make_unit()
    make_breach(make_person(unit, 1, 3), "charged", "convicted")
    make_breach(make_person(unit), "cautioned")
    make_breach(make_person(unit), "charged")
    make_breach(make_person(unit), "convicted", "acquitted")
    make_breach(make_person(unit), "convicted", on=LAST + timedelta(days=1))
    assert numbers(ask(unit.organisation)["notification"]) == {("convicted", "3"): 1, ("cautioned", "1"): 1}


@db
def test_orders_count_where_made_where_broken_and_where_that_ended_in_a_conviction():
    unit = make_unit()
    nominal = make_person(unit)
    make_order(nominal)
    old = make_order(nominal, first_of(YEAR) - timedelta(days=1), "sro")
    make_breach(nominal, "cautioned", order=old)
    make_breach(nominal, "convicted", order=old)
    make_breach(nominal, "no_action", order=make_order(nominal, LAST, "voo"))
    tables = ask(unit.organisation)
    assert numbers(tables["orders"]) == {
        ("shpo", "imposed"): 1, ("sro", "breached"): 1, ("sro", "ended"): 1, ("voo", "imposed"): 1, ("voo", "breached"): 1,
    }  # fmt: skip
    assert numbers(tables["notification"]) == {}


@db
def test_reviews_count_in_the_year_of_each_decision():
    unit = make_unit()
    make_review(make_person(unit), "granted")
    make_review(make_person(unit), "refused")
    make_review(make_person(unit), "appeal_allowed", first_of(YEAR) - timedelta(days=9), MIDDLE)
    make_review(make_person(unit), "appeal_dismissed", MIDDLE, LAST)
    make_review(make_person(unit), "granted", LAST + timedelta(days=1))
    assert numbers(ask(unit.organisation)["reviews"]) == {
        ("granted", "decided"): 1, ("refused", "decided"): 2, ("allowed", "decided"): 1, ("dismissed", "decided"): 1,
    }  # fmt: skip


@db
def test_serious_further_offences_count_by_level_on_the_day_of_the_charge():
    unit = make_unit()
    FurtherCharge.objects.create(nominal=make_person(unit, 1, 2), kind="rape", charged_on=MIDDLE)
    FurtherCharge.objects.create(nominal=make_person(unit), kind="murder", charged_on=LAST + timedelta(days=1))
    FurtherCharge.objects.create(
        nominal=make_person(unit), kind="child", charged_on=MIDDLE, withdrawn_on=MIDDLE, withdraw_reason="Another person"
    )
    assert numbers(ask(unit.organisation)["further"]) == {("rape", "2"): 1}


@pytest.mark.parametrize(
    ("as_at", "known", "words"),
    [(1, 0, "a day to come"), (0, 1, "what will be recorded"), (-800, 0, "Choose a day of the year")],
)
def test_what_nobody_can_know_is_refused_with_what_to_do(as_at, known, words):
    now = later()
    with pytest.raises(DomainError, match=words):
        require_askable(year=year_of(TODAY), as_at=TODAY + timedelta(days=as_at), known=now + timedelta(days=known), today=TODAY, now=now)


# ---- Small numbers


def as_table(shape, counts: list[list[int]]) -> Table:
    """A table with these numbers."""
    cells = {
        (row, column): [Entry(number, number) for number in range(counts[at][place])]
        for at, (row, _) in enumerate(shape.rows)
        for place, (column, _) in enumerate(shape.columns)
    }
    return Table(shape, cells)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 25), min_size=3, max_size=3), min_size=4, max_size=4),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_no_small_number_leaves_and_none_can_be_worked_out_from_both_tables_together(counts, registered):
    """Who must notify is drawn so that both tables have the same totals by level."""
    totals = [sum(row[at] for row in counts) for at in range(3)]
    yes = [min(number, total) for number, total in zip(registered, totals, strict=False)]
    tables = [
        as_table(COMMUNITY, counts),
        as_table(REGISTERED, [[*yes, registered[3]], [*(total - number for total, number in zip(totals, yes, strict=True)), 0]]),
    ]
    hidden = hidden_cells(tables, 5)
    totals_of_both = [[cell["number"] for cell in table["rows"][-1]["cells"][:3]] for table in shown(tables, 5)]
    assert totals_of_both[0] == totals_of_both[1], "what is hidden in one table stands in the other"
    lines, numbers = [], {}
    for table in tables:
        rows, columns = [code for code, _ in table.all_rows], [code for code, _ in table.all_columns]
        numbers |= {key_of(table, row, column): table.number(row, column) for row in rows for column in columns}
        lines += [[key_of(table, row, column) for column in columns] for row in rows]
        lines += [[key_of(table, row, column) for row in rows] for column in columns]
    assert all(number >= 5 for cell, number in numbers.items() if cell not in hidden)
    assert worked_out(lines, hidden) == set()


@db
def test_what_is_published_hides_small_numbers_and_opens_nothing():
    unit = make_unit()
    for _ in range(6):
        make_person(unit)
    make_person(unit, 2, 1)
    tables = list(ask(unit.organisation).values())
    published = {each["code"]: each for each in shown(tables, 5)}
    cells = [[cell["number"] for cell in row["cells"]] for row in published["community"]["rows"]]
    assert 1 not in [number for row in cells for number in row]
    assert cells[-1][-1] == 7
    assert cells[0][0] is None, "with the total it would tell that one is in category 2"
    lines = lines_of(published.values(), [("Force", "=1+1")])
    assert lines[0] == ["Force", "'=1+1"]
    assert ["Together", "hidden"] in [line[:2] for line in lines]


@db
def test_parts_of_a_force_add_up_to_the_whole(monkeypatch):
    unit = make_unit()
    for category, level in ((1, 1), (1, 2), (2, 1), (1, 1), (1, 1)):
        make_breach(make_person(unit, category, level), "convicted")
    whole = ask(unit.organisation)
    monkeypatch.setattr("governance.reports.figures.AT_ONCE", 2)
    assert frozen(ask(unit.organisation).values()) == frozen(whole.values())
    assert numbers(whole["community"]) == {("1", "1"): 3, ("1", "2"): 1, ("2", "1"): 1}
    assert numbers(whole["notification"]) == {("convicted", "1"): 4, ("convicted", "2"): 1}


# ---- Closing


@db
def test_a_closed_year_stays_and_later_changes_are_adjustments():
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)
    kept, moved, gone = make_person(unit), make_person(unit), make_person(unit)
    closed = close_year(actor=coordinator, year=YEAR)
    assert (closed.as_at, closed.closed_by, is_whole(closed)) == (LAST, coordinator, True)
    assert thawed(closed.tables)[0].number("1", "1") == 3
    assert changes_since(closed, later()) == []
    MappaPeriod.objects.filter(nominal=moved).update(level=3)
    late = make_person(unit, 2, 1)
    take_away(gone)
    closed.refresh_from_db()
    assert thawed(closed.tables)[0].number("1", "1") == 3
    changes = {(each.table.code, each.row, each.column): each for each in changes_since(closed, later())}
    assert {key: (each.before, each.after) for key, each in changes.items() if key[0] == "community"} == {
        ("community", dict(CATEGORIES)["1"], "Level 1"): (3, 2),
        ("community", dict(CATEGORIES)["1"], "Level 3"): (0, 1),
        ("community", dict(CATEGORIES)["2"], "Level 1"): (0, 1),
    }
    change = changes[("community", dict(CATEGORIES)["1"], "Level 1")]
    assert ([entry.nominal for entry in change.went], change.came) == ([moved.pk], [])
    assert [entry.nominal for entry in changes[("community", dict(CATEGORIES)["2"], "Level 1")].came] == [late.pk]
    assert frozen(ask(unit.organisation, known=closed.known_at).values()) == closed.tables
    assert kept.pk in {entry.nominal for entry in thawed(closed.tables)[0].entries("total", "total")}
    event = Event.objects.get(subject_type="governance.closedyear")
    assert (event.detail["year"], event.detail["sha256"]) == (YEAR, closed.sha256)


@db
def test_a_year_is_closed_once_when_it_is_over_by_whoever_may():
    force = make_unit().organisation
    coordinator = make_coordinator(force)
    with pytest.raises(DomainError, match="can be closed from the day after"):
        close_year(actor=coordinator, year=year_of(TODAY))
    with pytest.raises(DomainError, match="can be closed from the day after"):
        close_year(actor=coordinator, year=YEAR, today=LAST)
    for role in (Role.SUPERVISOR, Role.AUDITOR, Role.INFORMATION_GOVERNANCE):
        with pytest.raises(NotPermitted):
            close_year(actor=make_user(role, organisation=force), year=YEAR)
    close_year(actor=coordinator, year=YEAR)
    with pytest.raises(DomainError, match="is closed"):
        close_year(actor=make_coordinator(force), year=YEAR)
    close_year(actor=make_coordinator(make_force()), year=YEAR)
    assert ClosedYear.objects.for_user(coordinator).count() == 1


@db
@pytest.mark.parametrize("role", ["vigil_app", "vigil_owner"])
@pytest.mark.parametrize("statement", ["UPDATE governance_closedyear SET year = 1", "DELETE FROM governance_closedyear"])
def test_nobody_changes_a_closed_year(role, statement):
    close_year(actor=make_coordinator(make_force()), year=YEAR)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"RESET ROLE; SET ROLE {role}; {statement}")
    assert ClosedYear.objects.get().year == YEAR


@db
def test_a_changed_number_breaks_the_seal():
    unit = make_unit()
    make_person(unit)
    closed = close_year(actor=make_coordinator(unit.organisation), year=YEAR)
    closed.tables[0]["cells"][0]["entries"].append([1, 1])
    assert not is_whole(closed)


@db
def test_the_moment_of_closing_is_after_everything_that_it_counts():
    unit = make_unit()
    make_person(unit)
    before = database_now()
    closed = close_year(actor=make_coordinator(unit.organisation), year=YEAR)
    assert closed.known_at >= before
    assert re.fullmatch("[0-9a-f]{64}", closed.sha256)
