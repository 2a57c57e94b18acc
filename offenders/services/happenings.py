"""What the calendar makes happen: duties that were missed and orders that end soon, noted once each for flags."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction

from accounts.models import User
from actions.choices import Happening
from actions.models import ClockRule
from actions.rules import end_of
from actions.services.occurrences import match_later
from offenders.choices.registration import DutyState
from offenders.models import CourtOrder, NotificationDuty
from offenders.services.orders import EXPIRY

MISSED = """
INSERT INTO actions_occurrence (kind, nominal, at, raised_by_id, subject_type, subject_id, route, key, is_canary)
SELECT %(kind)s, duty.nominal_id, %(at)s, %(actor)s, %(subject)s, duty.id, 'offenders:registration', %(kind)s || '-' || duty.id, FALSE
FROM offenders_notificationduty AS duty
JOIN offenders_nominal AS nominal ON nominal.id = duty.nominal_id AND nominal.merged_into_id IS NULL
WHERE duty.state = %(due)s AND duty.due_on < %(today)s
ON CONFLICT (key) DO NOTHING
"""
EXPIRING = """
INSERT INTO actions_occurrence (kind, nominal, at, raised_by_id, subject_type, subject_id, route, key, is_canary)
SELECT %(kind)s, action.nominal, %(at)s, %(actor)s, action.subject_type, action.subject_id, 'offenders:registration',
    %(kind)s || '-' || action.id, FALSE
FROM actions_action AS action
WHERE action.kind = %(waits)s AND action.state = 'open' AND action.subject_type = %(subject)s AND action.late_from <= %(until)s
ON CONFLICT (key) DO NOTHING
"""


@transaction.atomic
def note_what_is_due(*, actor: User | None, today: date) -> int:
    """Note duties whose last day has passed, and orders whose review before their end is near; return how many were new.

    How near says the rule of that review (the days before its time on which its owner is reminded). Twice is the same as once.
    """
    warn_days = ClockRule.objects.on(today).filter(code=EXPIRY).values_list("warn_days", flat=True).first() or 0
    common = {"actor": actor.pk if actor else None, "at": end_of(today - timedelta(days=1))}
    missed = {"kind": Happening.DUTY_MISSED.value, "subject": NotificationDuty._meta.label_lower, "due": DutyState.DUE.value}
    expiring = {"kind": Happening.ORDER_EXPIRING.value, "subject": CourtOrder._meta.label_lower, "waits": EXPIRY}
    with connection.cursor() as cursor:
        cursor.execute(MISSED, {**common, **missed, "today": today})
        noted = int(cursor.rowcount)
        cursor.execute(EXPIRING, {**common, **expiring, "until": end_of(today + timedelta(days=warn_days))})
        noted += int(cursor.rowcount)
    if noted:
        match_later(actor=actor)
    return noted
