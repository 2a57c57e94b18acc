"""What disclosure adds to a record's line of time: that an application exists, where its managers may know. Settings name it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from disclosure.models import ApplicationMarker
from offenders.timeline import Entry, Kind

if TYPE_CHECKING:
    from accounts.models import User
    from offenders.models import Nominal


def of_applications(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """That an application exists, when its managers were let know, and why; nothing of who is in it or deals with it."""
    rows = ApplicationMarker.objects.for_user(user).filter(nominal=nominal, told_at__lt=before)
    for row in rows.order_by("-told_at", "-pk")[:limit]:
        yield Entry(row.told_at, Kind.DISCLOSURE, gettext("There is an application under a disclosure scheme"), row.reason)
