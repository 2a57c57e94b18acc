"""Asks the database for the names most likely meant, among records that the searcher may know of and no others."""
from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import EmptyResultSet

from accounts.replica import reading
from offenders.search.births import Birth
from offenders.search.spellings import Group

if TYPE_CHECKING:
    from offenders.querysets import NominalQuerySet

MOST = 300
MOST_GROUPS = 4
# A tenth for each step of nearness, times how much the word tells: close enough to the real score to choose by.
STEPS = ((0.95, 0.3), (0.85, 0.2), (0.0, 0.5))

# Hidden records leave the list before it is cut, so that they take nobody's place in it.
FIND_NAMES = """
WITH found AS MATERIALIZED (
    SELECT name.id, name.nominal_id, name.kind, name.given_names, name.surname, name.tokens, {score} AS score
    FROM offenders_name name WHERE {condition}
)
SELECT found.nominal_id, found.kind, found.given_names, found.surname, found.tokens,
    ARRAY(
        SELECT ARRAY[year, coalesce(month, 0), coalesce(day, 0)] FROM offenders_dateofbirth birth WHERE birth.nominal_id = found.nominal_id
    )
FROM (SELECT * FROM found ORDER BY score DESC, nominal_id, id) found
CROSS JOIN LATERAL (SELECT 1 FROM ({visible}) visible WHERE visible.id = found.nominal_id LIMIT 1) reached
LIMIT %s
"""

# The first finds the names from the dates, through an index; the second looks at the dates of a name already found.
BORN_THEN = "name.nominal_id = ANY (ARRAY(SELECT nominal_id FROM offenders_dateofbirth birth WHERE {dates}))"
SAME_BIRTH = "EXISTS (SELECT 1 FROM offenders_dateofbirth birth WHERE birth.nominal_id = name.nominal_id AND ({dates}))::int"


class Candidate(NamedTuple):
    """A name on record that may be the one meant, with the dates of birth of its bearer."""

    nominal_id: int
    kind: str
    given_names: str
    surname: str
    tokens: list[int]
    dates: list[list[int]]

    @property
    def births(self) -> list[Birth]:
        """The dates of birth; parts that are not known come as noughts."""
        return [Birth(year, month or None, day or None) for year, month, day in self.dates]


class Clause(NamedTuple):
    """A piece of SQL with its parameters."""

    sql: str
    parameters: list[Any]


# Asked where no word is known, so that the time taken does not tell whether some hidden record has the word.
NOBODY = Clause("false", [])


def find_candidates(known: NominalQuerySet, groups: list[Group], birth: Birth | None) -> list[Candidate]:
    """Return the likeliest names of these records; of very common ones, some of those that hold every word as it was typed."""
    everything = exact_condition(groups)
    if birth is None and everything:
        exact = fetch(known, everything, Clause("0", []))
        if len(exact) == MOST:
            return exact
    conditions = [clause for clause in (words_condition(groups), birth_condition(groups, birth)) if clause.sql]
    return fetch(known, any_of(conditions or [NOBODY]), score_of(groups, birth))


def fetch(known: NominalQuerySet, condition: Clause, score: Clause) -> list[Candidate]:
    """Run the statement."""
    try:
        visible, visible_parameters = known.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return []
    statement = FIND_NAMES.format(score=score.sql, condition=condition.sql, visible=visible)
    with reading().cursor() as cursor:
        cursor.execute(statement, [*score.parameters, *condition.parameters, *visible_parameters, MOST])
        return [Candidate(*row) for row in cursor.fetchall()]


def exact_condition(groups: list[Group]) -> Clause | None:
    """Names with every word as typed, when there may be more of them than can be looked at."""
    exact = [group.exact for group in groups if group.exact is not None and not group.is_initial]
    if len(exact) < len(groups) or not groups or min(group.frequency for group in groups) < MOST:
        return None
    return Clause("name.tokens @> %s::int[]", [exact])


def words_condition(groups: list[Group]) -> Clause:
    """Names that hold two of the words in some spelling, or the only one; of two, one is more than an initial."""
    known = sorted((group for group in groups if group.ids), key=lambda group: (group.is_initial, -group.rarity))[:MOST_GROUPS]
    if len(groups) == 1:
        return any_of([holds(group) for group in known])
    pairs = [pair for pair in combinations(known, 2) if not all(group.is_initial for group in pair)]
    return any_of([all_of([holds(one), holds(other)]) for one, other in pairs])


def holds(group: Group) -> Clause:
    """Names that hold the word in some spelling."""
    near = [Clause("name.tokens && %s::int[]", [sorted(group.near)])] if group.near else []
    return any_of([*near, *(Clause("name.tokens @> %s::int[]", [list(match.ids)]) for match in group.split)])


def birth_condition(groups: list[Group], birth: Birth | None) -> Clause:
    """Names of people born then: all of them for a whole date, those with one of the words for a month."""
    if birth is None or (birth.month is None and groups):
        return Clause("", [])
    dates = born(birth)
    people = Clause(BORN_THEN.format(dates=dates.sql), dates.parameters)
    if birth.day or not groups:
        return people
    words = any_of([holds(group) for group in groups if group.ids and not group.is_initial])
    return all_of([people, words]) if words.sql else words


def born(birth: Birth) -> Clause:
    """Dates of birth on record that are the one asked for, or the same with day and month swapped."""
    return any_of([whole_date(each) for each in (birth, birth.swapped) if each])


def whole_date(birth: Birth) -> Clause:
    """Dates of birth with these parts."""
    given = [(part, value) for part, value in zip(("year", "month", "day"), birth, strict=True) if value is not None]
    return all_of([Clause(f"birth.{part} = %s", [value]) for part, value in given])


def score_of(groups: list[Group], birth: Birth | None) -> Clause:
    """The rough score by which the list is ordered before it is cut."""
    terms = [Clause("0", [])]
    for group in groups:
        for least, worth in STEPS:
            near = sorted(key for key, match in group.near.items() if match.weight >= least)
            terms.append(Clause("(name.tokens && %s::int[])::int * %s", [near, worth * group.rarity]))
        terms += [Clause("(name.tokens @> %s::int[])::int * %s", [list(match.ids), group.rarity]) for match in group.split]
    if birth:
        dates = born(birth)
        terms.append(Clause(SAME_BIRTH.format(dates=dates.sql), dates.parameters))
    return joined(terms, " + ")


def all_of(clauses: list[Clause]) -> Clause:
    """Every one of the conditions."""
    return joined(clauses, " AND ")


def any_of(clauses: list[Clause]) -> Clause:
    """At least one of the conditions; empty without any."""
    return joined(clauses, " OR ")


def joined(clauses: list[Clause], by: str) -> Clause:
    """Put clauses together; the SQL is our own throughout, what people typed is in the parameters."""
    sql = by.join(clause.sql for clause in clauses)
    return Clause(f"({sql})" if len(clauses) > 1 else sql, [value for clause in clauses for value in clause.parameters])
