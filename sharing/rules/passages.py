"""Cutting a text into passages, and joining those that stay. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from sharing.choices.decisions import Known
from sharing.choices.releases import RemovedTold

# A passage ends after the marks that end a sentence, with the space that follows, or with a line.
END = re.compile(r"(?<=[.!?])\s+|\n+")
PHONE = re.compile(r"(?<![\w-])(?:\+44\s?|0)(?:[\s()-]*\d){8,10}(?!\w)")
GAP = "[removed]"

Passage = dict[str, Any]  # text, keep (None while undecided) and code (why it does not stay)

NAMES = gettext_noop("Names somebody else who is on record")
PHONES = gettext_noop("Holds a telephone number")
APART = gettext_noop("May repeat what is kept apart")
# Whoever reads the copy must not learn from the reason that there is a victim, a source or a tactic to know of.
TOLD = frozenset(RemovedTold.values)
SENSITIVE_CODES = frozenset({"victim", "informant"})  # passages on which a second person looks
GATED = frozenset({"sensitive", "confidential"})  # classes of information that stand behind a gate


def split_passages(text: str) -> list[str]:
    """Cut a text into sentences and lines, each with the space after it: joined they give the text back. Empty text has none."""
    parts, begin = [], 0
    for mark in END.finditer(text):
        parts.append(text[begin : mark.end()])
        begin = mark.end()
    return [part for part in (*parts, text[begin:]) if part]


def undecided(text: str) -> list[Passage]:
    """Return a text as passages of which nobody has said yet whether they stay."""
    return [{"text": part, "keep": None, "code": ""} for part in split_passages(text)]


def whole_of(passages: Iterable[Passage]) -> str:
    """Return the text as it stood when it was chosen."""
    return "".join(each["text"] for each in passages)


def kept_of(passages: Iterable[Passage]) -> str:
    """Return what stays, in order, with a mark where something was; made of the passages that stay, never by hiding the others."""
    words = [each["text"] if each["keep"] else GAP + space_after(each["text"]) for each in passages]
    return "".join(words).strip()


def space_after(text: str) -> str:
    """Return the space with which a passage ends."""
    return text[len(text.rstrip()) :]


def removed_of(passages: Iterable[Passage]) -> list[str]:
    """Return why passages were taken out, as the recipient may know it."""
    codes = [each["code"] if each["code"] in TOLD else RemovedTold.WITHHELD.value for each in passages if not each["keep"]]
    return list(dict.fromkeys(codes))


def is_undecided(passages: Iterable[Passage]) -> bool:
    """Say whether somebody must still decide about a passage."""
    return any(each["keep"] is None for each in passages)


def is_anything_left(items: Iterable[Any]) -> bool:
    """Say whether a passage stays of anything that is not left out because the recipient has it."""
    return any(each["keep"] for item in items if item.known != Known.LEAVE_OUT for each in item.passages)


def needs_second_person(data_class: str, passages: Iterable[Passage], is_apart: bool = False) -> bool:
    """Say whether somebody else must look: sensitive and confidential things, passages of victims or informants."""
    return data_class in GATED or is_apart or any(each["code"] in SENSITIVE_CODES for each in passages)


def found_by(text: str, names: Sequence[str], is_apart: bool = False) -> list[str]:
    """Return which rules suggest that somebody looks twice at a passage, in words."""
    said = text.casefold()
    named = any(re.search(rf"\b{re.escape(name.casefold())}\b", said) for name in names if name)
    return [words for words, is_met in ((NAMES, named), (PHONES, bool(PHONE.search(text))), (APART, is_apart)) if is_met]
