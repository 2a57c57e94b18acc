"""Rules of system checks: when a source is asked again, when a round of checks began, and how a check may move on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from intelligence.choices.checks import CheckState, Failure
from offenders.choices import RiskLevel

MOVES: Mapping[CheckState, frozenset[CheckState]] = {
    CheckState.ASKED: frozenset({CheckState.ANSWERED, CheckState.FAILED}),
    CheckState.ANSWERED: frozenset(),
    CheckState.FAILED: frozenset(),
}
RETRY_AFTER = (15, 60, 240)  # seconds after the first, second and third failure; then the check has failed
PASSING = frozenset({Failure.TIMEOUT, Failure.OUTAGE})  # what may be over in a minute


def may_become(state: CheckState | str, new: CheckState | str) -> bool:
    """Whether a check may move from one state into the other."""
    return CheckState(new) in MOVES[CheckState(state)]


def retry_after(failure: Failure, failures: int) -> int | None:
    """Return after how many seconds to ask again once it has failed so often; None: no more."""
    if failure not in PASSING or not 1 <= failures <= len(RETRY_AFTER):
        return None
    return RETRY_AFTER[failures - 1]


def rule_for(level: int | None) -> str:
    """Return the clock rule of system checks at a level of risk."""
    return f"check-{RiskLevel(level).name.lower().replace('_', '-')}" if level else "check-not-set"


def round_began(wanted: Iterable[int], answered: Mapping[int, datetime], since: datetime) -> datetime | None:
    """Return the moment since which the present round of checks counts: when the last source of the round before was answered.

    `wanted` are the sources of a round, `answered` when each last answered. A source that never answered keeps the first round open,
    which counts from `since`, when the record was made. None: no source is wanted, so there is no round.
    """
    sources = list(wanted)
    if not sources:
        return None
    if any(source not in answered for source in sources):
        return since
    return max(since, min(answered[source] for source in sources))
