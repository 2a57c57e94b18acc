"""Imports and MAPPA levels: nobody moves down from level 2 or 3 but by a meeting; what a missing first day means is said."""
from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from audit.choices import Verb
from audit.models import Event
from offenders.imports.planning import HELD_BACK
from offenders.models import Import, Nominal
from offenders.services import imports as services
from offenders.services.imports import run_import, store_import
from tests.factories import make_nominal, make_user
from tests.offenders.test_import_storing import bring_in, csv_of, full_row, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return make_user(Role.SUPERVISOR, username="boss")


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests run the work themselves."""
    monkeypatch.setattr(services, "run_later", lambda import_id: None)


def person_at(level: int, supervisor: User, **values: Any) -> Nominal:
    """A person at this level since 2025."""
    nominal = make_nominal(offender_manager=supervisor, local_reference="F-1", **values)
    nominal.mappa_periods.update(level=level, period="[2025-02-01,)")
    return nominal


def standings(nominal: Nominal) -> list[tuple[int | None, date, date | None]]:
    """The levels on record with their days, oldest first."""
    rows = nominal.mappa_periods.order_by("period")
    return [(row.level, row.period.lower, row.period.upper) for row in rows]


def test_held_line_counts_from_the_day_of_storing_or_any_other(supervisor: User) -> None:
    nominal = person_at(3, supervisor)
    mappa = {"mappa_category": "1", "mappa_level": "2"}

    imports = [
        bring_in(supervisor, csv_of({"local_reference": "F-1", "hair": hair} | mappa | given))
        for hair, given in (("Grey", {}), ("Brown", {"mappa_from": "2026-01-10"}), ("Black", {"mappa_from": "2024-01-10"}))
    ]

    held = [{"line": 2, "column": "mappa_level", "reason": HELD_BACK}]
    assert [(outcome(each), each.held, each.held_count) for each in imports] == [(("done", 0, 1, 0), held, 1)] * 3
    assert standings(nominal) == [(3, date(2025, 2, 1), None)]
    nominal.refresh_from_db()
    assert nominal.description.hair == "Black"
    assert [event.detail["held"] for event in Event.objects.filter(verb=Verb.IMPORTED)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("before", "after", "is_held"), [(2, 1, True), (3, 1, True), (3, 2, True), (1, 1, False), (1, 3, False), (2, 3, False)]
)
def test_only_moving_down_from_two_or_three_is_held_back(supervisor: User, before: int, after: int, is_held: bool) -> None:
    nominal = person_at(before, supervisor)

    imported = bring_in(supervisor, csv_of({"local_reference": "F-1", "mappa_category": "1", "mappa_level": str(after)}))

    assert (imported.held_count, standings(nominal)[-1][0]) == ((1, before) if is_held else (0, after))


def test_line_that_says_what_an_earlier_period_says_is_not_held_back(supervisor: User) -> None:
    nominal = person_at(1, supervisor)
    later = {"local_reference": "F-1", "mappa_category": "1", "mappa_level": "2", "mappa_from": "2026-01-10"}
    bring_in(supervisor, csv_of(later))

    imported = bring_in(supervisor, csv_of(later | {"mappa_level": "1", "mappa_from": "2025-02-01"}))

    assert (outcome(imported), imported.held) == (("done", 0, 0, 1), [])
    assert standings(nominal) == [(1, date(2025, 2, 1), date(2026, 1, 10)), (2, date(2026, 1, 10), None)]


def test_level_raised_between_check_and_storing_is_held_back_then(supervisor: User) -> None:
    nominal = person_at(1, supervisor)
    checked = bring_in(supervisor, csv_of({"local_reference": "F-1", "mappa_category": "2", "mappa_level": "1"}), dry=True)
    nominal.mappa_periods.update(level=2)

    store_import(actor=supervisor, imported=checked)
    run_import(import_id=checked.pk)

    checked.refresh_from_db()
    assert (outcome(checked), checked.held_count) == (("done", 0, 0, 1), 1)
    assert [level for level, _, _ in standings(nominal)] == [2]


def test_refused_file_speaks_of_nothing_held_back(supervisor: User) -> None:
    person_at(3, supervisor)
    lower = {"local_reference": "F-1", "mappa_category": "1", "mappa_level": "1"}

    imported = bring_in(supervisor, csv_of(lower, full_row(local_reference="F-2", sex="x", mappa_from="")))

    assert (imported.state, imported.held, imported.held_count) == ("refused", [], 0)
    assert (imported.undated_risk_count, imported.undated_mappa_count) == (0, 0)


def test_check_says_what_a_missing_first_day_means(supervisor: User) -> None:
    person_at(1, supervisor)
    rows = (
        {"local_reference": "F-1", "risk_level": "low", "mappa_category": "1", "mappa_level": "2"},
        full_row(local_reference="F-2", risk_from=""),
        full_row(local_reference="F-3"),
    )

    imported = bring_in(supervisor, csv_of(*rows), dry=True)

    assert (imported.undated_risk_count, imported.undated_mappa_count) == (2, 1)
    page = page_of(imported, supervisor)
    assert "2 records have a new risk and no <code>risk_from</code>. It will hold from the day on which you store it" in page
    assert "1 record has a new MAPPA category or level and no <code>mappa_from</code>." in page
    store_import(actor=supervisor, imported=imported)
    run_import(import_id=imported.pk)
    today = localdate()
    assert standings(Nominal.objects.get(local_reference="F-1"))[-1] == (2, today, None)
    assert Nominal.objects.get(local_reference="F-2").risk_periods.get().period.lower == today
    assert today - timedelta(days=1) > date(2025, 2, 1)


def page_of(imported: Import, user: User) -> str:
    """What the page of an import says to this person."""
    client = Client()
    client.force_login(user)
    return client.get(reverse("offenders:import", args=[imported.public_id])).text


def test_pages_list_what_is_left_out_before_and_after(supervisor: User) -> None:
    person_at(2, supervisor)
    row = {"local_reference": "F-1", "hair": "Grey", "mappa_category": "1", "mappa_level": "1"}

    checked = bring_in(supervisor, csv_of(row), dry=True)
    before = page_of(checked, supervisor)
    store_import(actor=supervisor, imported=checked)
    run_import(import_id=checked.pk)
    after = page_of(checked, supervisor)

    reason = HELD_BACK.replace("'", "&#x27;")
    assert ("What will be left out (1)" in before, reason in before, "Store this record" in before) == (True, True, True)
    assert ("What was left out (1)" in after, reason in after, "The records are stored" in after) == (True, True, True)


def test_file_with_nothing_but_a_held_line_has_nothing_to_store(supervisor: User) -> None:
    person_at(2, supervisor)

    checked = bring_in(supervisor, csv_of({"local_reference": "F-1", "mappa_category": "1", "mappa_level": "1"}), dry=True)

    page = page_of(checked, supervisor)
    said = ("or is left out", "What is left out (1)", "All that the file says is on record already")
    assert [words in page for words in said] == [True, True, False]


def test_command_prints_what_is_held_back(supervisor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person_at(2, supervisor)
    path = tmp_path / "people.csv"
    path.write_text(csv_of({"local_reference": "F-1", "mappa_category": "1", "mappa_level": "1"}))

    call_command("import_nominals", str(path), force=supervisor.organisation.code, unit=supervisor.unit.name)

    assert capsys.readouterr().out.splitlines()[-2:] == [f"Line 2: {HELD_BACK}.", "Stored: 0 new, 0 changed, 1 unchanged."]
