"""The ledger: what it says of a moment stays, and a second opinion that looks at every version by itself says the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Unit
from governance.choices.figures import Source
from governance.migrations._figures_sql import SOURCES
from governance.models import Fact
from governance.reports.ledger import LEDGER, known_of, people_of, present_moment, settled_moment
from governance.rules.figures import Table
from governance.rules.ledger import LONDON
from offenders.models import MappaPeriod, Nominal, RegistrationPeriod
from tests.factories import make_nominal, make_unit
from tests.governance.making_disposals import take_away
from tests.governance.making_figures import LAST, TODAY, ask, database_now, hold, make_person, register, write_facts

pytestmark = pytest.mark.django_db
START = datetime(2024, 1, 1, 12, tzinfo=LONDON)
DAYS = 60


# ---- The second opinion: for each question, walk through all facts in the order in which they were written.


def opinion_of_people(facts: list[Fact], force: int, on: date, moment: datetime) -> dict[int, tuple[bool, bool]]:
    """Return the force's records on a day: whether each was merged, and whether it was disposed of by then."""
    found = {}
    for nominal in {fact.row for fact in facts if fact.source == Source.NOMINAL}:
        told = [fact for fact in facts if fact.source == Source.NOMINAL and fact.row == nominal and fact.recorded_at <= moment]
        living = [fact for fact in told if not fact.is_removed]
        if not living:
            continue
        by_then = [fact for fact in living if fact.recorded_at.astimezone(LONDON).date() <= on]
        holder = by_then[-1] if by_then else living[0]
        gone = [fact for fact in told if fact.is_removed and fact.recorded_at.astimezone(LONDON).date() <= on]
        if holder.force == force:
            found[nominal] = (living[-1].values["merged_into_id"] is not None, bool(gone))
    return found


def opinion_of_rows(facts: list[Fact], records: set[int], moment: datetime, holding: date | None) -> dict[int, int]:
    """Return the custody rows of these records, each with its record."""
    standing: dict[int, tuple[int, dict[str, Any]]] = {}
    disposals = {(fact.row, fact.began_at) for fact in facts if fact.source == Source.NOMINAL and fact.is_removed}
    for fact in facts:
        if fact.source != Source.CUSTODY or fact.recorded_at > moment:
            continue
        if not fact.is_removed:
            standing[fact.row] = (fact.nominal, fact.values)
        elif (fact.nominal, fact.began_at) not in disposals:
            standing.pop(fact.row, None)
    rows = {}
    for row, (nominal, values) in standing.items():
        first, last = values["period"][1:-1].split(",")
        if nominal in records and (holding is None or (first <= str(holding) and (not last or str(holding) < last))):
            rows[row] = nominal
    return rows


class Invented:
    """Facts as triggers would have written them over some weeks: rows change, move, are removed; records go with all of theirs."""

    def __init__(self, random: Random) -> None:
        self.random, self.at, self.facts = random, START, []
        self.records: dict[int, dict[str, Any]] = {key: {"force": 1, "merged": None} for key in range(1, 6)}
        self.rows: dict[int, tuple[int, dict[str, Any]]] = {}
        for key in self.records:
            self.add_record(key)
        for _ in range(60):
            self.at += timedelta(hours=random.randint(1, 30))
            key = random.choice(sorted(self.records))
            mine = sorted(row for row, (nominal, _) in self.rows.items() if nominal == key)
            acts = [self.change, self.change, self.move, self.remove, self.force, self.merge, self.dispose, self.enter, self.enter]
            (random.choice(acts) if mine else self.enter)(key, mine[0] if mine else 0)

    def add(self, source: Source, row: int, nominal: int, values: dict[str, Any], force: int | None = None, *, removed: bool) -> None:
        """One version."""
        kept = {} if removed else values
        times = {"recorded_at": self.at, "began_at": self.at}
        self.facts.append(Fact(source=source, row=row, nominal=nominal, force=force, is_removed=removed, values=kept, **times))

    def add_record(self, key: int, *, removed: bool = False) -> None:
        """A version of a record."""
        held = self.records[key]
        values = {"force_id": held["force"], "merged_into_id": held["merged"]}
        self.add(Source.NOMINAL, key, key, values, held["force"], removed=removed)

    def put(self, row: int, nominal: int, values: dict[str, Any]) -> None:
        """A version of a row."""
        self.rows[row] = (nominal, values)
        self.add(Source.CUSTODY, row, nominal, values, removed=False)

    def period(self) -> dict[str, Any]:
        """Some days, perhaps without end."""
        start = START.date() + timedelta(days=self.random.randint(-10, DAYS))
        end = "" if self.random.random() < 0.4 else str(start + timedelta(days=self.random.randint(1, 20)))
        return {"period": f"[{start},{end})"}

    def enter(self, key: int, _row: int) -> None:
        """Somebody enters another row."""
        self.put(len(self.facts) + 1000, key, self.period())

    def change(self, key: int, row: int) -> None:
        """Somebody corrects one."""
        self.put(row, key, self.period())

    def move(self, _key: int, row: int) -> None:
        """It goes to another record."""
        self.put(row, self.random.choice(sorted(self.records)), self.rows[row][1])

    def remove(self, key: int, row: int) -> None:
        """It was a mistake."""
        self.add(Source.CUSTODY, row, *self.rows.pop(row), removed=True)

    def force(self, key: int, _row: int) -> None:
        """The record goes to another force, or comes back."""
        self.records[key]["force"] = self.random.choice([1, 2])
        self.add_record(key)

    def merge(self, key: int, _row: int) -> None:
        """It is merged, or apart again."""
        self.records[key]["merged"] = self.random.choice([None, 99])
        self.add_record(key)

    def dispose(self, key: int, row: int) -> None:
        """It goes with everything about it."""
        if len(self.records) > 2:
            for mine in sorted(each for each, (nominal, _) in self.rows.items() if nominal == key):
                self.remove(key, mine)
            self.add_record(key, removed=True)
            del self.records[key]


@pytest.mark.parametrize("seed", range(12))
def test_the_ledger_and_a_second_opinion_agree(seed):
    random = Random(seed)
    facts = Invented(random).facts
    write_facts(facts)
    moments = [START - timedelta(days=1), *(fact.recorded_at for fact in random.sample(facts, 8)), START + timedelta(days=400)]
    for moment in moments:
        for on in [START.date() + timedelta(days=random.randint(-5, DAYS)) for _ in range(3)]:
            people = people_of(1, on, moment)
            assert {key: (each.is_merged, each.is_disposed) for key, each in people.items()} == opinion_of_people(facts, 1, on, moment)
            for holding in (None, on):
                rows = known_of(people, Source.CUSTODY, moment, holding=holding)
                assert {each.row: each.nominal for each in rows} == opinion_of_rows(facts, set(people), moment, holding)


# ---- The triggers


def numbers_of(tables: dict[str, Table]) -> dict[str, Any]:
    """Return what every table counts."""
    return {code: table.cells for code, table in tables.items()}


def disturb(random: Random, people: list[Nominal], other: Unit) -> None:
    """Do one thing that changes figures."""
    nominal, start = random.choice(people), TODAY - timedelta(days=random.randint(0, 900))
    records, another = Nominal.objects.filter(pk=nominal.pk), random.choice([one for one in people if one != nominal])

    def dispose() -> None:
        if len(people) > 3:
            Nominal.objects.filter(merged_into=nominal).update(merged_into=None)
            take_away(records.get())
            people.remove(nominal)

    acts = (
        lambda: nominal.registration_periods.exists() or register(nominal, start),
        lambda: nominal.custodies.exists() or hold(nominal, start),
        lambda: nominal.custodies.update(period=DateRange(date(2001, 1, 1), start)),
        lambda: nominal.mappa_periods.update(level=random.choice([1, 2, 3])),
        lambda: nominal.registration_periods.all().delete(),
        lambda: records.update(merged_into=another),
        lambda: records.update(merged_into=None),
        lambda: records.update(unit=other, force=other.organisation),
        dispose,
    )
    random.choice(acts)()


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_stays_whatever_is_done_later(seed):
    """Random work on real tables: what was answered at each step is answered again at the end."""
    random, unit, other = Random(seed), make_unit(), make_unit()
    people = [make_person(unit, random.choice([1, 1, 2, 3]), random.choice([1, 2, 3])) for _ in range(6)]
    answers = []
    for _ in range(30):
        disturb(random, people, other)
        moment, force = database_now(), random.choice([unit, other]).organisation
        as_at = TODAY - timedelta(days=random.randint(0, 700))
        answers.append((force, as_at, moment, numbers_of(ask(force, as_at=as_at, known=moment))))
    assert len({str(answer) for *_, answer in answers}) > 5
    for force, as_at, moment, answer in answers:
        assert numbers_of(ask(force, as_at=as_at, known=moment)) == answer


def test_a_disposal_ends_a_record_and_corrects_nothing():
    unit = make_unit()
    kept, gone = make_person(unit), make_person(unit)
    hold(gone, LAST + timedelta(days=1))
    RegistrationPeriod.objects.create(nominal=gone, period=DateRange(date(2016, 1, 1), None), basis="x")
    key = gone.pk
    take_away(gone)
    tables = ask(unit.organisation)
    assert {entry.nominal for entry in tables["community"].entries("total", "total")} == {kept.pk, key}
    assert [entry.nominal for entry in tables["registered"].entries("yes", "1")] == [key]
    assert {each.nominal for each in ask(unit.organisation, as_at=TODAY)["community"].entries("total", "total")} == {kept.pk}


def test_a_row_that_is_removed_by_itself_was_a_mistake():
    unit = make_unit()
    nominal = make_person(unit)
    before = database_now()
    MappaPeriod.objects.filter(nominal=nominal).delete()
    assert ask(unit.organisation)["community"].number("total", "total") == 0
    assert ask(unit.organisation, known=before)["community"].number("total", "total") == 1


def test_only_what_figures_use_is_kept_and_only_when_it_changes():
    nominal = make_nominal()
    facts = Fact.objects.filter(nominal=nominal.pk)
    assert {(fact.source, tuple(sorted(fact.values))) for fact in facts} == {
        ("nominal", ("force_id", "merged_into_id", "registration")), ("mappa", ("category", "level", "period")),
    }  # fmt: skip
    count = facts.all().count()
    nominal.version += 1
    nominal.save()
    MappaPeriod.objects.filter(nominal=nominal).update(reason="Other words")
    assert facts.all().count() == count == 2
    MappaPeriod.objects.filter(nominal=nominal).update(level=2)
    assert facts.all().count() == count + 1


def test_no_column_with_words_is_kept():
    kept = {name for *_, names in SOURCES.values() for name in names}
    codes = {"registration", "category", "level", "kind", "state", "of", "rule_code"}
    keys = {"force_id", "merged_into_id", "order_id", "breach_id"}
    days = {
        "period",
        "charged_on",
        "withdrawn_on",
        "returned_at",
        "withdrawn_at",
        "decided_on",
        "appeal_decided_on",
        "made_on",
        "discovered_on",
        "on",
        "late_from",
    }
    assert kept == codes | keys | days | {"closed_at"}
    assert set(SOURCES) == set(Source.values)


INSERT = "INSERT INTO governance_fact (source, row, recorded_at, began_at, is_removed) VALUES ('nominal', 1, now(), now(), false)"
CHANGES = ("UPDATE governance_fact SET force = 1", "DELETE FROM governance_fact", "TRUNCATE governance_fact")


@pytest.mark.parametrize(("role", "statement"), [("vigil_app", INSERT), *product(("vigil_app", "vigil_owner"), CHANGES)])
def test_nobody_changes_the_ledger_by_hand(role, statement):
    make_nominal()
    count = Fact.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"RESET ROLE; SET ROLE {role}; {statement}")
    assert Fact.objects.count() == count > 0


@pytest.mark.django_db(transaction=True)
def test_a_settled_moment_waits_for_whoever_is_writing():
    """While another connection holds facts that it has not committed, no moment is settled."""
    assert present_moment()[1]
    assert abs(settled_moment() - database_now()) < timedelta(minutes=1)
    other = connection.copy()
    try:
        other.ensure_connection()
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LEDGER])
            assert not present_moment()[1]
            cursor.execute("COMMIT")
    finally:
        other.close()
    assert present_moment()[1]


def test_whoever_writes_a_fact_shares_the_lock():
    make_nominal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND pid = pg_backend_pid()", [LEDGER])
        assert cursor.fetchall() == [("ShareLock",)]
