"""Every subject that has something to say on the line of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from accounts.models import User
from offenders.models import Nominal
from offenders.timeline import Entry
from offenders.timeline.meetings import meeting_entries

# Each returns the newest events of a record before a moment, already narrowed by for_user, at most as many as asked.
Source = Callable[[User, Nominal, datetime, int], Iterable[Entry]]
SOURCES: list[Source] = [
    meeting_entries,
]
