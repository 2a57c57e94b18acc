"""Visits on the line of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from offenders.choices.visits import VisitState
from offenders.models import Nominal, Visit
from offenders.timeline import Entry, Kind


def visits(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterator[Entry]:
    """Yield visits that were made or tried before a moment, the newest first."""
    rows = Visit.objects.for_user(user).filter(nominal=nominal, happened_at__lt=before).select_related("officer", "second_officer")
    for visit in rows.order_by("-happened_at")[:limit]:
        title = gettext("Visit") if visit.state == VisitState.DONE else gettext("Visit without reply")
        url = reverse("offenders:visit", args=[nominal.reference, visit.public_id])
        yield Entry(visit.happened_at, Kind.VISIT, title, visit.said or visit.seen, ", ".join(visit.officers), url)
