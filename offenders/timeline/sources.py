"""Every subject that has something to say on the line of time; subjects of apps above the records are named by the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from offenders.models import Nominal
from offenders.timeline import Entry, case_file, records
from offenders.timeline.confidential import confidential_entries
from offenders.timeline.custody import custody_events
from offenders.timeline.documents import document_entries
from offenders.timeline.meetings import meeting_entries
from offenders.timeline.registration import entries_of_registration
from offenders.timeline.risk import risk_entries
from offenders.timeline.visits import visits

# Each returns the newest events of a record before a moment, already narrowed by for_user, at most as many as asked.
Source = Callable[[User, Nominal, datetime, int], Iterable[Entry]]
SOURCES: list[Source] = [
    records.of_risk,
    records.of_card,
    records.of_notices,
    records.of_identity,
    records.of_record,
    case_file.of_entries,
    case_file.of_contacts,
    case_file.of_markings,
    entries_of_registration,
    document_entries,
    visits,
    risk_entries,
    meeting_entries,
    custody_events,
    confidential_entries,
]


def every_source() -> list[Source]:
    """Return the sources of the records themselves and those that apps above add."""
    return [*SOURCES, *map(import_string, settings.TIMELINE_SOURCES)]
