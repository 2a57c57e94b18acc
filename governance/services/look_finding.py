"""Looks for what is unusual in what was added to the trail: one statement for each rule, safe to run twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate, now

from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from governance.choices.looks import SPANS, Sign
from governance.models import LookRule, LookSweep, UnusualLook
from governance.rules.looks import key_of, why

FIRST_LOOK = timedelta(days=1)  # how far back the first run goes
OVERLAP = timedelta(minutes=15)  # an event counts from the moment when its request began, and stands once that has ended
MOST_EVENTS = 200

# Opening a record by hand, by a person. Whatever varies is a parameter.
LOOKED = "e.verb IN ('viewed', 'printed', 'exported') AND e.channel IN ('web', 'api') AND e.nominal IS NOT NULL"
FRESH = f"""
    fresh AS (
        SELECT DISTINCT e.actor_id, e.nominal FROM audit_event e JOIN accounts_user u ON u.id = e.actor_id
        WHERE e.at >= %(since)s AND e.at < %(until)s AND {LOOKED} AND NOT u.is_service
    )"""  # noqa: S608
LINKED = """(
    n.offender_manager_id = u.id OR n.unit_id = u.unit_id
    OR EXISTS (SELECT FROM offenders_partnership p WHERE p.nominal_id = n.id AND p.unit_id = u.unit_id AND p.ended_at IS NULL)
    OR EXISTS (SELECT FROM offenders_nominalusergrant g WHERE g.content_object_id = n.id AND g.user_id = u.id AND g.expires_at > e.at)
)"""
BY_RECORD = f"""
    WITH {FRESH}
    SELECT u.id, u.organisation_id, n.id, array_agg(e.id ORDER BY e.id), min(e.at), max(e.at), count(*)
    FROM fresh JOIN accounts_user u ON u.id = fresh.actor_id JOIN offenders_nominal n ON n.id = fresh.nominal
    JOIN audit_event e ON e.nominal = n.id AND e.actor_id = u.id AND e.at >= %(until)s - %(span)s AND e.at < %(until)s AND {LOOKED}
    WHERE {{condition}} GROUP BY u.id, u.organisation_id, n.id HAVING count(*) >= %(least)s"""  # noqa: S608
SURNAME = """
    n.offender_manager_id <> u.id AND u.last_name <> ''
    AND EXISTS (SELECT FROM offenders_name m WHERE m.nominal_id = n.id AND lower(m.surname) = lower(u.last_name))"""
COLLEAGUE = f"""
    NOT {LINKED} AND EXISTS (
        SELECT FROM offenders_name m JOIN accounts_user c
        ON c.organisation_id = u.organisation_id AND c.id <> u.id AND c.first_name <> '' AND c.is_active
        AND lower(c.last_name) = lower(m.surname) AND lower(c.first_name) = lower(split_part(m.given_names, ' ', 1))
        WHERE m.nominal_id = n.id
    )"""
# Records that neither stand in the person's own work nor came up in a search of theirs just before.
UNLINKED = f"""
    unlinked AS (
        SELECT e.id, e.actor_id, u.organisation_id, e.nominal AS thing, e.at
        FROM audit_event e JOIN accounts_user u ON u.id = e.actor_id JOIN offenders_nominal n ON n.id = e.nominal
        WHERE e.at >= %(since)s - %(span)s AND e.at < %(until)s AND {LOOKED} AND NOT u.is_service AND NOT {LINKED}
        AND NOT EXISTS (
            SELECT FROM audit_event s WHERE s.actor_id = e.actor_id AND s.verb = 'searched' AND s.at > e.at - %(span)s AND s.at <= e.at
            AND s.detail -> 'ids' @> to_jsonb(e.nominal)
        )
    )"""  # noqa: S608
REFUSED = """
    unlinked AS (
        SELECT e.id, e.actor_id, u.organisation_id, e.id AS thing, e.at
        FROM audit_event e JOIN accounts_user u ON u.id = e.actor_id
        WHERE e.at >= %(since)s - %(span)s AND e.at < %(until)s AND e.verb IN ('refused', 'not found') AND NOT u.is_service
    )"""
IN_A_ROW = """
    WITH {rows}
    SELECT last.actor_id, last.organisation_id, NULL::bigint, array_agg(earlier.id ORDER BY earlier.id), min(earlier.at), last.at,
        count(DISTINCT earlier.thing)
    FROM unlinked last JOIN unlinked earlier
    ON earlier.actor_id = last.actor_id AND earlier.at <= last.at AND earlier.at > last.at - %(span)s
    WHERE last.at >= %(since)s
    GROUP BY last.actor_id, last.organisation_id, last.id, last.at HAVING count(DISTINCT earlier.thing) >= %(least)s
    ORDER BY last.at"""
NO_LINK = (
    """
    WITH fresh AS (
        SELECT DISTINCT e.actor_id FROM audit_event e
        WHERE e.at >= %(since)s AND e.at < %(until)s AND e.verb = 'stated reason' AND e.detail ->> 'permission' = 'view_case_file'
    )
    SELECT u.id, u.organisation_id, NULL::bigint, array_agg(e.id ORDER BY e.id), min(e.at), max(e.at), count(DISTINCT e.nominal)
    FROM fresh JOIN accounts_user u ON u.id = fresh.actor_id
    JOIN audit_event e ON e.actor_id = u.id AND e.at >= %(until)s - %(span)s AND e.at < %(until)s
    AND e.verb = 'stated reason' AND e.detail ->> 'permission' = 'view_case_file'
    JOIN offenders_nominal n ON n.id = e.nominal
    WHERE NOT """  # noqa: S608
    + LINKED
    + """ GROUP BY u.id, u.organisation_id HAVING count(DISTINCT e.nominal) >= %(least)s"""
)
# Whoever usually works at that hour is found at once by the index; only what is unusual reads a whole history.
HOURS = f"""
    WITH fresh AS (
        SELECT e.actor_id, date_trunc('day', e.at AT TIME ZONE 'Europe/London') AS day,
            extract(hour FROM e.at AT TIME ZONE 'Europe/London')::int AS hour,
            array_agg(e.id ORDER BY e.id) AS events, min(e.at) AS first_at, max(e.at) AS last_at
        FROM audit_event e JOIN accounts_user u ON u.id = e.actor_id
        WHERE e.at >= %(since)s AND e.at < %(until)s AND {LOOKED} AND NOT u.is_service GROUP BY 1, 2, 3
    )
    SELECT u.id, u.organisation_id, NULL::bigint, fresh.events, fresh.first_at, fresh.last_at, past.days
    FROM fresh JOIN accounts_user u ON u.id = fresh.actor_id
    CROSS JOIN LATERAL (
        SELECT fresh.day AT TIME ZONE 'Europe/London' - %(span)s AS since, fresh.day AT TIME ZONE 'Europe/London' AS until
    ) span
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT date_trunc('day', h.at AT TIME ZONE 'Europe/London')) AS days FROM audit_event h
        WHERE h.actor_id = u.id AND h.at >= span.since AND h.at < span.until
    ) past
    WHERE NOT EXISTS (
        SELECT FROM (
            SELECT abs(extract(hour FROM h.at AT TIME ZONE 'Europe/London')::int - fresh.hour) AS off FROM audit_event h
            WHERE h.actor_id = u.id AND h.at >= span.since AND h.at < span.until
        ) usual WHERE least(off, 24 - off) <= %(margin)s
    ) AND past.days >= %(least)s ORDER BY fresh.first_at"""  # noqa: S608
STATEMENTS: dict[str, str] = {
    Sign.SURNAME: BY_RECORD.format(condition=SURNAME),
    Sign.COLLEAGUE: BY_RECORD.format(condition=COLLEAGUE),
    Sign.MANY: IN_A_ROW.format(rows=UNLINKED),
    Sign.REFUSALS: IN_A_ROW.format(rows=REFUSED),
    Sign.NO_LINK: NO_LINK,
    Sign.HOURS: HOURS,
}


@dataclass(frozen=True)
class Found:
    """What a rule found: looks of one person, perhaps at one record, and the number that made them unusual."""

    person: int
    force: int
    nominal: int | None
    events: list[int]
    first_at: datetime
    last_at: datetime
    number: int


@transaction.atomic
def find_unusual_looks(*, actor: User | None, until: datetime | None = None) -> list[UnusualLook]:
    """Apply the rules of today to what was added to the trail since the last run, and return what is new.

    One run at a time, in the system's own name or in that of whoever asks for it.
    """
    until = until or now()
    LookSweep.objects.get_or_create(pk=1, defaults={"until": until - FIRST_LOOK})
    sweep = LookSweep.objects.select_for_update().get(pk=1)
    since = min(sweep.until, until) - OVERLAP
    rows = [
        look_of(rule, found) for rule in LookRule.objects.on(localdate(until)).order_by("code") for found in apply_rule(rule, since, until)
    ]
    first = {row.key: row for row in reversed(rows)}
    known = set(UnusualLook.objects.filter(key__in=first).values_list("key", flat=True))
    new = UnusualLook.objects.bulk_create([row for key, row in first.items() if key not in known])
    if new:
        record_event(Verb.CREATED, act="Unusual looks found", rows=UnusualLook._meta.label_lower, ids=[look.pk for look in new])
    sweep.until = max(sweep.until, until)
    sweep.save(update_fields=["until"])
    return new


def apply_rule(rule: LookRule, since: datetime, until: datetime) -> Iterator[Found]:
    """Yield what one rule finds, oldest first where one thing may be found several times."""
    span = timedelta(**{SPANS[rule.code]: rule.span})
    values: dict[str, Any] = {"since": since, "until": until, "span": span, "least": rule.least, "margin": rule.margin}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[rule.code], values)
        rows = cursor.fetchall()
    yield from (Found(*row) for row in rows)


def look_of(rule: LookRule, found: Found) -> UnusualLook:
    """Make a row of what was found."""
    return UnusualLook(
        key=key_of(rule.code, rule.span, found.person, found.nominal, found.last_at), force_id=found.force, person_id=found.person,
        rule=rule, nominal=found.nominal, why=why(rule, found.number, len(found.events)), events=found.events[-MOST_EVENTS:],
        first_at=found.first_at, last_at=found.last_at,
    )  # fmt: skip
