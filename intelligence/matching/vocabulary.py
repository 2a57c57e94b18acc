"""The words of many alerts at once: which words on record each may stand for, and how many names hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, digits
from typing import NamedTuple

from django.db import connection

from offenders.search.spellings import Known, fetch_words, nearest, splits
from offenders.search.words import PARTICLES, nicknames, words_of

NEAR_ENOUGH = 0.8
MOST_NEAR = 12
INITIALS = frozenset(f"{letter}." for letter in f"{ascii_lowercase}{digits}")
# Letters with which one name begins in different spellings.
SAME_INITIALS = tuple(map(frozenset, ("ckqx", "jygi", "vwfu", "sz", "aeo", "kgh")))

# An estimate that costs nothing; a table that nobody has looked at yet counts as empty.
COUNT_NAMES = "SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = 'offenders_name'::regclass"
EXACT_WORDS = "SELECT text, id, frequency FROM offenders_word WHERE text = ANY (%s)"


class NameWords(NamedTuple):
    """A name in plain words, particles such as "al" left out; an initial is a word of one letter.

    `every`: all words, given names first. `ends`: the surname written as one word, and the first given name; either may be empty.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    every: tuple[str, ...]
    ends: tuple[str, str]

    @classmethod
    def of(cls, given: tuple[str, ...], surname: tuple[str, ...]) -> NameWords:
        """Put the parts of a name together."""
        return cls(given, surname, given + surname, ("".join(surname), given[0] if given else ""))


@lru_cache(maxsize=50_000)
def read_name(given_names: str, surname: str) -> NameWords:
    """Take a name of any script apart."""
    return NameWords.of(told(given_names), told(surname))


@lru_cache(maxsize=50_000)
def told(part: str) -> tuple[str, ...]:
    """Return the words of a part of a name without its particles, unless there is nothing else."""
    words = words_of(part)
    return words if PARTICLES.isdisjoint(words) else tuple(word for word in words if word not in PARTICLES) or words


@dataclass
class Vocabulary:
    """What the words of a batch may stand for."""

    names: int
    exact: dict[str, int] = field(default_factory=dict)
    frequency: dict[str, int] = field(default_factory=dict)
    near: dict[str, tuple[int, ...]] = field(default_factory=dict)
    apart: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)

    def read_exact(self, texts: Iterable[str]) -> None:
        """Look up words as they stand."""
        wanted = sorted({text for text in texts if text not in self.frequency})
        with connection.cursor() as cursor:
            cursor.execute(EXACT_WORDS, [wanted])
            for text, key, frequency in cursor.fetchall():
                self.exact[text], self.frequency[text] = key, frequency

    def standing_for(self, word: str) -> tuple[int, ...]:
        """Return the keys of all words on record that the word may stand for."""
        return self.near.get(word, ())

    def any_of(self, word: str) -> str:
        """Return the keys of all words that the word may stand for in the language of intarray; empty without any."""
        if word not in self.written:
            keys = self.standing_for(word)
            self.written[word] = f"({'|'.join(map(str, keys))})" if keys else ""
        return self.written[word]

    def initials(self, word: str) -> str:
        """Return the keys of the initials with which the word may begin, with commas between."""
        if word not in self.begun:
            self.begun[word] = ",".join(str(self.exact.get(f"{letter}.", 0)) for letter in initials_of(word))
        return self.begun[word]


@lru_cache(maxsize=20_000)
def initials_of(word: str) -> frozenset[str]:
    """Return the letters with which the word, its short and full forms and its other spellings begin."""
    forms = {word} | nicknames.nicknames_of(word) | nicknames.canonicals_of(word) if len(word) > 1 else {word}
    first = {form[0] for form in forms}
    return frozenset(first.union(*(same for same in SAME_INITIALS if not first.isdisjoint(same))))


def count_names() -> int:
    """Return about how many names are on record."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_NAMES)
        return int(cursor.fetchone()[0])


def read_vocabulary(names: Iterable[NameWords], in_any_spelling: Iterable[NameWords], known_names: int) -> Vocabulary:
    """Look up the words of all these names, in two statements.

    A word that is on record stands for itself, since most people are written as they are known; one that is not stands for those nearest
    to it. The words of names `in_any_spelling` stand for all that are near, known or not: they come without a date that finds the person.
    """
    every = {word for name in names for word in name.every}
    pairs = {one + other for name in names for one, other in pairwise(name.every) if len(one) > 1 < len(other)}
    vocabulary = Vocabulary(known_names)
    vocabulary.read_exact(every | pairs | INITIALS)
    unknown = {word for word in every if word not in vocabulary.exact and len(word) > 1}
    wanted = sorted(unknown | {word for name in in_any_spelling for word in name.every if len(word) > 1})
    parts = {word: splits(word) for word in unknown}
    found = fetch_words(wanted, [part for pairs_of in parts.values() for pair in pairs_of for part in pair]) if wanted else {}
    for word in every:
        vocabulary.near[word] = near_ids(word, found.get(word, []), vocabulary)
    for word, pairs_of in parts.items():
        vocabulary.apart[word] = together(pairs_of, found)
    return vocabulary


def near_ids(word: str, found: list[Known], vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the word itself and the nearest others; for an initial, its own entry alone."""
    if len(word) == 1:
        return tuple(key for key in [vocabulary.exact.get(f"{word}.")] if key)
    near = [match.ids[0] for match in nearest(word, found) if match.weight >= NEAR_ENOUGH]
    own = vocabulary.exact.get(word)
    return tuple(dict.fromkeys([*([own] if own else []), *near[:MOST_NEAR]]))


def together(pairs: list[tuple[str, str]], found: dict[str, list[Known]]) -> list[tuple[int, int]]:
    """Return the pairs of known words that were written as one."""
    known = {part: entry.id for pair in pairs for part in pair for entry in found.get(part, []) if entry.text == part}
    return [(known[one], known[other]) for one, other in pairs if one in known and other in known]
