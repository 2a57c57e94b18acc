"""Reading the line of time: the sources together, newest first, cut at a moment so that nothing is lost or shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from offenders.timeline import Entry, Kind
from offenders.timeline.moments import TICK
from offenders.timeline.sources import every_source

if TYPE_CHECKING:
    from accounts.models import User
    from offenders.models import Nominal

PAGE = 30
EARLIEST = datetime(1850, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """A stretch of the line: what happened, newest first; the moment below which more stands; kinds met on the way."""

    entries: list[Entry]
    next_before: datetime | None
    kinds: list[Kind]


def read_timeline(user: User, nominal: Nominal, before: datetime, kind: str = "", size: int = PAGE) -> Page:
    """Return what happened before a moment, of one kind or of any.

    Each source gives its newest entries. Where one was cut, only what is newer than its last entry is sure to be whole; the
    rest is asked for again, in larger portions, until the page is full or every source is at its end.
    """
    found: list[Entry] = []
    kinds: set[Kind] = set()
    portion, sources = 2 * size + 1, every_source()
    while True:
        batches = [list(islice(source(user, nominal, before, portion), portion)) for source in sources]
        horizon = max((min(entry.at for entry in batch) for batch in batches if len(batch) == portion), default=None)
        sure = [entry for batch in batches for entry in batch if horizon is None or entry.at > horizon]
        kinds |= {entry.kind for entry in sure}
        found += [entry for entry in sure if not kind or entry.kind == kind]
        if horizon is None or len(found) > size:
            break
        before, portion = horizon + TICK, portion * 2
    return cut(found, size, horizon is not None, [kind for kind in Kind if kind in kinds])


def cut(found: list[Entry], size: int, is_more: bool, kinds: list[Kind]) -> Page:
    """Cut a page between two moments, so that what happened at one moment stays together."""
    found.sort(key=lambda entry: entry.at, reverse=True)
    if len(found) <= size:
        return Page(found, None, kinds)
    last = found[size - 1].at
    shown = [entry for entry in found if entry.at >= last]
    return Page(shown, last if is_more or len(shown) < len(found) else None, kinds)


def moment_of(text: str, otherwise: datetime) -> datetime:
    """Read the moment that an address carries; anything else stands for `otherwise`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return otherwise
    return moment if moment.tzinfo and EARLIEST < moment < otherwise else otherwise
