"""Compares records with each other: the same comparison as that of a border alert with a record, and numbers besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from intelligence.matching.candidates import Asked
from intelligence.matching.match import rarity_in
from intelligence.matching.people import Person, fetch_names, fill, fill_addresses
from intelligence.matching.relatives import is_relative
from intelligence.matching.scoring import Pair, compare_pair
from intelligence.matching.vocabulary import Vocabulary, count_names
from intelligence.rules.duplicates import LEAST, NUMBER_WEIGHTS, SHARED_AT_MOST
from intelligence.rules.matching import Level
from offenders.choices import IdentifierKind
from offenders.search.births import Birth

NO_TWIN = {Level.EQUAL, Level.TOGETHER, Level.SHORT}  # given names that are one name
# Who has a number in common with one of these records; a number that many have, such as a hostel's telephone, says nothing.
BY_NUMBER = """
SELECT own.nominal_id, other.nominal_id, own.kind
FROM offenders_identifier own
JOIN offenders_identifier other ON other.value = own.value AND other.kind = own.kind AND other.nominal_id <> own.nominal_id
JOIN offenders_nominal one ON one.id = own.nominal_id AND one.merged_into_id IS NULL
JOIN offenders_nominal two ON two.id = other.nominal_id AND two.merged_into_id IS NULL
WHERE own.nominal_id = ANY (%s) AND own.kind = ANY (%s)
AND (SELECT count(*) FROM offenders_identifier held WHERE held.value = own.value AND held.kind = own.kind) <= %s
"""
# Who was born on the same day, or on that with day and month swapped, and shares two words or initials of a name.
BY_BIRTH = """
SELECT DISTINCT own.nominal_id, other.nominal_id, ''
FROM offenders_dateofbirth own
JOIN offenders_dateofbirth other ON other.year = own.year AND other.nominal_id <> own.nominal_id
    AND ((other.month = own.month AND other.day = own.day) OR (other.month = own.day AND other.day = own.month))
JOIN offenders_nominal one ON one.id = own.nominal_id AND one.merged_into_id IS NULL
JOIN offenders_nominal two ON two.id = other.nominal_id AND two.merged_into_id IS NULL
WHERE own.nominal_id = ANY (%s) AND EXISTS (
    SELECT FROM offenders_name mine JOIN offenders_name theirs ON icount(mine.tokens & theirs.tokens) >= 2
    WHERE mine.nominal_id = own.nominal_id AND theirs.nominal_id = other.nominal_id
)
"""


@dataclass(frozen=True)
class Likeness:
    """Two records that may be one person, the older first, and why."""

    one: int
    other: int
    weight: float
    reasons: tuple[str, ...]
    may_be_relatives: bool


def find_likenesses(keys: Collection[int]) -> list[Likeness]:
    """Compare these records with all others, in a few statements; return the pairs worth a look."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    asked = sorted(keys)
    numbered = run(BY_NUMBER, [asked, [kind.value for kind in NUMBER_WEIGHTS], SHARED_AT_MOST])
    for one, other, kind in [*numbered, *run(BY_BIRTH, [asked])]:
        found[min(one, other), max(one, other)] |= {kind} - {""}
    people = fetch_names({key for pair in found for key in pair})
    fill(people, people.keys())
    fill_addresses(people, people.keys())
    vocabulary = Vocabulary(count_names())
    vocabulary.read_exact(word for person in people.values() for name in person.names for word in name.every)
    pairs = [(pair, kinds) for pair, kinds in sorted(found.items()) if pair[0] in people and pair[1] in people]
    alike = [likeness(pair, kinds, people[pair[0]], people[pair[1]], vocabulary) for pair, kinds in pairs]
    return [each for each in alike if each.weight >= LEAST]


def run(statement: str, parameters: list[Any]) -> list[tuple[int, int, str]]:
    """Run one of the statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def likeness(pair: tuple[int, int], kinds: set[str], one: Person, other: Person, vocabulary: Vocabulary) -> Likeness:
    """Compare two records by the name and birth of the first that fit the second best."""
    births: list[Birth | None] = [*one.births] or [None]
    tries: list[Pair] = [
        compare_pair(Asked(0, name, frozenset(name.every), birth, "", one.sex), pair[1], other, partial(rarity_in, vocabulary))
        for name in one.names
        for birth in births
    ]
    best = max(tries, key=lambda each: each.weight)
    said = [f"{IdentifierKind(kind).label} equal" for kind in sorted(kinds)]
    weight = best.weight + sum(NUMBER_WEIGHTS[IdentifierKind(kind)] for kind in kinds)
    may_be_relatives = is_relative(one, other) and best.name.given.level not in NO_TWIN
    return Likeness(*pair, weight, (*said, *(reason.words for reason in best.reasons())), may_be_relatives)
