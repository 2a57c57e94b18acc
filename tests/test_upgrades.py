"""No migration since a release holds people up, and the check sees those that would."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import connection, models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    Migration,
    RemoveField,
    RenameField,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from tests.upgrades import Release, all_wrong, releases, steps_since

pytestmark = pytest.mark.django_db
outside_transaction = pytest.mark.django_db(transaction=True)  # operations that work beside others refuse one
NONE = RunSQL.noop
INDEX = models.Index("name", name="planted_index")
CHECK = models.CheckConstraint(condition=models.Q(id__gt=0), name="planted_check")
NEW = CreateModel("Planted", [("id", models.BigAutoField(primary_key=True)), ("unit", models.ForeignKey("accounts.Unit", models.PROTECT))])


def step_of(*operations: Operation, atomic: bool = True) -> tuple[list[Migration], MigrationLoader]:
    """A migration of accounts after all others, and a loader that knows it."""
    loader = MigrationLoader(connection)
    (leaf,) = loader.graph.leaf_nodes("accounts")
    step = Migration("9999_planted", "accounts")
    step.operations, step.atomic, step.dependencies = list(operations), atomic, [leaf]
    loader.graph.add_node(("accounts", step.name), step)
    loader.graph.add_dependency(step, ("accounts", step.name), leaf)
    return [step], loader


def rules_met(*operations: Operation, atomic: bool = True) -> set[str]:
    """The rules that a migration of these operations breaks."""
    return {line.split(": ")[1] for line in all_wrong(*step_of(*operations, atomic=atomic))}


def nothing(*_: object) -> None:
    """Stand in for work on rows."""


def add(field: models.Field) -> Operation:
    return AddField("unit", "planted", field)


REFUSED: dict[str, tuple[Callable[[], Operation], set[str]]] = {
    "an index that stops writers": (lambda: AddIndex("unit", INDEX), {"require-concurrent-index-creation"}),
    "a column without default that the old version leaves out": (lambda: add(models.TextField(default="x")), {"ban-drop-default"}),
    "a key that is looked through": (
        lambda: add(models.ForeignKey("accounts.Unit", models.PROTECT, null=True)),
        {"adding-foreign-key-constraint", "require-concurrent-index-creation"},
    ),
    "a rule that is looked through": (lambda: AddConstraint("unit", CHECK), {"constraint-missing-not-valid"}),
    "another type": (lambda: AlterField("unit", "name", models.IntegerField()), {"changing-column-type"}),
    "a column less": (lambda: RemoveField("unit", "name"), {"ban-drop-column"}),
    "another name": (lambda: RenameField("unit", "name", "title"), {"renaming-column"}),
    "a volatile default": (
        lambda: RunSQL("ALTER TABLE accounts_unit ADD COLUMN planted uuid DEFAULT gen_random_uuid() NOT NULL", NONE),
        {"adding-field-with-default"},
    ),
    "many rows by SQL": (lambda: RunSQL("UPDATE accounts_unit SET name = lower(name)", NONE), {"many-rows-in-one-statement"}),
    "many rows by Python": (lambda: RunPython(nothing, nothing), {"rows-by-python-in-one-transaction"}),
    "no way back": (lambda: RunSQL("SELECT 1"), {"no-way-back"}),
    "many rows within another operation": (
        lambda: SeparateDatabaseAndState([RunPython(nothing, nothing)]),
        {"rows-by-python-in-one-transaction"},
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_what_would_hold_people_up_is_named(case: tuple[Callable[[], Operation], set[str]]) -> None:
    make, rules = case
    assert rules_met(make()) == rules


SOUND: dict[str, tuple[list[Operation], bool]] = {
    "a column that may be empty": ([add(models.TextField(null=True))], True),
    "a column whose default stays": ([add(models.TextField(db_default="x"))], True),
    "a new table with its key": ([NEW], True),
    "an index beside the writers": ([AddIndexConcurrently("unit", INDEX)], False),
    "a rule for new rows": ([AddConstraintNotValid("unit", CHECK)], True),
    "rows in several transactions": ([RunPython(nothing, nothing)], False),
}


@outside_transaction
@pytest.mark.parametrize("case", SOUND.values(), ids=list(SOUND))
def test_what_holds_nobody_up_passes(case: tuple[list[Operation], bool]) -> None:
    operations, atomic = case
    assert rules_met(*operations, atomic=atomic) == set()


def test_rule_is_looked_through_in_a_step_of_its_own() -> None:
    state = SeparateDatabaseAndState(state_operations=[AddConstraint("unit", CHECK)])

    assert rules_met(state, ValidateConstraint("unit", CHECK.name)) == set()
    assert rules_met(AddConstraintNotValid("unit", CHECK), ValidateConstraint("unit", CHECK.name)) == {"constraint-missing-not-valid"}


def test_step_without_a_transaction_limits_its_waiting_itself() -> None:
    change = "ALTER TABLE accounts_unit ADD COLUMN planted text"

    assert rules_met(RunSQL(change, NONE), atomic=False) == {"require-lock-timeout"}
    assert rules_met(RunSQL(f"SET lock_timeout = '2s'; {change}", NONE), atomic=False) == set()


def test_steps_since_a_release_are_those_it_lacks() -> None:
    *_, newest = releases()
    older = Release("0", newest.commit, newest.migrations | {"audit": ["0008_statistics"]})

    assert "audit.0009_months" in {str(step) for step in steps_since(older)}
    assert "audit.0008_statistics" not in {str(step) for step in steps_since(older)}


@outside_transaction
def test_every_migration_since_the_last_release_lets_people_work() -> None:
    *_, newest = releases()
    assert list(all_wrong(steps_since(newest))) == []
