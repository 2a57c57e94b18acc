"""Calendar files: references, times and places only, never a name; private to whoever imports them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.timezone import localtime, now
from icalendar import Calendar
from icalendar import Event as Entry


@dataclass(frozen=True)
class Event:
    """One entry. `uid` stays the same when the event changes, so that calendars replace it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""


def make_calendar(events: Iterable[Event]) -> bytes:
    """Return an iCalendar file of these events, in local time with its time zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vigil//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        entry = Entry()
        entry.add("uid", event.uid)
        entry.add("dtstamp", now().astimezone(UTC))
        entry.add("dtstart", localtime(event.starts_at))
        entry.add("dtend", localtime(event.ends_at))
        entry.add("summary", event.summary)
        entry.add("class", "PRIVATE")
        if event.location:
            entry.add("location", event.location)
        if event.description:
            entry.add("description", event.description)
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
