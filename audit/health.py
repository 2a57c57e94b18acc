"""How the log does, for whoever runs the service; and what a check of the system is, for every app (see `HEALTH_CHECKS`).

Checks read figures that name nobody. The name of each is a heading of the runbook in docs/operations.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditlog.models import LogEntry
from django.db import connection
from django.db.models import Max, TextChoices
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from audit.choices import CheckState
from audit.models import Event, Seal
from audit.reports import LATE, last_check

# Parts of the log for months to come, and whether entries stand in the part for all others.
AHEAD = """
SELECT count(*), EXISTS (SELECT FROM audit_event_other) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = 'audit_event'::regclass AND relname ~ '^audit_event_[0-9]{4}_[0-9]{2}$'
    AND relname > to_char(now() AT TIME ZONE 'UTC', '"audit_event_"YYYY_MM')
"""


class State(TextChoices):
    """How something does."""

    GOOD = "good", _("Good")
    LOOK = "look", _("Look at it")
    BAD = "bad", _("Bad")


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
    days, hours, minutes = seconds // 86_400, seconds // 3600, seconds // 60
    if days > 1:
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if hours > 1:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    if minutes:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}


@check(gettext_noop("Sealing"), gettext_noop("See whether the worker runs and has DATABASE_AUDIT_URL."))
def sealing() -> Reading:
    """How old the oldest entry of the log is that no seal holds yet."""
    oldest = oldest_unsealed()
    if oldest is None:
        return Reading(State.GOOD, gettext("Everything is sealed"), 0)
    age = now() - oldest
    words = gettext("Oldest entry without a seal: %(age)s") % {"age": lasted(age)}
    return graded(age.total_seconds(), words, look=LATE.total_seconds(), bad=3600)


@check(
    gettext_noop("Months of the log"),
    gettext_noop("Look at the job that makes them. Nothing is lost: entries then stand in the part for all others."),
)
def months() -> Reading:
    """For how many months to come the log has its part, and whether entries stand in the part for what has none."""
    with connection.cursor() as cursor:
        cursor.execute(AHEAD)
        ahead, others = cursor.fetchone()
    if others:
        return Reading(State.BAD, gettext("Entries stand outside the months"), ahead)
    words = ngettext("%(number)s month ahead", "%(number)s months ahead", ahead) % {"number": ahead}
    return Reading(State.GOOD if ahead else State.LOOK, words, ahead)


def oldest_unsealed() -> datetime | None:
    """Return when the first entry was added that no seal holds."""
    ends = Seal.objects.aggregate(event=Max("event_to"), entry=Max("entry_to"))
    firsts = (
        Event.objects.filter(pk__gt=ends["event"] or 0).order_by("pk").values_list("at", flat=True).first(),
        LogEntry.objects.filter(pk__gt=ends["entry"] or 0).order_by("pk").values_list("timestamp", flat=True).first(),
    )
    return min((first for first in firsts if first), default=None)


@check(
    gettext_noop("Verification of the log"),
    gettext_noop("Repair nothing; tell the information security officer. The page Seal of the log names the place."),
)
def verification() -> Reading:
    """How the last verification ended, and how long ago."""
    last = last_check()
    if last is None or last.finished_at is None:
        return Reading(State.LOOK, gettext("Never verified"))
    age = now() - last.finished_at
    if last.state == CheckState.BROKEN:
        return Reading(State.BAD, gettext("Not whole, found %(age)s ago") % {"age": lasted(age)}, age.total_seconds())
    return graded(age.total_seconds(), gettext("Whole, verified %(age)s ago") % {"age": lasted(age)}, look=2 * 86_400, bad=8 * 86_400)
