"""The clocks of a row of disclosure, as pages show them: running, stopped, met or over, with how each date was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.utils.timezone import localtime, now

from actions.choices import ActionState
from actions.models import Action, ActionPause, ClockRule
from actions.rules import end_of

WHOLE = 100


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
    took: int | None  # days from start to end, once it is done
    share: int | None  # how much of the time has gone, in hundredths; None where nothing says

    @property
    def is_in_hours(self) -> bool:
        """Whether it runs out within a day, not with it."""
        return bool(self.action.late_from and localtime(self.action.late_from).time() != time.min)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each step of the reckoning: words and day."""
        return list(self.action.explanation)


def clocks_of(row: Model) -> list[Clock]:
    """Return every clock about a row that a rule reckons, oldest first; in a constant number of queries."""
    rows = Action.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk).exclude(rule_code="")
    actions = list(rows.prefetch_related("pauses__set_by").order_by("starts_at", "pk"))
    codes = {action.rule_code for action in actions}
    names = dict(ClockRule.objects.filter(code__in=codes).order_by("period").values_list("code", "name")) if codes else {}
    return [clock_of(action, names.get(action.rule_code, action.title), now()) for action in actions]


def clock_of(action: Action, name: str, at: datetime) -> Clock:
    """Return how one clock stands."""
    pause = next((each for each in action.pauses.all() if each.until is None), None) if action.state == ActionState.OPEN else None
    took = (localtime(action.closed_at).date() - localtime(action.starts_at).date()).days if action.closed_at else None
    return Clock(action, name, state_of(action, pause, at), pause, action.due, took, share_of(action, pause, at))


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
