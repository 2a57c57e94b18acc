"""Makes the whole synthetic force in one transaction and little memory; the same for the same size, seed and day."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from offenders.demo.chapters import CHAPTERS
from offenders.demo.copying import Rows, no_rows, store
from offenders.demo.people import COLUMNS, PersonMaker, Place
from offenders.demo.staff import make_staff
from offenders.demo.story import add_arthur_sample, add_exceptions
from offenders.models import Name, Nominal, Partnership, Word
from offenders.references import next_references
from offenders.search.index import add_words, count_words, tokens_of
from offenders.services.imports import gather_statistics

BATCH = 10_000
SEED_LOCK = 7_301_001  # any number that no other advisory lock of the application has
IN_EASTVALE = frozenset({3, 10, 17})  # of each 20 nominals, those that the other force owns: 15 %
PREFIXES = {"northmere": "NM", "eastvale": "EV"}
PARTNERED_SHARE = 0.02
ALL_COLUMNS = COLUMNS | {Partnership: ("nominal_id", "force_id", "reason")}


class NotEmpty(Exception):
    """There are people in the database that synthetic ones must not be mixed with."""


def seed_force(*, nominals: int, seed: int, today: date, report: Callable[[str], None]) -> None:
    """Make the synthetic forces with this many nominals; raise NotEmpty when the database holds nominals already."""
    with transaction.atomic():
        refuse_beside_others()
        staff = make_staff(
            {"northmere": sum(not is_eastvale(each) for each in range(nominals)), "eastvale": sum(map(is_eastvale, range(nominals)))}, today
        )
        report(f"{len(staff.users):,} people can sign in.")
        seeder = Seeder(Random(seed), today, staff.managers)
        for start in range(0, nominals, BATCH):
            seeder.add_batch(range(start, min(start + BATCH, nominals)))
            report(f"{min(start + BATCH, nominals):,} of {nominals:,} nominals stored.")
        count_words()
        gather_statistics()  # what the chapters ask is planned for tables of this size, not for empty ones
        add_exceptions(staff.users, *first_nominals())
        for chapter in (*CHAPTERS, *map(import_string, settings.DEMO_CHAPTERS)):
            chapter(staff.users, *first_nominals(), today)
        record_event(Verb.IMPORTED, source="synthetic force", nominals=nominals, seed=seed)


def is_eastvale(index: int) -> bool:
    """Whether the other force owns this nominal."""
    return index % 20 in IN_EASTVALE


def refuse_beside_others() -> None:
    """Wait for another run, then raise NotEmpty when there are nominals."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEED_LOCK])
    if Nominal.objects.exists():
        raise NotEmpty


def first_nominals() -> tuple[Nominal, list[Nominal]]:
    """Return Arthur Sample's record and a few after it."""
    arthur, *others = Nominal.objects.order_by("pk").filter(force__code="northmere", is_restricted=False)[:6]
    return arthur, others


class Seeder:
    """Makes nominals a batch at a time and gives them to the managers in turn."""

    def __init__(self, rng: Random, today: date, managers: dict[str, list[User]]) -> None:
        self.rng, self.today = rng, today
        self.people = PersonMaker(rng, today)
        self.turns = {code: cycle(users) for code, users in managers.items()}
        self.forces = {code: users[0].organisation_id for code, users in managers.items()}

    def add_batch(self, indexes: range) -> None:
        """Make and store the nominals with these numbers, and let search find them."""
        rows, keys = no_rows(), new_keys(Nominal, len(indexes))
        for index, pk, reference in zip(indexes, keys, next_references(len(indexes)), strict=True):
            self.add_nominal(rows, index, pk, reference)
        rows[Name] = with_tokens(rows[Name])
        store(rows, ALL_COLUMNS)

    def add_nominal(self, rows: Rows, index: int, pk: int, reference: str) -> None:
        """Make one nominal; the first is Arthur Sample."""
        code, other = ("eastvale", "northmere") if is_eastvale(index) else ("northmere", "eastvale")
        manager = next(self.turns[code])
        place = Place(pk, reference, f"{PREFIXES[code]}-{index + 1:07}", manager.organisation_id, manager.unit_id, manager.pk)
        if index == 0:
            add_arthur_sample(rows, place, self.today)
            return
        self.people.add(rows, place)
        if self.rng.random() < PARTNERED_SHARE:
            rows[Partnership].append((pk, self.forces[other], "Lives and works in both areas"))


def with_tokens(names: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of names with the keys of their words, so that none has to be written twice."""
    given, surname = COLUMNS[Name].index("given_names"), COLUMNS[Name].index("surname")
    words = [tokens_of(name[given], name[surname]) for name in names]
    every = set().union(*words)
    add_words(every)
    ids = dict(Word.objects.filter(text__in=every).values_list("text", "pk"))
    return [(*name[:-1], sorted(ids[word] for word in held)) for name, held in zip(names, words, strict=True)]


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Take keys for new rows from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, count])
        return [key for (key,) in cursor.fetchall()]
