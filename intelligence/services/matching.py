"""From which likelihood on a border alert files itself: a new row from today on, the one before closed, none overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from intelligence.models import MatchingThreshold
from ui.templatetags.ui import date_words

CHANGING = 7_316_027  # the advisory lock of whoever changes thresholds


@transaction.atomic
def set_thresholds(*, actor: User | None, starts_on: date, **values: Any) -> MatchingThreshold:
    """Let measured thresholds hold from a day on. Without an actor it is the system's operator, by a command."""
    if actor is not None:
        authorise(actor, Perm.CHANGE_RULES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGING])
    latest = MatchingThreshold.objects.order_by("period").last()
    if latest is not None:
        close(latest, starts_on)
    new = MatchingThreshold.objects.create(**values, period=DateRange(starts_on, None), set_by=actor)
    told = {name: values[name] for name in ("upper", "lower", "precision", "precision_at_least", "recall", "pairs")}
    record_event(Verb.CHANGED, new, act="Matching thresholds set", starts_on=starts_on.isoformat(), **told)
    return new


def close(latest: MatchingThreshold, starts_on: date) -> None:
    """End the row before. One that began the same day or later has decided already, or was set for later, and is not overwritten."""
    begun = cast(date, latest.period.lower)
    if begun >= starts_on:
        said = gettext_noop("Thresholds that hold from {begun} are set already. Choose a later day.")
        raise DomainError(said, begun=date_words(begun), field="starts_on")
    if latest.period.upper is None or latest.period.upper > starts_on:
        latest.period = DateRange(begun, starts_on)
        latest.save(update_fields=["period"])
