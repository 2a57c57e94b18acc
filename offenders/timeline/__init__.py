"""One line of time of a record: each subject says which of its events a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """Something that happened: when, what kind of thing, in a few words, and the page where it stands."""

    at: datetime
    kind: str  # a word of the filter: "visit", "contact", "risk", ...
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
