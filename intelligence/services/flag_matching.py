"""Occurrences meet flags: one statement makes a delivery for each person whom a live flag tells of each event of a batch."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from actions.models import Occurrence
from intelligence.rules.flags import next_daily
from intelligence.services.flag_telling import tell_due

BATCH = 500

# A route is a flag with an event that it tells of, or a test of such a route. What a unit, a role or an agency is handed as an action is
# one delivery without a recipient; a route that names nobody who can be told is stored as having reached nobody.
DELIVERIES = """
WITH routes AS (
    SELECT occurrence.id AS occurrence_id, setting.id AS setting_id, NULL::bigint AS canary_id, setting.audience, setting.channel,
        setting.urgency, setting.user_id, setting.role, setting.unit_id, nominal.offender_manager_id AS manager_id, nominal.force_id,
        occurrence.raised_by_id, NULL::bigint AS watcher_id
    FROM actions_occurrence AS occurrence
    JOIN offenders_nominal AS nominal ON nominal.id = occurrence.nominal
    JOIN intelligence_flagsetting AS setting
        ON setting.nominal_id = nominal.id AND setting.kind = occurrence.kind AND setting.ended_on IS NULL
    WHERE occurrence.id = ANY(%(keys)s)
    UNION ALL
    SELECT occurrence.id, NULL, canary.id, canary.audience, canary.channel, 'at_once', canary.watcher_id, canary.role, watcher.unit_id,
        canary.watcher_id, watcher.organisation_id, NULL, canary.watcher_id
    FROM actions_occurrence AS occurrence
    JOIN intelligence_canary AS canary ON canary.occurrence_id = occurrence.id AND canary.kind = occurrence.kind
    JOIN accounts_user AS watcher ON watcher.id = canary.watcher_id
    WHERE occurrence.id = ANY(%(keys)s)
), told AS (
    SELECT routes.*, routes.channel = 'action' AND routes.audience IN ('unit', 'role', 'agency') AS is_shared, person.id AS recipient_id
    FROM routes
    LEFT JOIN LATERAL (
        SELECT candidate.id FROM (
            SELECT routes.manager_id AS id WHERE routes.audience = 'manager'
            UNION ALL
            SELECT routes.user_id WHERE routes.audience = 'user'
            UNION ALL
            SELECT member.id FROM accounts_user AS member
            WHERE routes.audience = 'unit' AND routes.channel <> 'action' AND member.unit_id = routes.unit_id
            UNION ALL
            SELECT holder.id FROM accounts_user AS holder
            JOIN accounts_user_groups AS held ON held.user_id = holder.id
            JOIN auth_group AS role ON role.id = held.group_id
            WHERE routes.audience = 'role' AND routes.channel <> 'action' AND role.name = routes.role
                AND holder.organisation_id = routes.force_id
        ) AS candidate
        JOIN accounts_user AS member ON member.id = candidate.id AND member.is_active
        WHERE candidate.id IS DISTINCT FROM routes.raised_by_id AND (routes.watcher_id IS NULL OR candidate.id = routes.watcher_id)
    ) AS person ON TRUE
)
INSERT INTO intelligence_flagdelivery (setting_id, canary_id, occurrence_id, recipient_id, state, due_at)
SELECT setting_id, canary_id, occurrence_id, recipient_id,
    CASE WHEN recipient_id IS NULL AND NOT is_shared THEN 'nobody' ELSE 'waiting' END,
    CASE WHEN urgency = 'daily' THEN %(daily)s ELSE %(now)s END
FROM told
ORDER BY occurrence_id, setting_id, recipient_id
ON CONFLICT DO NOTHING
"""


def match_occurrences(*, actor: User | None, now: datetime) -> int:
    """Match all that waits, and tell whoever is to be told at once; return how many occurrences were matched.

    Safe to run twice and at the same time: each batch is claimed, matched and marked in one transaction.
    """
    matched = 0
    while number := match_batch(now):
        matched += number
    tell_due(actor=actor, now=now)
    return matched


@transaction.atomic
def match_batch(now: datetime) -> int:
    """Match the oldest that nobody else is matching; return how many."""
    waiting = Occurrence.objects.filter(matched_at__isnull=True).order_by("pk").select_for_update(skip_locked=True)
    keys = list(waiting.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES, {"keys": keys, "daily": next_daily(now), "now": now})
    return Occurrence.objects.filter(pk__in=keys).update(matched_at=now)
