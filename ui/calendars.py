"""Dates for people's own calendars: one file for one download, with references and never a person's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.timezone import now
from icalendar import Calendar
from icalendar import Event as Entry

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Event:
    """Something with a beginning and an end. `uid` stays the same when it moves; `summary` holds a reference, never a name."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""


def make_calendar(events: Iterable[Event]) -> bytes:
    """Return a calendar file of these events: private, in British time, with the time zone spelt out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vigil//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = now()
    for event in events:
        calendar.add_component(entry_of(event, stamp))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def entry_of(event: Event, stamp: datetime) -> Entry:
    """Return one event as the format writes it."""
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", stamp)
    entry.add("dtstart", event.starts_at.astimezone(LONDON))
    entry.add("dtend", event.ends_at.astimezone(LONDON))
    entry.add("summary", event.summary)
    entry.add("class", "PRIVATE")
    for name, text in (("location", event.location), ("description", event.description)):
        if text:
            entry.add(name, text)
    return entry


def calendar_response(calendar: bytes, name: str) -> HttpResponse:
    """Return the answer that hands over a calendar file; `name` is made of references."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
