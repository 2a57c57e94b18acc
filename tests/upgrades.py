"""What an upgrade may do to a database in use: the migrations since the last release, each with what would hold people up.

`python -m tests.upgrades VERSION` writes a release down in config/releases.json: its commit, and where the migrations of each app ended.
"""
from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
import sqlparse
from django.db import connection
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from config.distribution import git

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "config" / "releases.json"
SQUAWK = [str(Path(sys.executable).parent / "squawk"), "--pg-version=18", "--reporter=json"]

# What may stay all the same, as (app.migration, rule), with the reason: mostly a table that is small in every force.
ACCEPTED = {
    ("disclosure.0012_welsh_words", "rows-by-python-in-one-transaction"): "some dozen grounds and standard words, which few change",
}

# A matter of taste, or done by `manage.py migrate`.
NOT_OURS = re.compile(r"prefer-|require-statement-timeout$|require-timeout-settings$")
NO_LIMIT = "require-lock-timeout"
BESIDE_OTHERS = "SHARE UPDATE EXCLUSIVE"  # a lock that reads and writes pass by
# Squawk looks at changes of tables; these take rows, or a whole table, for as long as the transaction lasts.
MANY_ROWS = re.compile(r"(UPDATE|DELETE|MERGE|WITH|DO|LOCK|CLUSTER|VACUUM|REFRESH|TRUNCATE|INSERT\b.*\bSELECT)\b", re.IGNORECASE)
TARGET = re.compile(r'\b(?:TABLE|ON|UPDATE|FROM|INTO)\s+(?:ONLY\s+|IF EXISTS\s+)*"?(\w+)', re.IGNORECASE)
BORN = re.compile(r'CREATE TABLE\s+(?:IF NOT EXISTS\s+)?"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Release:
    """A version that forces run: where it stands in the history, and the last migration of each app."""

    version: str
    commit: str
    migrations: dict[str, list[str]]


def releases() -> list[Release]:
    """Every release, the first one first."""
    return [Release(**each) for each in json.loads(RELEASES.read_text(encoding="utf-8"))]


def write_down(version: str) -> None:
    """Write the present commit down as a release; one of the same version is replaced."""
    leaves: dict[str, list[str]] = {}
    for app, name in MigrationLoader(None).graph.leaf_nodes():
        leaves.setdefault(app, []).append(name)
    kept = [each for each in releases() if each.version != version]
    kept.append(Release(version, git(ROOT, "rev-parse", "HEAD"), dict(sorted(leaves.items()))))
    RELEASES.write_text(json.dumps([asdict(each) for each in kept], indent=1) + "\n", encoding="utf-8")


def steps_since(release: Release) -> list[Migration]:
    """Every migration, other people's too, that a database of that release still lacks, in order."""
    graph = MigrationLoader(None).graph
    there = {step for app, names in release.migrations.items() for name in names for step in graph.forwards_plan((app, name))}
    plan = {step: None for leaf in graph.leaf_nodes() for step in graph.forwards_plan(leaf) if step not in there}
    return [graph.nodes[step] for step in plan]


def all_wrong(steps: Iterable[Migration], loader: MigrationLoader | None = None) -> Iterator[str]:
    """Name whatever in these steps would hold people up, or take away what the version before still uses."""
    born: set[str] = set()
    for step in steps:
        statements = [one_line(each) for each in said_by(step, loader or MigrationLoader(connection, replace_migrations=False))]
        born.update(name for each in statements for name in BORN.findall(each))
        for rule, statement in [*found_by_squawk(step, statements), *found_by_us(step, statements)]:
            target = TARGET.search(statement)
            if not (target and target[1] in born) and (str(step), rule) not in ACCEPTED:
                yield f"{step}: {rule}: {statement}"


def said_by(step: Migration, loader: MigrationLoader) -> list[str]:
    """The statements of a step, one by one, with its transaction around them."""
    collected = [each for each in loader.collect_sql([(step, False)]) if not each.startswith("--")]
    said = [statement for each in collected for statement in sqlparse.split(each)]
    return ["BEGIN;", *said, "COMMIT;"] if step.atomic else said


def one_line(statement: str) -> str:
    """A statement without comments on one line, so that the line that Squawk names is the statement."""
    return " ".join(sqlparse.format(statement, strip_comments=True).split())


def found_by_squawk(step: Migration, statements: list[str]) -> Iterator[tuple[str, str]]:
    """What Squawk knows of PostgreSQL's locks, as (rule, statement)."""
    asked = subprocess.run(SQUAWK, input="\n".join(statements), stdout=subprocess.PIPE, check=False, text=True)
    for found in json.loads(asked.stdout):
        waits_shortly = found["rule_name"] == NO_LIMIT and (step.atomic or BESIDE_OTHERS in found["help"])
        if not waits_shortly and not NOT_OURS.match(found["rule_name"]):
            yield found["rule_name"], statements[found["line"]]


def found_by_us(step: Migration, statements: list[str]) -> Iterator[tuple[str, str]]:
    """Rows that one transaction changes, by Python or by SQL; what cannot be taken back."""
    yield from (("no-way-back", each.describe()) for each in flat(step.operations) if not each.reversible)
    if step.atomic and any(isinstance(each, RunPython) for each in flat(step.operations)):
        yield "rows-by-python-in-one-transaction", "RunPython"
    for statement in statements:
        if MANY_ROWS.match(statement):
            yield "many-rows-in-one-statement", statement


def flat(operations: Iterable[Any]) -> Iterator[Operation]:
    """Operations with what some of them hold."""
    for each in operations:
        yield from flat(each.database_operations) if isinstance(each, SeparateDatabaseAndState) else [each]


if __name__ == "__main__":
    django.setup()
    write_down(sys.argv[1])
