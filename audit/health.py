"""How the log does, for whoever runs the service; and what a check of the system is, for every app (see `HEALTH_CHECKS`).

Checks read figures that name nobody. The name of each is a heading of the runbook in docs/operations.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditlog.models import LogEntry
from django.db.models import Max, TextChoices
from django.utils.text import slugify
from django.utils.timezone import now

from audit.choices import CheckState
from audit.models import Event, Seal
from audit.reports import LATE, last_check


class State(TextChoices):
    """How something does."""

    GOOD = "good", "Good"
    LOOK = "look", "Look at it"
    BAD = "bad", "Bad"


@dataclass(frozen=True)
class Reading:
    """What a check found: the state, the figure in words, and as a number for metrics where there is one."""

    state: State
    figure: str
    value: float | None = None


@dataclass(frozen=True)
class Check:
    """One thing to look at, and what to do when it is not good."""

    name: str
    what_to_do: str
    look: Callable[[], Reading]

    @property
    def code(self) -> str:
        """The label in metrics, and the anchor in the runbook."""
        return slugify(self.name)


def check(name: str, what_to_do: str) -> Callable[[Callable[[], Reading]], Check]:
    """Make a check of a function."""
    return lambda look: Check(name, what_to_do, look)


def graded(value: float, figure: str, *, look: float, bad: float) -> Reading:
    """Return the reading of a number that is worse the higher it is."""
    return Reading(State.BAD if value >= bad else State.LOOK if value >= look else State.GOOD, figure, value)


def lasted(span: timedelta | float) -> str:
    """Say how long something lasts, in its largest unit."""
    seconds = max(0, round(span.total_seconds() if isinstance(span, timedelta) else span))
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if (number := seconds // size) >= (2 if unit != "minute" else 1):
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


@check("Sealing", "See whether the worker runs and has DATABASE_AUDIT_URL.")
def sealing() -> Reading:
    """How old the oldest entry of the log is that no seal holds yet."""
    oldest = oldest_unsealed()
    if oldest is None:
        return Reading(State.GOOD, "Everything is sealed", 0)
    age = now() - oldest
    return graded(age.total_seconds(), f"Oldest entry without a seal: {lasted(age)}", look=LATE.total_seconds(), bad=3600)


def oldest_unsealed() -> datetime | None:
    """Return when the first entry was added that no seal holds."""
    ends = Seal.objects.aggregate(event=Max("event_to"), entry=Max("entry_to"))
    firsts = (
        Event.objects.filter(pk__gt=ends["event"] or 0).order_by("pk").values_list("at", flat=True).first(),
        LogEntry.objects.filter(pk__gt=ends["entry"] or 0).order_by("pk").values_list("timestamp", flat=True).first(),
    )
    return min((first for first in firsts if first), default=None)


@check("Verification of the log", "Repair nothing; tell the information security officer. The page Seal of the log names the place.")
def verification() -> Reading:
    """How the last verification ended, and how long ago."""
    last = last_check()
    if last is None or last.finished_at is None:
        return Reading(State.LOOK, "Never verified")
    age = now() - last.finished_at
    if last.state == CheckState.BROKEN:
        return Reading(State.BAD, f"Not whole, found {lasted(age)} ago", age.total_seconds())
    return graded(age.total_seconds(), f"Whole, verified {lasted(age)} ago", look=2 * 86_400, bad=8 * 86_400)
