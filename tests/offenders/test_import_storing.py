"""Storing files of nominals: whole or not at all, again without doubling, changes with their history."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from audit.choices import Verb
from audit.models import Event
from offenders.choices import NameKind, Registration, RiskLevel
from offenders.imports.planning import NOT_YOURS
from offenders.models import (
    Condition,
    DateOfBirth,
    Description,
    Identifier,
    Import,
    MappaPeriod,
    Name,
    Nominal,
    OperationalFacts,
    RiskPeriod,
    WarningMarker,
)
from offenders.services import imports as services
from offenders.services.imports import resume_imports, run_import, start_import, store_import
from tests.factories import make_exclusion, make_force, make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db

STORED: tuple[type[Model], ...] = (
    Nominal,
    Name,
    DateOfBirth,
    Identifier,
    Description,
    OperationalFacts,
    RiskPeriod,
    MappaPeriod,
    WarningMarker,
    Condition,
)


@pytest.fixture
def supervisor() -> User:
    return make_user(Role.SUPERVISOR, username="boss")


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests run the work themselves."""
    monkeypatch.setattr(services, "run_later", lambda import_id: None)


def bring_in(actor: User | None, content: str, *, name: str = "force.csv", dry: bool = False, **values: Any) -> Import:
    """Hand a file in and have it run."""
    unit = values.get("unit") or (actor.unit if actor else None)
    handed_in = start_import(actor=actor, file=ContentFile(content.encode(), name=name), unit=unit, is_dry_run=dry)
    run_import(import_id=handed_in.pk)
    handed_in.refresh_from_db()
    return handed_in


def csv_of(*rows: dict[str, str]) -> str:
    """Write rows as a file; the columns of all."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(columns), *(",".join(f'"{row.get(name, "")}"' for name in columns) for row in rows)])


def full_row(**values: str) -> dict[str, str]:
    """A row with something in every kind of column."""
    row = {
        "local_reference": "F-1", "registration": "registered", "surname": "Sample", "given_names": "Arthur", "offender_manager": "boss",
        "aliases": "Archer; Sampson, Arthur", "birth": "1971-03-14", "prison": "a1234bc", "phones": "07700 900417;07700 900418",
        "vehicles": "ab12 cde", "sex": "male", "height_cm": "178", "hair": "Grey", "mappa_category": "1", "mappa_level": "2",
        "mappa_from": "2025-02-01", "risk_level": "very high", "at_risk": "children", "risk_from": "2025-02-01",
        "on_encounter": "Double-crew.|Safeguard first.", "modus_operandi": "Offers coaching.", "warnings": "lone_officers;violent",
        "licence_conditions": "Curfew 9pm to 7am;No contact, under 18", "on_licence_until": "2099-01-01",
    }  # fmt: skip
    return row | values


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    return {model.__name__: model._default_manager.count() for model in STORED}


def outcome(imported: Import) -> tuple[str, int, int, int]:
    """What became of an import."""
    return imported.state, imported.created_count, imported.updated_count, imported.unchanged_count


def test_full_record_is_stored_with_every_part(supervisor: User) -> None:
    imported = bring_in(supervisor, csv_of(full_row()))

    nominal = Nominal.objects.get(local_reference="F-1")
    assert outcome(imported) == ("done", 1, 0, 0)
    assert (nominal.force, nominal.unit, nominal.offender_manager, nominal.registration) == (
        supervisor.organisation, supervisor.unit, supervisor, Registration.REGISTERED,
    )  # fmt: skip
    assert nominal.reference.startswith("V-")
    assert set(nominal.names.values_list("kind", "given_names", "surname")) == {
        ("primary", "Arthur", "Sample"), ("alias", "", "Archer"), ("alias", "Arthur", "Sampson"),
    }  # fmt: skip
    assert set(nominal.identifiers.values_list("kind", "value")) == {
        ("prison", "A1234BC"), ("phone", "07700900417"), ("phone", "07700900418"), ("vehicle", "AB12CDE"),
    }  # fmt: skip
    assert list(nominal.dates_of_birth.values_list("year", "month", "day", "is_primary")) == [(1971, 3, 14, True)]
    assert nominal.facts.on_encounter == "Double-crew.\nSafeguard first."
    risk = nominal.risk_periods.get()
    assert (risk.level, risk.at_risk, risk.period.lower, risk.period.upper) == (RiskLevel.VERY_HIGH, ["children"], date(2025, 2, 1), None)
    mappa = nominal.mappa_periods.get()
    assert (mappa.category, mappa.level, mappa.set_by) == (1, 2, supervisor)
    assert set(nominal.warnings.values_list("kind", flat=True)) == {"lone_officers", "violent"}
    assert set(nominal.conditions.values_list("kind", "text")) == {("licence", "Curfew 9pm to 7am"), ("licence", "No contact, under 18")}
    assert all(name.tokens for name in nominal.names.all())


def test_database_knows_what_was_stored_at_once(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row()), dry=True)
    assert known_surnames() == 0

    bring_in(supervisor, csv_of(full_row()))
    assert known_surnames() == 1


def known_surnames() -> int:
    """How many columns of surnames the planner has statistics of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'offenders_name' AND attname = 'surname'")
        return int(cursor.fetchone()[0])


def test_import_leaves_one_event_a_record_and_one_for_the_whole(supervisor: User) -> None:
    imported = bring_in(supervisor, csv_of(full_row(), full_row(local_reference="F-2")))

    created = Event.objects.filter(verb=Verb.CREATED, subject_type="offenders.nominal")
    assert set(created.values_list("nominal", flat=True)) == set(Nominal.objects.values_list("pk", flat=True))
    assert set(created.values_list("actor", flat=True)) == {supervisor.pk}
    whole = Event.objects.get(verb=Verb.IMPORTED)
    assert (whole.subject_id, whole.detail["created"], whole.detail["sha256"]) == (imported.pk, 2, imported.sha256)


def test_same_file_again_changes_nothing(supervisor: User) -> None:
    content = csv_of(full_row(), full_row(local_reference="F-2", mappa_from="", risk_from=""))
    bring_in(supervisor, content)
    before, events = counts(), Event.objects.filter(verb=Verb.CHANGED).count()

    again = bring_in(supervisor, content)

    assert outcome(again) == ("done", 0, 0, 2)
    assert counts() == before
    assert Event.objects.filter(verb=Verb.CHANGED).count() == events


def test_changed_row_is_brought_up_to_date_and_history_stays(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row(), full_row(local_reference="F-2")))
    changes = {
        "surname": "Newman",
        "risk_level": "high",
        "risk_from": "2026-01-10",
        "modus_operandi": "Poses as a driver.",
        "aliases": "Ace",
    }

    imported = bring_in(supervisor, csv_of(full_row(**changes), full_row(local_reference="F-2")))

    nominal = Nominal.objects.get(local_reference="F-1")
    assert outcome(imported) == ("done", 0, 1, 1)
    assert set(nominal.names.values_list("kind", "surname")) == {
        ("primary", "Newman"), ("previous", "Sample"), ("alias", "Archer"), ("alias", "Sampson"), ("alias", "Ace"),
    }  # fmt: skip
    assert [(risk.level, risk.at_risk, risk.period.lower, risk.period.upper) for risk in nominal.risk_periods.order_by("pk")] == [
        (RiskLevel.VERY_HIGH, ["children"], date(2025, 2, 1), date(2026, 1, 10)),
        (RiskLevel.HIGH, ["children"], date(2026, 1, 10), None),
    ]
    assert nominal.mappa_periods.count() == 1
    assert (nominal.facts.modus_operandi, nominal.facts.version) == ("Poses as a driver.", 2)
    entry = LogEntry.objects.get_for_object(nominal.facts).get()
    assert entry.changes["modus_operandi"] == ["Offers coaching.", "Poses as a driver."]
    assert entry.actor == supervisor
    assert Event.objects.get(verb=Verb.CHANGED).nominal == nominal.pk


def test_empty_cell_and_missing_column_leave_what_is_there(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row()))
    before = counts()

    imported = bring_in(supervisor, csv_of({"local_reference": "F-1", "hair": "", "eyes": "Blue"}))

    looks = Description.objects.get()
    assert outcome(imported) == ("done", 0, 1, 0)
    assert (looks.hair, looks.eyes, counts()) == ("Grey", "Blue", before)


def test_warning_that_was_ended_by_hand_is_not_opened_again(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row()))
    WarningMarker.objects.filter(kind="violent").update(ended_on=date(2026, 1, 1))

    imported = bring_in(supervisor, csv_of(full_row()))

    assert outcome(imported) == ("done", 0, 0, 1)
    assert WarningMarker.objects.filter(ended_on=None).count() == 1


def test_older_statement_does_not_overwrite_a_later_one(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row()))
    bring_in(supervisor, csv_of(full_row(risk_level="high", risk_from="2026-01-10")))
    assert outcome(bring_in(supervisor, csv_of(full_row()))) == ("done", 0, 0, 1)

    imported = bring_in(supervisor, csv_of(full_row(risk_level="low", risk_from="2025-12-01")))

    assert imported.errors == [
        {"line": 2, "column": "risk_from", "reason": "Give a later day: the record says something else from 2026-01-10 on"}
    ]
    assert RiskPeriod.objects.filter(period__endswith=None).get().level == RiskLevel.HIGH


def test_mappa_gap_is_refused_before_the_database_does(supervisor: User) -> None:
    nominal = make_nominal(offender_manager=supervisor, local_reference="F-1")
    nominal.mappa_periods.update(period="[2025-01-01,2026-01-01)")

    imported = bring_in(
        supervisor, csv_of({"local_reference": "F-1", "mappa_category": "1", "mappa_level": "1", "mappa_from": "2026-02-01"})
    )

    assert imported.errors == [
        {"line": 2, "column": "mappa_from", "reason": "Give 2026-01-01, the day on which the last period on record ends"}
    ]


def test_one_bad_row_means_that_nothing_is_stored(supervisor: User) -> None:
    imported = bring_in(
        supervisor, csv_of(full_row(), full_row(local_reference="F-2", birth="1971-02-30"), full_row(local_reference="F-3"))
    )

    assert outcome(imported) == ("refused", 0, 0, 0)
    assert imported.errors == [{"line": 3, "column": "birth", "reason": "Date of birth must be a real date: February 1971 has 28 days"}]
    assert set(counts().values()) == {0}
    assert not imported.file


def test_new_record_needs_name_registration_and_manager(supervisor: User) -> None:
    imported = bring_in(supervisor, "local_reference,sex\nF-1,male\n")

    needed = ("surname", "registration", "offender_manager")
    assert imported.errors == [{"line": 2, "column": column, "reason": "Give it, because the record is new"} for column in needed]


def test_error_late_in_a_long_file_stores_nothing(supervisor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offenders.imports.planning.BATCH", 2)
    rows = [full_row(local_reference=f"F-{number}") for number in range(7)]

    imported = bring_in(supervisor, csv_of(*rows, full_row(local_reference="F-9", sex="x")))

    assert (imported.state, [(error["line"], error["column"]) for error in imported.errors]) == ("refused", [(9, "sex")])
    assert Nominal.objects.count() == 0


def test_database_refusal_while_storing_undoes_all(supervisor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offenders.imports.planning.BATCH", 2)
    real = services.store_plan

    def break_second(planned: list[Any]) -> None:
        real(planned)
        if Nominal.objects.count() > 2:
            Name.objects.create(nominal=Nominal.objects.first(), kind=NameKind.PRIMARY, surname="Twice")

    monkeypatch.setattr(services, "store_plan", break_second)
    imported = bring_in(supervisor, csv_of(*(full_row(local_reference=f"F-{number}") for number in range(5))))

    assert (imported.state, [error["line"] for error in imported.errors]) == ("refused", [0])
    assert set(counts().values()) == {0}


def test_dry_run_counts_and_stores_nothing_until_asked(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row()))
    before = counts()
    checked = bring_in(supervisor, csv_of(full_row(eyes="Blue"), full_row(local_reference="F-2")), dry=True)
    assert outcome(checked) == ("done", 1, 1, 0)
    assert counts() == before

    store_import(actor=supervisor, imported=checked)
    run_import(import_id=checked.pk)

    checked.refresh_from_db()
    assert (outcome(checked), checked.is_dry_run, bool(checked.file)) == (("done", 1, 1, 0), False, False)
    assert Nominal.objects.count() == 2


def test_storing_is_refused_to_others_and_a_second_time(supervisor: User) -> None:
    checked = bring_in(supervisor, csv_of(full_row()), dry=True)
    colleague = make_user(Role.SUPERVISOR, unit=supervisor.unit)
    with pytest.raises(DomainError, match="Only the person"):
        store_import(actor=colleague, imported=checked)
    with pytest.raises(NotPermitted):
        store_import(actor=make_user(Role.SUPERVISOR), imported=checked)

    store_import(actor=supervisor, imported=checked)

    with pytest.raises(DomainError, match="being stored"):
        store_import(actor=supervisor, imported=checked)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPERVISOR])
def test_other_roles_may_not_import(role: Role) -> None:
    actor = make_user(role)

    with pytest.raises(NotPermitted):
        start_import(actor=actor, file=ContentFile(b"x", name="a.csv"), unit=actor.unit or make_unit())


def test_only_the_own_unit_and_known_kinds_of_file_are_taken(supervisor: User, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1024**2
    cases: list[tuple[Any, Any, str]] = [
        (make_unit(organisation=supervisor.organisation), ContentFile(b"x", name="a.csv"), "own unit only"),
        (None, ContentFile(b"x", name="a.csv"), "no unit"),
        (supervisor.unit, ContentFile(b"x", name="a.xlsx"), r"\.csv or \.jsonl"),
        (supervisor.unit, ContentFile(b"", name="a.csv"), "empty"),
        (supervisor.unit, ContentFile(b"x" * (1024**2 + 1), name="a.csv"), "1 MB or smaller"),
    ]

    for unit, file, words in cases:
        with pytest.raises(DomainError, match=words):
            start_import(actor=supervisor, file=file, unit=unit)
    assert Import.objects.count() == 0


def test_records_of_others_cannot_be_changed_and_hidden_ones_look_like_visible_ones(supervisor: User) -> None:
    other_unit = make_unit(organisation=supervisor.organisation)
    make_nominal(unit=other_unit, local_reference="OPEN")
    make_nominal(unit=other_unit, local_reference="HIDDEN", is_restricted=True)
    excluded = make_nominal(offender_manager=supervisor, local_reference="EXCLUDED")
    make_exclusion(nominal=excluded, user=supervisor)
    own = make_nominal(offender_manager=supervisor, local_reference="OWN", is_restricted=True)
    before = counts()

    imported = bring_in(supervisor, csv_of(*({"local_reference": key, "eyes": "Blue"} for key in ("OWN", "OPEN", "HIDDEN", "EXCLUDED"))))

    assert imported.errors == [{"line": line, "column": "local_reference", "reason": NOT_YOURS} for line in (3, 4, 5)]
    assert counts() == before
    assert outcome(bring_in(supervisor, csv_of({"local_reference": "OWN", "eyes": "Blue"}))) == ("done", 0, 1, 0)
    assert Description.objects.get().nominal == own


def test_same_reference_of_another_force_is_another_person(supervisor: User) -> None:
    make_nominal(local_reference="F-1")

    assert outcome(bring_in(supervisor, csv_of(full_row()))) == ("done", 1, 0, 0)
    assert Nominal.objects.filter(local_reference="F-1").count() == 2


def test_manager_must_be_of_the_force_and_the_unit(supervisor: User) -> None:
    make_user(username="stranger")
    make_user(username="neighbour", organisation=supervisor.organisation, unit=make_unit(organisation=supervisor.organisation))
    make_user(username="gone", unit=supervisor.unit, is_active=False)
    make_user(Role.CONTROL_ROOM, username="operator", unit=supervisor.unit)
    managers = ("stranger", "gone", "operator", "neighbour")

    imported = bring_in(supervisor, csv_of(*(full_row(local_reference=name, offender_manager=name) for name in managers)))

    unknown = "Give the username of somebody of the force who can manage records and has not left"
    reasons = [unknown, unknown, unknown, f"Give an officer of {supervisor.unit.name}"]
    assert [(error["line"], error["column"], error["reason"]) for error in imported.errors] == [
        (line, "offender_manager", reason) for line, reason in enumerate(reasons, start=2)
    ]


def test_restriction_is_set_and_never_lifted(supervisor: User) -> None:
    bring_in(supervisor, csv_of(full_row(restricted="yes")))

    bring_in(supervisor, csv_of(full_row(restricted="no")))

    assert Nominal.objects.get().is_restricted


def test_operator_brings_records_into_several_units() -> None:
    force = make_force()
    units = [make_unit(organisation=force, name=name) for name in ("North", "South")]
    for unit in units:
        make_user(unit=unit, username=f"om_{unit.name}")
    rows = [full_row(local_reference=unit.name, unit=unit.name, offender_manager=f"om_{unit.name}") for unit in units]

    imported = bring_in(None, csv_of(*rows), unit=units[0])

    assert outcome(imported) == ("done", 2, 0, 0)
    assert set(Nominal.objects.values_list("local_reference", "unit__name")) == {("North", "North"), ("South", "South")}


def test_right_that_ended_meanwhile_stops_the_import(supervisor: User) -> None:
    handed_in = start_import(
        actor=supervisor, file=ContentFile(csv_of(full_row()).encode(), name="a.csv"), unit=supervisor.unit, is_dry_run=False
    )
    User.objects.filter(pk=supervisor.pk).update(is_active=False)

    run_import(import_id=handed_in.pk)

    handed_in.refresh_from_db()
    assert (handed_in.state, Nominal.objects.count()) == ("refused", 0)


def test_queries_do_not_grow_with_the_rows_of_a_batch(supervisor: User) -> None:
    def queries_for(prefix: str, number: int) -> int:
        content = csv_of(*(full_row(local_reference=f"{prefix}{each}") for each in range(number)))
        with CaptureQueriesContext(connection) as captured:
            bring_in(supervisor, content)
        return len(captured)

    queries_for("warm", 2)

    assert queries_for("few", 3) == queries_for("many", 60)


def test_sweep_carries_on_with_lost_work_and_removes_old_files(
    supervisor: User, monkeypatch: pytest.MonkeyPatch, days_later: Callable[[int], None]
) -> None:
    found: list[int] = []
    monkeypatch.setattr(services, "run_later", found.append)
    checked = bring_in(supervisor, csv_of(full_row()), dry=True)
    waiting = start_import(actor=supervisor, file=ContentFile(b"local_reference\nA\n", name="a.csv"), unit=supervisor.unit)
    Import.objects.filter(pk=waiting.pk).update(state=Import.State.STORING)
    found.clear()

    resume_imports()
    assert found == [waiting.pk]

    days_later(8)
    resume_imports()
    checked.refresh_from_db()
    waiting.refresh_from_db()
    assert (checked.state, bool(checked.file)) == ("done", False)
    assert (waiting.state, bool(waiting.file)) == ("refused", False)


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the services believe that days have passed."""
    return lambda days: monkeypatch.setattr(services, "now", lambda: now() + timedelta(days=days))


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_make_no_doubles() -> None:
    supervisor = make_user(Role.SUPERVISOR, username="boss")
    content = csv_of(*(full_row(local_reference=f"F-{number}") for number in range(40)))
    handed_in = [
        start_import(actor=supervisor, file=ContentFile(content.encode(), name="a.csv"), unit=supervisor.unit, is_dry_run=False)
        for _ in range(2)
    ]

    def work(pk: int) -> None:
        run_import(import_id=pk)
        connection.close()

    threads = [Thread(target=work, args=[imported.pk]) for imported in handed_in]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    outcomes = sorted(outcome(imported) for imported in Import.objects.all())
    assert outcomes == [("done", 0, 0, 40), ("done", 40, 0, 0)]
    assert Nominal.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_one_import_is_never_run_twice_at_once() -> None:
    supervisor = make_user(Role.SUPERVISOR, username="boss")
    handed_in = start_import(
        actor=supervisor, file=ContentFile(csv_of(full_row()).encode(), name="a.csv"), unit=supervisor.unit, is_dry_run=False
    )
    with services.alone(handed_in.pk) as is_alone:
        thread = Thread(target=lambda: (run_import(import_id=handed_in.pk), connection.close()))
        thread.start()
        thread.join()
        assert is_alone
        assert Nominal.objects.count() == 0

    run_import(import_id=handed_in.pk)

    assert Nominal.objects.count() == 1
