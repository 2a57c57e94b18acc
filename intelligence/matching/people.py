"""Fetches what the records of many nominals hold: names first, the rest only of those whose name or number is near enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from intelligence.matching.vocabulary import NameWords, read_name
from offenders.choices import IdentifierKind
from offenders.search.births import Birth

NAMES = "SELECT nominal_id, given_names, surname FROM offenders_name WHERE nominal_id = ANY (%s) ORDER BY (kind = 'primary') DESC, id"
BIRTHS = "SELECT nominal_id, year, month, day FROM offenders_dateofbirth WHERE nominal_id = ANY (%s)"
PASSPORTS = f"SELECT nominal_id, value FROM offenders_identifier WHERE nominal_id = ANY (%s) AND kind = '{IdentifierKind.PASSPORT.value}'"  # noqa: S608
SEXES = "SELECT nominal_id, sex FROM offenders_description WHERE nominal_id = ANY (%s)"
ADDRESSES = """
SELECT nominal_id, lower(regexp_replace(line_1 || postcode || country, '\\W', '', 'g')) FROM offenders_address
WHERE nominal_id = ANY (%s) AND line_1 <> ''
"""
# Who else was born on a whole date of birth of these nominals; merged records have no names to be compared.
BORN_THEN = """
SELECT own.nominal_id, other.nominal_id
FROM unnest(%s::bigint[]) AS asked (id)
JOIN offenders_dateofbirth own ON own.nominal_id = asked.id AND own.day IS NOT NULL
CROSS JOIN LATERAL (
    SELECT birth.nominal_id FROM offenders_dateofbirth birth
    WHERE birth.year = own.year AND birth.month = own.month AND birth.day = own.day AND birth.nominal_id <> own.nominal_id
    AND NOT EXISTS (SELECT FROM offenders_nominal merged WHERE merged.id = birth.nominal_id AND merged.merged_into_id IS NOT NULL) OFFSET 0
) other
"""


@dataclass
class Person:
    """What is compared of one nominal, and the addresses by which relatives are told."""

    names: list[NameWords] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    passports: frozenset[str] = frozenset()
    sex: str = ""
    addresses: frozenset[str] = frozenset()


def fetch_names(keys: Collection[int]) -> dict[int, Person]:
    """Return the nominals with their names, the main one first."""
    people: dict[int, Person] = {}
    for nominal_id, given_names, surname in rows(NAMES, keys):
        person = people.get(nominal_id) or people.setdefault(nominal_id, Person())
        name = read_name(given_names, surname)
        if name.every and name not in person.names:
            person.names.append(name)
    return people


def fill(people: dict[int, Person], keys: Collection[int]) -> None:
    """Add dates of birth, passports and sex of these nominals."""
    for nominal_id, year, month, day in rows(BIRTHS, keys):
        people[nominal_id].births.append(Birth(year, month, day))
    for nominal_id, sex in rows(SEXES, keys):
        people[nominal_id].sex = sex
    for nominal_id, passports in gathered(rows(PASSPORTS, keys)).items():
        people[nominal_id].passports = passports


def fill_addresses(people: dict[int, Person], keys: Collection[int]) -> None:
    """Add the addresses of these nominals: only who looks for relatives wants them."""
    for nominal_id, addresses in gathered(rows(ADDRESSES, keys)).items():
        people[nominal_id].addresses = addresses


def rows(statement: str, keys: Collection[int]) -> list[tuple[Any, ...]]:
    """Run one of the statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [sorted(keys)])
        return list(cursor.fetchall())


def gathered(pairs: Iterable[tuple[Any, ...]]) -> dict[int, frozenset[str]]:
    """Gather values by nominal."""
    held: dict[int, set[str]] = defaultdict(set)
    for nominal_id, value in pairs:
        held[nominal_id].add(value)
    return {nominal_id: frozenset(values) for nominal_id, values in held.items()}
