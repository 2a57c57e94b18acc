"""What a request for one's own data needs, and what of it goes out: made of the passages that stay. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from accounts.errors import DomainError
from disclosure.choices.subject_access import Answer
from sharing.rules.passages import Passage, is_undecided, kept_of

KEEP = "keep"
ON_A_PAGE = 40  # passages
MONTHS_IN_ALL = 2  # by which the time may be extended


class Decided(Protocol):
    """A thing held, with its passages."""

    heading: str
    label: str
    passages: list[Passage]


@dataclass(frozen=True)
class Tally:
    """How far a request is: passages, and things that a second person must read."""

    items: int = 0
    passages: int = 0
    undecided: int = 0
    unread: int = 0
    kept: int = 0
    removed: int = 0

    @property
    def decided(self) -> int:
        """Passages on which somebody decided."""
        return self.passages - self.undecided


def decide(passages: Sequence[Passage], choices: Sequence[str]) -> list[Passage]:
    """Return passages with what was chosen of each: keep, a ground on which it is removed, or nothing yet."""
    said = {KEEP: True, "": None}
    return [
        each | {"keep": said.get(choice, False), "code": "" if choice in said else choice}
        for each, choice in zip(passages, choices, strict=True)
    ]


def choices_of(passages: Iterable[Passage]) -> list[str]:
    """Return what was chosen of each passage."""
    return [KEEP if each["keep"] else each["code"] for each in passages]


def keep_plain(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages with those kept on which nobody has decided and no rule suggests a look."""
    return [each | {"keep": True} if each["keep"] is None and not each["found"] else each for each in passages]


def reopen(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages with those undecided again that a second person reads: what was removed, and what rules suggested."""
    return [each | {"keep": None, "code": ""} if needs_second([each]) else each for each in passages]


def needs_second(passages: Iterable[Passage]) -> bool:
    """Whether a second person reads it: something is removed, or stays although a rule suggested a look."""
    return any(each["keep"] is False or (each["keep"] and each["found"]) for each in passages)


def contents_of(items: Iterable[Decided]) -> list[dict[str, str]]:
    """Return what goes out; of a thing of which nothing stays there is no trace."""
    kept = (item for item in items if any(each["keep"] for each in item.passages))
    return [{"heading": item.heading, "label": item.label, "text": kept_of(item.passages)} for item in kept]


def told_of(items: Iterable[Decided], told_as: Mapping[str, str], otherwise: str) -> list[str]:
    """Return why something is left out, as the person may read it: each once, in alphabetical order; `otherwise` of a silent ground."""
    codes = {each["code"] for item in items for each in item.passages if each["keep"] is False}
    return sorted({told_as.get(code) or otherwise for code in codes})


def answer_of(items: Sequence[Decided], contents: Sequence[Any]) -> Answer:
    """Return which answer it is."""
    if not items:
        return Answer.NOTHING
    return Answer.BUNDLE if contents else Answer.WITHHELD


def seal_of(**sealed: Any) -> str:
    """Return the hash (SHA-256, hexadecimal) of what goes out, written in one way."""
    return sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def pages_of(items: Iterable[Decided]) -> list[list[Any]]:
    """Cut things into pages of about as many passages; a thing is never cut."""
    pages: list[list[Any]] = []
    room = 0
    for item in items:
        if not pages or room < len(item.passages):
            pages.append([])
            room = ON_A_PAGE
        pages[-1].append(item)
        room -= len(item.passages)
    return pages


def tally(rows: Iterable[tuple[list[Passage], bool, bool, bool]]) -> Tally:
    """Count things: their passages, whether somebody decided, whether a second person must read, whether one has."""
    items = passages = undecided = unread = kept = removed = 0
    for parts, has_decided, must_be_read, was_read in rows:
        items += 1
        passages += len(parts)
        open_ones = sum(each["keep"] is None for each in parts)
        undecided += open_ones if has_decided or open_ones else len(parts)
        kept += sum(each["keep"] is True for each in parts)
        removed += sum(each["keep"] is False for each in parts)
        unread += has_decided and must_be_read and not was_read and not is_undecided(parts)
    return Tally(items, passages, undecided, unread, kept, removed)


def lacks(tally: Tally) -> list[DomainError]:
    """Return what a bundle still needs, each with how much of it."""
    found = []
    if tally.undecided == 1:
        found.append(DomainError("Decide about each passage: 1 passage is undecided."))
    elif tally.undecided:
        found.append(DomainError("Decide about each passage: {number} passages are undecided.", number=tally.undecided))
    if tally.unread == 1:
        found.append(DomainError("Have a second person read what needs it: 1 thing is unread."))
    elif tally.unread:
        found.append(DomainError("Have a second person read what needs it: {number} things are unread.", number=tally.unread))
    return found
