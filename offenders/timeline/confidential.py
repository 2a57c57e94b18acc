"""Confidential sections on the line of time: for those who may read the section, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.access import row_security
from accounts.models import User
from offenders.models import ConfidentialSection, Nominal
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence


def confidential_entries(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return when sections that this user may see were added and closed; of their text nothing."""
    url = reverse("offenders:confidential", args=[nominal.reference])
    with row_security(user):
        seen = ConfidentialSection.objects.for_user(user).filter(nominal=nominal)
        added = list(seen.filter(added_at__lt=before).select_related("owner").order_by("-added_at")[:limit])
        closed = list(seen.filter(closed_at__lt=before).select_related("closed_by").order_by("-closed_at")[:limit])
    kept = gettext("Kept apart: %(kind)s")
    entries = [
        Entry(row.added_at, Kind.APART, kept % {"kind": in_sentence(row.get_kind_display())}, who=row.owner.display_name, url=url)
        for row in added
    ]
    entries += [
        Entry(row.closed_at, Kind.APART, gettext("Section kept apart was closed"), who=row.closed_by.display_name, url=f"{url}?show=closed")
        for row in closed
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]
