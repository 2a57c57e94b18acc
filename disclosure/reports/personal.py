"""What is held about a person, source by source, as somebody may read it; to collect it, and for the person to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Address, Contact, Name, Nominal
from sharing.rules.passages import split_passages

Passage = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A table that holds something about a person."""

    name: str
    heading: str


@dataclass(frozen=True)
class Piece:
    """One thing held."""

    key: str
    heading: str
    label: str
    text: str


MODELS: dict[str, Any] = {"offenders.name": Name, "offenders.address": Address, "offenders.contact": Contact}
HEADINGS = {"offenders.name": "Names", "offenders.address": "Addresses", "offenders.contact": "Conversations"}


def held_sources() -> list[Source]:
    """Return the sources."""
    return [Source(name, heading) for name, heading in HEADINGS.items()]


def may_read(user: User, nominal: Nominal, source: Source) -> bool:
    """Whether the user may read it."""
    return may(user, Perm.VIEW_CARD if source.name == "offenders.name" else Perm.VIEW_CASE_FILE, nominal)


def read_source(user: User, nominal: Nominal, source: Source) -> list[Piece]:
    """Return what it holds."""
    rows = MODELS[source.name].objects.for_user(user).filter(nominal=nominal).order_by("pk")
    return [Piece(f"{source.name}:{row.pk}", source.heading, str(row.get_kind_display() if hasattr(row, "kind") else "Conversation"),
                  str(getattr(row, "full_name", "") or getattr(row, "words", "") or getattr(row, "text", ""))) for row in rows]  # fmt: skip


def suggest(user: User, nominal: Nominal, pieces: Sequence[Piece]) -> list[list[Passage]]:
    """Return the passages of each."""
    return [[{"text": part, "keep": None, "code": "", "found": []} for part in split_passages(piece.text)] for piece in pieces]
