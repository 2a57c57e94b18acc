"""One line of time of a record: each subject says which of its events a reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from offenders.models import Nominal


@dataclass(frozen=True)
class Entry:
    """Something that happened: when, what kind of thing, in a few words, and the page where it stands."""

    at: datetime
    kind: str  # a word of the filter: "visit", "contact", "risk", ...
    title: str
    text: str = ""
    who: str = ""
    url: str = ""


# Each returns the newest events of a record before a moment, already narrowed by for_user, at most as many as asked.
Source = Callable[[User, Nominal, datetime, int], Iterable[Entry]]
SOURCES: list[Source] = []
