"""Rules of visits: which moves a visit may make, which clock counts for a level of risk, and from which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.rules import LONDON, start_of
from offenders.choices import RiskLevel
from offenders.choices.visits import VisitState

S = VisitState
# What may become of a visit. What has happened, or was called off, stays so; its words can be corrected.
MOVES: Mapping[VisitState, frozenset[VisitState]] = {
    S.PLANNED: frozenset({S.DONE, S.NO_REPLY, S.CANCELLED}),
    S.DONE: frozenset(),
    S.NO_REPLY: frozenset(),
    S.CANCELLED: frozenset(),
}
LONGEST_TEXT = 5000


@dataclass(frozen=True)
class Cycle:
    """What the next visit is reckoned from: the rule of the level, and the day from which it counts."""

    rule: str
    start: date

    @property
    def starts_at(self) -> datetime:
        """The first moment of the day, in local time."""
        return start_of(self.start)


def may_move(before: VisitState | str, after: VisitState | str) -> bool:
    """Whether a visit in one state may come into the other."""
    return VisitState(after) in MOVES[VisitState(before)]


def rule_for(level: int | None) -> str:
    """Return the code of the clock rule for a level of risk; a level that nobody has set counts as the most urgent."""
    return f"visit-{RiskLevel(level).name.lower().replace('_', '-')}" if level else "visit-not-set"


def cycle_for(
    *, level: int | None, registered: date, last_visit: date | None, suspended_until: date | None, is_suspended: bool
) -> Cycle | None:
    """Return the clock of the next visit; None in reactive management and in custody.

    It counts from the last visit carried out, else from registration; never from before visits began to fall due again.
    """
    if is_suspended:
        return None
    start = last_visit or registered
    return Cycle(rule_for(level), max(start, suspended_until) if suspended_until else start)


def days_overdue(late_from: datetime | None, now: datetime) -> int:
    """Return how many days something is late, counted from the day after its last day; 0 while it is in time."""
    if late_from is None or now < late_from:
        return 0
    return (now.astimezone(LONDON).date() - late_from.astimezone(LONDON).date()).days + 1
