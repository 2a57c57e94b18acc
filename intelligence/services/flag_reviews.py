"""The nightly check: each record with a flag that is due gets one review and one action, by statements that take many records at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Max, Min

from accounts.choices import Nation
from accounts.models import User
from actions.choices import ActionState
from actions.reports import RuleBook, reckon_clock
from actions.rules import start_of
from audit.choices import Verb
from audit.context import current
from intelligence.choices.flags import ReviewState
from intelligence.models import FlagReview, FlagSetting

RULE = KIND = "flag-review"
ROUTE = "intelligence:flag-review"
WINDOW = 20_000  # keys of records that one transaction takes

# The key of the action is drawn with the review, so that neither row is written twice. Whoever comes second finds the open review.
STATEMENT = """
WITH clock (nation, late_from, explanation) AS (
    SELECT * FROM unnest(%(nations)s::text[], %(late_from)s::timestamptz[], %(explanations)s::jsonb[])
), due AS (
    SELECT setting.nominal_id, min(setting.review_due_on) AS due_on
    FROM intelligence_flagsetting AS setting
    JOIN offenders_nominal AS nominal ON nominal.id = setting.nominal_id AND nominal.merged_into_id IS NULL
    WHERE setting.ended_on IS NULL AND setting.review_due_on <= %(on)s AND setting.nominal_id >= %(low)s AND setting.nominal_id < %(high)s
    GROUP BY setting.nominal_id
), review AS (
    INSERT INTO intelligence_flagreview (public_id, nominal_id, due_on, state, action_id)
    SELECT gen_random_uuid(), due.nominal_id, due.due_on, %(open_review)s, nextval(pg_get_serial_sequence('actions_action', 'id'))
    FROM due
    WHERE NOT EXISTS (
        SELECT FROM intelligence_flagreview AS standing WHERE standing.nominal_id = due.nominal_id AND standing.state = 'open'
    )
    ON CONFLICT (nominal_id) WHERE state = 'open' DO NOTHING
    RETURNING id, nominal_id, action_id
), action AS (
    INSERT INTO actions_action (
        id, public_id, key, kind, title, detail, nominal, subject_type, subject_id, route, force_id, unit_id, owner_unit_id, owner_role,
        raised_by_id, rule_code, starts_at, late_from, explanation, escalation, state, outcome, late_reason, version
    )
    SELECT review.action_id, gen_random_uuid(), %(kind)s || '-' || review.id, %(kind)s, 'Review of flags, ' || nominal.reference,
        %(detail)s, review.nominal_id, %(subject)s, review.id, %(route)s, nominal.force_id, nominal.unit_id, nominal.unit_id, '',
        %(actor)s, %(rule)s, %(starts_at)s, clock.late_from, clock.explanation, 0, %(open_action)s, '', '', 1
    FROM review
    JOIN offenders_nominal AS nominal ON nominal.id = review.nominal_id
    JOIN accounts_organisation AS force ON force.id = nominal.force_id
    JOIN clock ON clock.nation = force.nation
    RETURNING id, nominal
)
INSERT INTO audit_event (actor_id, acting_role, verb, subject_type, subject_id, nominal, reason, channel, ip_address, request_id, detail)
SELECT %(actor)s, %(acting_role)s, %(verb)s, 'actions.action', action.id, action.nominal, '', %(channel)s, NULL, %(request)s, %(event)s
FROM action
"""
DETAIL = "Say of each flag that is due whether it stays, changes or ends, and why."


def check_flag_reviews(*, actor: User | None, on: date) -> int:
    """Raise a review and an action for each record with a flag that is due on a day and no open review; return how many.

    Right for any day. Running it twice, or two at once, raises nothing twice. Each window of records is a transaction of its own.
    """
    span = FlagSetting.objects.to_review(on).order_by().aggregate(low=Min("nominal"), high=Max("nominal"))
    if span["low"] is None:
        return 0
    fixed = parameters(actor, on)
    windows = range(span["low"], span["high"] + 1, WINDOW)
    return sum(check_window({**fixed, "low": low, "high": low + WINDOW}) for low in windows)


@transaction.atomic
def check_window(values: dict[str, Any]) -> int:
    """Do it for the records of some keys."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        return int(cursor.rowcount)


def parameters(actor: User | None, on: date) -> dict[str, Any]:
    """Return what is the same for every record: the clock of each nation, and the circumstances for the trail."""
    starts_at, book, now = start_of(on), RuleBook.of([RULE], on), current()
    clocks = [reckon_clock(book, RULE, starts_at=starts_at, nation=nation) for nation in Nation.values]
    explanations = [json.dumps([asdict(line) for line in clock.lines], cls=DjangoJSONEncoder) for clock in clocks]
    return {
        "on": on, "actor": actor.pk if actor else None, "kind": KIND, "rule": RULE, "route": ROUTE, "detail": DETAIL,
        "starts_at": starts_at, "subject": FlagReview._meta.label_lower, "nations": list(Nation.values),
        "late_from": [clock.late_from for clock in clocks], "explanations": explanations,
        "open_review": ReviewState.OPEN.value, "open_action": ActionState.OPEN.value, "verb": Verb.CREATED.value,
        "acting_role": now.acting_role, "channel": str(now.channel), "request": now.request_id,
        "event": json.dumps({"act": "Action raised", "kind": KIND}),
    }  # fmt: skip
