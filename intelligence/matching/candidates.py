"""Asks the database which nominals may be meant by any of many alerts: a few statements, however many alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from django.db import connection

from intelligence.matching.vocabulary import NameWords, Vocabulary
from offenders.choices import IdentifierKind
from offenders.search.births import Birth

MOST_BY_NAME = 200  # for one alert; only names that half a town bears have more, and nothing but the date tells those apart
RARE_NAME = 2.0  # as many people are expected to bear both words by chance, at most, for the name alone to be worth a look
RARE_WORD = 30  # names that hold a word, at most, for the word and two parts of the date to be worth a look

# Numbers and dates are equal through an index. A name is found by two of its words in any spelling, or by its only one; unless it is
# rare, the date must not speak against it: one part may be wrong, or unknown on either side. Of those born on the day, the ones stay who
# share a word, or two initials: any other name has nothing in common with the one that was given. OFFSET 0 and the sub-select that gives
# one value keep PostgreSQL on the indexes: joined or asked with EXISTS, it reads whole tables for every batch or alert.
FIND = f"""
SELECT asked.at, found.nominal_id, true AS by_number
FROM unnest(%s::int[], %s::text[]) AS asked (at, number)
CROSS JOIN LATERAL (
    SELECT nominal_id FROM offenders_identifier WHERE value = asked.number AND kind = '{IdentifierKind.PASSPORT.value}' OFFSET 0
) found
UNION
SELECT asked.at, found.nominal_id, false
FROM (
    SELECT at, year, month, day, words::int[], initials::int[], needed
    FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::text[], %s::text[], %s::int[])
        AS given (at, year, month, day, words, initials, needed) OFFSET 0
) asked
CROSS JOIN LATERAL (
    SELECT birth.nominal_id FROM offenders_dateofbirth birth
    WHERE birth.year = asked.year AND birth.month = asked.month AND birth.day = asked.day AND (
        SELECT bool_or(name.tokens && asked.words OR icount(name.tokens & asked.initials) >= asked.needed)
        FROM offenders_name name WHERE name.nominal_id = birth.nominal_id
    ) OFFSET 0
) found
UNION
SELECT asked.at, found.nominal_id, false
FROM (
    SELECT at, words::query_int, rare::query_int, year, month, day
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[]) AS given (at, words, rare, year, month, day) OFFSET 0
) asked
CROSS JOIN LATERAL (
    SELECT name.nominal_id FROM offenders_name name
    WHERE name.tokens @@ asked.words AND (asked.year IS NULL OR name.tokens @@ asked.rare OR coalesce((
        SELECT bool_or(coalesce(
            birth.year = asked.year AND (coalesce(birth.month = asked.month, true) OR coalesce(birth.day = asked.day, true))
            OR birth.month = asked.month AND birth.day = asked.day, false
        )) FROM offenders_dateofbirth birth WHERE birth.nominal_id = name.nominal_id
    ), true))
    LIMIT {MOST_BY_NAME}
) found
"""  # noqa: S608  (constants of this module)
AMONG = "SELECT * FROM ({}) found (at, nominal_id, by_number) WHERE nominal_id = ANY (%s)"
# What says the same as the record that stays is left on a merged one: nobody is found by it.
STANDING = """
SELECT * FROM ({}) found (at, nominal_id, by_number)
WHERE NOT EXISTS (SELECT FROM offenders_nominal merged WHERE merged.id = found.nominal_id AND merged.merged_into_id IS NOT NULL)
"""


@dataclass(frozen=True)
class Asked:
    """One alert, made ready: plain words, the document number in its canonical form or empty."""

    at: int
    name: NameWords
    words: frozenset[str]
    birth: Birth | None
    number: str
    sex: str


@dataclass
class Found:
    """The nominals who may be meant by one alert; all of them, and those who hold its document."""

    keys: set[int] = field(default_factory=set)
    by_number: set[int] = field(default_factory=set)


def find_candidates(asked: list[Asked], vocabulary: Vocabulary, among: Collection[int] | None) -> dict[int, Found]:
    """Return for each alert, by its place, the nominals who may be meant; nothing for most."""
    numbers = [(alert.at, alert.number) for alert in asked if alert.number]
    dates = [row for alert in asked for row in date_rows(alert, vocabulary)]
    names = [row for alert in asked for row in name_rows(alert, vocabulary)]
    parameters: list[Any] = [*columns(numbers, 2), *columns(dates, 7), *columns(names, 6)]
    statement = FIND
    if among is not None:
        statement = AMONG.format(FIND)
        parameters.append(sorted(among))
    found: dict[int, Found] = defaultdict(Found)
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(statement), parameters)
        for at, nominal_id, by_number in cursor.fetchall():
            found[at].keys.add(nominal_id)
            if by_number:
                found[at].by_number.add(nominal_id)
    return dict(found)


def columns(rows: list[Any], width: int) -> list[list[Any]]:
    """Turn rows into the arrays that a statement takes."""
    return [[row[at] for row in rows] for at in range(width)]


def whole_dates(birth: Birth | None) -> list[Birth]:
    """The date, and the same with day and month swapped."""
    return [date for date in (birth, birth.swapped) if date] if birth and birth.day else []


def date_rows(alert: Asked, vocabulary: Vocabulary) -> list[tuple[Any, ...]]:
    """Return the dates to look for, with the words and initials of which those born then must share some."""
    dates = whole_dates(alert.birth)
    if not dates or not alert.name.every:
        return []
    words = array_of(",".join(map(str, vocabulary.standing_for(word))) for word in alert.name.every)
    initials = array_of(map(vocabulary.initials, alert.name.every))
    needed = min(2, len(alert.name.every))
    return [(alert.at, *date, words, initials, needed) for date in dates]


def array_of(keys: Iterable[str]) -> str:
    """Keys as PostgreSQL writes an array."""
    return f"{{{','.join(filter(None, keys))}}}"


def name_rows(alert: Asked, vocabulary: Vocabulary) -> list[tuple[Any, ...]]:
    """Return what to look for by name: two words or a rare one, if the date does not speak against it; two rare ones in any case."""
    words = query_for(alert.name, vocabulary)
    rare: list[str] = []
    if alert.birth:
        frequency = vocabulary.frequency
        words += [str(vocabulary.exact[word]) for word in alert.name.every if frequency.get(word, RARE_WORD + 1) <= RARE_WORD]
        rare = rare_query(alert.name, vocabulary)
    if not words:
        return []
    return [(alert.at, "|".join(dict.fromkeys(words)), "|".join(rare) or None, *(alert.birth or (None, None, None)))]


def query_for(name: NameWords, vocabulary: Vocabulary) -> list[str]:
    """Return the words in the language of intarray: a surname and a given name, or the only word."""
    given, surname = ([any_of for word in part if (any_of := vocabulary.any_of(word))] for part in (name.given, name.surname))
    if name.surname and name.given:
        pairs = [f"{one}&{other}" for one in surname for other in given]
    elif len(name.every) > 1:
        pairs = [f"{one}&{other}" for one, other in combinations(surname or given, 2)]
    else:
        pairs = surname or given
    apart = [f"({one}&{other})" for word in name.every for one, other in vocabulary.apart.get(word, ())]
    return [*pairs, *joined(name, vocabulary), *apart]


def joined(name: NameWords, vocabulary: Vocabulary) -> list[str]:
    """Words on record that hold two of these written as one, beside another word."""
    return [
        f"{vocabulary.exact[one + other]}&{rest}"
        for one, other in pairwise(name.every)
        if one + other in vocabulary.exact
        for word in name.every
        if word not in {one, other} and (rest := vocabulary.any_of(word))
    ]


def rare_query(name: NameWords, vocabulary: Vocabulary) -> list[str]:
    """Return the words as they stand where hardly anybody bears both."""
    exact = vocabulary.exact
    known = [(one, other) for one in name.surname for other in name.given if one in exact and other in exact]
    return [f"({exact[one]}&{exact[other]})" for one, other in known if is_rare(one, other, vocabulary)]


def is_rare(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether hardly anybody is expected to bear both words."""
    frequencies = vocabulary.frequency[one], vocabulary.frequency[other]
    return frequencies[0] * frequencies[1] <= RARE_NAME * max(vocabulary.names, min(frequencies))
