"""People at work, for the drill of the upgrade: a program of the version before that reads and writes every table, round after round.

Run with that version on PYTHONPATH, as its web server's role. It says `ready` after its first round, goes on until its standard input is
closed, and then prints how many statements it made, how long the longest took, which had to wait, and what failed.
"""
from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import perf_counter

import django

SIDE_BY_SIDE = 4
A_MOMENT = 1.0  # seconds after which it is said who had to wait


@dataclass
class Seen:
    """What a person met."""

    turns: int = 0
    longest: float = 0.0
    waited: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)

    def time(self, what: str, act: Callable[[], object]) -> None:
        """Do something and remember how long it took, or that it failed."""
        from django.db import Error, connection  # noqa: PLC0415 - settings are there by then

        begun = perf_counter()
        try:
            act()
        except Error as error:
            self.failed.add(f"{what}: {error}")
            connection.close()
        taken = perf_counter() - begun
        self.turns += 1
        self.longest = max(self.longest, taken)
        self.waited |= {what} if taken > A_MOMENT else set()


def read(model: type) -> None:
    """Read rows with every column that this version knows."""
    list(model._base_manager.all()[:2])


def write(table: str, may_change: bool) -> None:
    """Take the locks of a writer: the table's, and that of a row where the role may change rows."""
    from django.db import connection, transaction  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN ROW EXCLUSIVE MODE')
        if may_change:
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1 FOR NO KEY UPDATE')  # noqa: S608 - names of our own tables


def allowed(act: str) -> set[str]:
    """The tables in which the role may do something."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND has_table_privilege(oid, %s)", [act])
        return {name for (name,) in cursor.fetchall()}


def work(first: int, done: Event, begun: Event) -> Seen:
    """Go round the tables, beginning at one of them, until it is enough."""
    from django.apps import apps  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    seen, readable, added, changed = Seen(), allowed("SELECT"), allowed("INSERT"), allowed("UPDATE")
    models = [model for model in apps.get_models() if model._meta.db_table in readable]
    models = models[first * len(models) // SIDE_BY_SIDE :] + models[: first * len(models) // SIDE_BY_SIDE]
    while not done.is_set():
        for model in models:
            table = model._meta.db_table
            seen.time(f"reading {table}", lambda model=model: read(model))
            if table in added:
                seen.time(f"writing {table}", lambda table=table: write(table, table in changed))
        begun.set()
    connection.close()
    return seen


def main() -> None:
    """Work until standard input is closed; say what was met."""
    django.setup()
    done, begun = Event(), [Event() for _ in range(SIDE_BY_SIDE)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as people:
        each = [people.submit(work, number, done, begun[number]) for number in range(SIDE_BY_SIDE)]
        all(one.wait(60) for one in begun)
        print("ready", flush=True)
        sys.stdin.read()
        done.set()
        seen = [one.result() for one in each]
    everything = {name: sorted(set().union(*(getattr(one, name) for one in seen))) for name in ("waited", "failed")}
    print(json.dumps({"turns": sum(one.turns for one in seen), "longest": max(one.longest for one in seen), **everything}))


if __name__ == "__main__":
    main()
