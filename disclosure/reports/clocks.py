"""The clocks of a row of disclosure, as pages show them: running, stopped, met or over, with how each date was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.utils.timezone import localtime, now
from django.utils.translation import ngettext

from accounts.models import User
from actions.choices import ActionState
from actions.models import Action, ActionPause, ClockRule
from actions.rules import end_of

WHOLE = 100
HOURS_SHOWN = 48


class ClockState(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"  # it runs, and its time is over
    MET = "met"
    OVER = "over"  # done after its time
    ENDED = "ended"  # no longer needed


@dataclass(frozen=True)
class Clock:
    """One clock of a row."""

    action: Action
    name: str
    state: ClockState
    pause: ActionPause | None
    due: datetime | None
    share: int | None  # how much of the time has gone, in hundredths; None where nothing says
    is_open_to_reader: bool  # whether its action can be opened

    @property
    def is_in_hours(self) -> bool:
        """Whether it runs out within a day, not with it."""
        return bool(self.action.late_from and localtime(self.action.late_from).time() != time.min)

    @property
    def took(self) -> str:
        """How long it took once it is done, in whole hours up to two days, then in days."""
        hours = int((self.action.closed_at - self.action.starts_at).total_seconds() // 3600) if self.action.closed_at else 0
        days = hours // 24
        if hours < HOURS_SHOWN:
            return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each step of the reckoning: words and day."""
        return list(self.action.explanation)


def clocks_of(user: User, row: Model) -> list[Clock]:
    """Return every clock about a row that a rule reckons, oldest first, for a reader of the row; in a constant number of queries."""
    rows = Action.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk).exclude(rule_code="")
    actions = list(rows.prefetch_related("pauses__set_by").order_by("starts_at", "pk"))
    codes = {action.rule_code for action in actions}
    names = dict(ClockRule.objects.filter(code__in=codes).order_by("period").values_list("code", "name")) if codes else {}
    open_to = set(Action.objects.for_user(user).filter(pk__in=[action.pk for action in actions]).values_list("pk", flat=True))
    return [clock_of(action, names.get(action.rule_code, action.title), action.pk in open_to, now()) for action in actions]


def clock_of(action: Action, name: str, is_open_to_reader: bool, at: datetime) -> Clock:
    """Return how one clock stands."""
    pause = next((each for each in action.pauses.all() if each.until is None), None) if action.state == ActionState.OPEN else None
    return Clock(action, name, state_of(action, pause, at), pause, action.due, share_of(action, pause, at), is_open_to_reader)


def state_of(action: Action, pause: ActionPause | None, at: datetime) -> ClockState:
    """Say where a clock stands at a moment."""
    if action.state == ActionState.CANCELLED:
        return ClockState.ENDED
    is_late = action.late_from is not None and (action.closed_at or at) >= action.late_from
    if action.state == ActionState.DONE:
        return ClockState.OVER if is_late else ClockState.MET
    return ClockState.PAUSED if pause else ClockState.LATE if is_late else ClockState.RUNNING


def share_of(action: Action, pause: ActionPause | None, at: datetime) -> int | None:
    """Return how much of a clock's time has gone by this moment, by its end, or by the day on which it was stopped."""
    end = action.late_from or last_day(action)
    if end is None or end <= action.starts_at:
        return None
    until = end_of(pause.since - timedelta(days=1)) if pause else action.closed_at or at
    return max(0, min(WHOLE, round(WHOLE * (until - action.starts_at) / (end - action.starts_at))))


def last_day(action: Action) -> datetime | None:
    """Return when a stopped clock would have run out, by the last step of its reckoning that led to a day."""
    days = [line["day"] for line in action.explanation[2:] if line["day"]]
    if not days:
        return None
    return datetime.fromisoformat(days[-1]) if "T" in days[-1] else end_of(date.fromisoformat(days[-1]))
