"""Finds what may belong together: entities, records and reports of one force, compared by the database in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from intelligence.choices.links import LinkKind
from intelligence.matching.wording import run, written_in
from intelligence.rules.links import nearness_on
from intelligence.rules.suggesting import Reason, alike_names, measure_on, near, same_mark, shared_words

SORTS = {"e": "entities", "n": "nominals", "r": "reports"}


@dataclass
class Asked:
    """What to compare with everything else, by key."""

    entities: set[int] = field(default_factory=set)
    nominals: set[int] = field(default_factory=set)
    reports: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Iterable[str]) -> Asked:
        """Sort keys such as e5, n7 and r17."""
        asked = cls()
        for key in keys:
            getattr(asked, SORTS[key[0]]).add(int(key[1:]))
        return asked

    def values(self) -> dict[str, list[int]]:
        """Return the keys as the statements take them."""
        return {name: sorted(getattr(self, name)) for name in SORTS.values()}


class Between(NamedTuple):
    """Which two things a link would join, and how; the ends in one order."""

    kind: str
    ends: tuple[str, str]


Found = dict[Between, list[Reason]]

# Each statement yields kind, both ends and what the reason is made of. {asked} stands for one end of it after the other.
OF_ENTITIES, OF_RECORDS = ("entities", "entity.id = ANY(%(entities)s)"), ("nominals", "nominal.id = ANY(%(nominals)s)")
OF_MARKS, OF_PLACES = ("reports", "mark.report_id = ANY(%(reports)s)"), ("entities", "one.id = ANY(%(entities)s)")
STANDS = "entity.merged_into_id IS NULL"
HELD_BY = """
JOIN offenders_nominal nominal ON nominal.id = held.nominal_id AND nominal.merged_into_id IS NULL AND nominal.force_id = entity.force_id
"""
FEW_LIVE_THERE = """
(SELECT count(DISTINCT nominal_id) FROM offenders_address WHERE postcode = held.postcode AND postcode <> '') <= %(shared_at_most)s
"""
DISTANCE = "sqrt((one.easting - other.easting) ^ 2 + (one.northing - other.northing) ^ 2)"
BOX = """
{other}.easting BETWEEN {one}.easting - %(metres)s AND {one}.easting + %(metres)s
AND {other}.northing BETWEEN {one}.northing - %(metres)s AND {one}.northing + %(metres)s
"""
IN_BOTH = f"FROM intelligence_reportmark mark JOIN intelligence_entity entity ON entity.force_id = mark.force_id AND {STANDS}"
TOLD_OF = f"""
SELECT 'tells_of', 'e' || entity.id, 'r' || mark.report_id, mark.kind, mark.value
{IN_BOTH} AND entity.kind = mark.kind AND entity.value = mark.value WHERE {{asked}}
UNION
SELECT 'tells_of', 'e' || entity.id, 'r' || mark.report_id, mark.kind, mark.value
{IN_BOTH} AND entity.kind = 'place' AND mark.kind = 'postcode' AND entity.postcode = mark.value WHERE {{asked}}
"""
# How many have the number is counted of what fits alone, not of every number that the database tries.
NUMBERS = f"""
WITH fits AS MATERIALIZED (
    SELECT entity.id, entity.kind, entity.value, nominal.id AS nominal_id
    FROM intelligence_entity entity JOIN offenders_identifier held ON held.kind = entity.kind AND held.value = entity.value
    {HELD_BY}
    WHERE {STANDS} AND {{asked}}
)
SELECT 'uses', 'e' || id, 'n' || nominal_id, kind, value FROM fits
WHERE (SELECT count(*) FROM offenders_identifier same WHERE same.kind = fits.kind AND same.value = fits.value) <= %(shared_at_most)s
"""  # noqa: S608
ONLINE = f"""
SELECT 'uses', 'e' || entity.id, 'n' || nominal.id, entity.kind, entity.value
FROM intelligence_entity entity JOIN offenders_onlineidentity held ON lower(held.handle) IN (entity.value, '@' || entity.value)
{HELD_BY}
WHERE entity.kind = 'online' AND {STANDS} AND {{asked}}
"""  # noqa: S608
POSTCODES = f"""
WITH held AS MATERIALIZED (
    SELECT CASE WHEN held.kind <> 'work' AND held.line_1 ~ '[0-9]' AND strpos(lower(entity.name), lower(held.line_1)) > 0
        THEN 'lives' ELSE 'near' END AS link, entity.id, nominal.id AS nominal_id, held.postcode
    FROM intelligence_entity entity JOIN offenders_address held ON held.postcode = entity.postcode AND held.postcode <> ''
    {HELD_BY}
    WHERE entity.kind = 'place' AND {STANDS} AND {{asked}}
)
SELECT link, 'e' || id, 'n' || nominal_id, 'postcode', postcode FROM held WHERE {FEW_LIVE_THERE}
"""  # noqa: S608
# First which postcodes lie near which places, so that the database does not try each record with each place.
NEAR_RECORDS = f"""
WITH near AS MATERIALIZED (
    SELECT one.id, one.force_id, other.postcode, {DISTANCE} AS metres
    FROM intelligence_entity one JOIN intelligence_postcodepoint other ON {BOX.format(one="one", other="other")}
    WHERE one.kind = 'place' AND one.merged_into_id IS NULL AND other.postcode <> one.postcode AND {{points}}
),
held AS MATERIALIZED (
    SELECT near.id, near.metres, home.nominal_id, home.postcode
    FROM near JOIN offenders_address home ON home.postcode = near.postcode AND home.postcode <> ''
        AND (upper(home.period) IS NULL OR upper(home.period) > %(today)s)
    JOIN offenders_nominal nominal ON nominal.id = home.nominal_id AND nominal.merged_into_id IS NULL AND nominal.force_id = near.force_id
    WHERE near.metres <= %(metres)s AND {{people}}
)
SELECT 'near', 'e' || held.id, 'n' || held.nominal_id, 'near', min(held.metres)
FROM held WHERE {FEW_LIVE_THERE} GROUP BY held.id, held.nominal_id
"""  # noqa: S608
NEAR_ASKED_PLACES = NEAR_RECORDS.format(points="one.id = ANY(%(entities)s)", people="true")
NEAR_ASKED_RECORDS = NEAR_RECORDS.format(
    points="other.postcode IN (SELECT postcode FROM offenders_address WHERE nominal_id = ANY(%(nominals)s))",
    people="nominal.id = ANY(%(nominals)s)",
)
TWO_ENTITIES = """
FROM intelligence_entity one JOIN intelligence_entity other
    ON other.force_id = one.force_id AND other.kind = one.kind AND other.id <> one.id AND other.merged_into_id IS NULL
WHERE one.merged_into_id IS NULL AND {asked}
"""
NEAR_PLACES = f"""
SELECT 'near', 'e' || one.id, 'e' || other.id, 'postcode', one.postcode {TWO_ENTITIES}
AND one.postcode <> '' AND other.postcode = one.postcode
UNION ALL
SELECT 'near', 'e' || one.id, 'e' || other.id, 'near', {DISTANCE}::text {TWO_ENTITIES} AND other.postcode <> one.postcode
AND {BOX.format(one="one", other="other")} AND {DISTANCE} <= %(metres)s
"""
# One name alone is no person: "Dave" is called so by many. Two places that are far apart are two.
NAMES = f"""
SELECT 'same', 'e' || one.id, 'e' || other.id, 'name', one.name || chr(10) || other.name {TWO_ENTITIES}
AND one.kind IN ('person', 'organisation', 'place') AND similarity(one.name, other.name) >= %(likeness)s
AND (one.kind <> 'person' OR (one.name ~ '\\s' AND other.name ~ '\\s'))
AND (one.easting IS NULL OR other.easting IS NULL OR {DISTANCE} <= %(metres)s)
"""
# Once somebody has linked one of the two reports to what has the mark, the other will be suggested there. That an entity is there does
# not count: whoever reads both reports may not know of it, and would miss the suggestion.
MARKS = """
SELECT 'alike', 'r' || mark.report_id, 'r' || other.report_id, mark.kind, mark.value
FROM intelligence_reportmark mark JOIN intelligence_reportmark other
    ON other.force_id = mark.force_id AND other.kind = mark.kind AND other.value = mark.value AND other.report_id <> mark.report_id
WHERE {asked}
AND (SELECT count(*) FROM intelligence_reportmark shared
     WHERE shared.force_id = mark.force_id AND shared.kind = mark.kind AND shared.value = mark.value) <= %(shared_at_most)s
AND NOT EXISTS (
    SELECT FROM intelligence_link link JOIN intelligence_linkend told ON told.link_id = link.id
    JOIN intelligence_entity entity ON entity.id = told.entity_id
    WHERE link.kind = 'tells_of' AND link.state = 'confirmed' AND link.evidence_id IN (mark.report_id, other.report_id)
    AND ((entity.kind = mark.kind AND entity.value = mark.value) OR (mark.kind = 'postcode' AND entity.postcode = mark.value))
)
"""
ASKED_OF = {
    TOLD_OF: (OF_ENTITIES, OF_MARKS),
    NUMBERS: (OF_ENTITIES, OF_RECORDS),
    ONLINE: (OF_ENTITIES, OF_RECORDS),
    POSTCODES: (OF_ENTITIES, OF_RECORDS),
    NEAR_ASKED_PLACES: (OF_PLACES,),
    NEAR_ASKED_RECORDS: (OF_RECORDS,),
    NEAR_PLACES: (OF_PLACES,),
    NAMES: (OF_PLACES,),
    MARKS: (OF_MARKS,),
}
# How much each word of the force's reports tells: nothing when it is not rare. A report and a method are texts alike.
RARE = """
WITH used AS MATERIALIZED (SELECT report_id, force_id, word FROM intelligence_reportwords, unnest(lexemes) word),
sizes AS (SELECT force_id, greatest(count(*), %(least_reports)s)::float AS reports FROM intelligence_reportwords GROUP BY force_id),
counted AS (SELECT force_id, word, count(*) AS among FROM used GROUP BY force_id, word),
rare AS MATERIALIZED (
    SELECT force_id, word, ln(reports / among) AS weight FROM counted JOIN sizes USING (force_id)
    WHERE among <= least(%(rare_at_most)s, reports * %(rare_share)s)
),
said AS MATERIALIZED (SELECT report_id, force_id, word, weight FROM used JOIN rare USING (force_id, word))
"""
ENOUGH = "HAVING count(*) >= %(fewest_words)s AND sum(one.weight) >= %(least_weight)s"
# Reports of which both have a question answered with yes must have one in common.
ALIKE_REPORTS = f"""
{RARE},
pairs AS MATERIALIZED (
    SELECT one.report_id, other.report_id AS other_id, array_agg(one.word ORDER BY one.weight DESC, one.word) AS words
    FROM said one JOIN said other ON other.force_id = one.force_id AND other.word = one.word AND other.report_id <> one.report_id
    WHERE one.report_id = ANY(%(reports)s) GROUP BY one.report_id, other.report_id {ENOUGH}
),
yes AS MATERIALIZED (
    SELECT report_id, array_agg(question::text) AS questions FROM intelligence_significanceanswer WHERE answer = 'yes' GROUP BY report_id
)
SELECT pairs.report_id, pairs.other_id, pairs.words
FROM pairs LEFT JOIN yes one ON one.report_id = pairs.report_id LEFT JOIN yes other ON other.report_id = pairs.other_id
WHERE one.report_id IS NULL OR other.report_id IS NULL OR one.questions && other.questions
"""  # noqa: S608
# Whom the report names is known to be concerned.
ALIKE_METHODS = f"""
{RARE},
methods AS (SELECT nominal_id, force_id, word FROM intelligence_methodwords, unnest(lexemes) word WHERE {{asked_methods}}),
pairs AS MATERIALIZED (
    SELECT one.report_id, other.nominal_id, array_agg(one.word ORDER BY one.weight DESC, one.word) AS words
    FROM said one JOIN methods other ON other.force_id = one.force_id AND other.word = one.word
    WHERE {{asked_reports}} GROUP BY one.report_id, other.nominal_id {ENOUGH}
)
SELECT * FROM pairs WHERE NOT EXISTS (
    SELECT FROM intelligence_reportsubject named WHERE named.report_id = pairs.report_id AND named.nominal_id = pairs.nominal_id
)
"""  # noqa: S608
OF_REPORTS = ALIKE_METHODS.format(asked_methods="true", asked_reports="one.report_id = ANY(%(reports)s)")
OF_METHODS = ALIKE_METHODS.format(asked_methods="nominal_id = ANY(%(nominals)s)", asked_reports="true")


def find_links(asked: Asked, today: date) -> Found:
    """Return what may belong together with what is asked of, and why."""
    measure = measure_on(today)
    found: dict[Between, list[Reason]] = defaultdict(list)
    values: dict[str, Any] = {**asked.values(), **vars(measure), "metres": nearness_on(today).metres, "today": today}
    for statement, sides in ASKED_OF.items():
        for name, side in sides:
            for kind, one, other, ground, detail in run(statement.format(asked=side), **values) if values[name] else ():
                add(found, kind, one, other, reason_of(ground, detail))
    for one, other, reason in find_alike(asked, values):
        add(found, LinkKind.ALIKE.value, one, other, reason)
    return {between: sorted(reasons) for between, reasons in found.items()}


def add(found: dict[Between, list[Reason]], kind: str, one: str, other: str, reason: Reason) -> None:
    """Note a reason once."""
    first, second = sorted((one, other))
    reasons = found[Between(kind, (first, second))]
    if reason not in reasons:
        reasons.append(reason)


def reason_of(ground: str, detail: Any) -> Reason:
    """Put what a statement found into words."""
    if ground == "near":
        return near(float(detail))
    return alike_names(*detail.split("\n")) if ground == "name" else same_mark(ground, detail)


def find_alike(asked: Asked, values: dict[str, Any]) -> Iterable[tuple[str, str, Reason]]:
    """Return reports that are alike in rare words, with each other and with how somebody offends."""
    run("SET LOCAL enable_nestloop = off")  # nothing tells the planner how many words there are, and it would compare each with each
    pairs = run(ALIKE_REPORTS, **values) if asked.reports else []
    methods = [*(run(OF_REPORTS, **values) if asked.reports else []), *(run(OF_METHODS, **values) if asked.nominals else [])]
    run("SET LOCAL enable_nestloop = on")
    rows = {(min(pair), f"r{max(pair)}"): words for *pair, words in pairs} | {(one, f"n{other}"): words for one, other, words in methods}
    written = written_in({report for report, _ in rows}) if rows else {}
    for (report, other), words in rows.items():
        yield f"r{report}", other, shared_words([written.get((report, word), word) for word in words])
