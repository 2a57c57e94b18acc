"""What in a text points at a person: a reference of a record, a date of birth, words that could be a name. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from offenders.search.words import words_of

REFERENCE = re.compile(r"\bV[\s\-–]?\d{6}\b", re.IGNORECASE)
BIRTH = re.compile(r"\b(born|dob|d\.o\.b\.?|date of birth)\b.{0,25}\d", re.IGNORECASE | re.DOTALL)
OTHERS = re.compile(r"[.!?;:\n]")  # no name goes on over these


def points_at_somebody(text: str) -> bool:
    """Say whether a text holds a reference of a record or a date of birth."""
    return bool(REFERENCE.search(text) or BIRTH.search(text))


def pairs_of(text: str) -> set[tuple[str, str]]:
    """Return the words that stand next to each other, as the search of names knows words."""
    found: set[tuple[str, str]] = set()
    for sentence in OTHERS.split(text):
        words = [word for chunk in sentence.split() for word in words_of(chunk)]
        found.update(pairwise(words))
    return found


def is_named(pair: tuple[str, str], given_names: str, surname: str) -> bool:
    """Say whether two neighbouring words are a given name and the surname of somebody, in either order."""
    given, family = set(words_of(given_names)), set(words_of(surname))
    return (pair[0] in given and pair[1] in family) or (pair[1] in given and pair[0] in family)
