"""What open text could give away of text that is kept apart: the marks of a text, and which of them tell something.

A mark is a short normal form: a telephone number, a postcode, an address, a mail address or online name, a pair of names, a single rare
name, a run of five words. Marks are compared as keyed digests; the confidential text itself is never read for it again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from offenders.rules.leak_words import COMMON, NAMES, STREETS

RUN = 5
FEWEST_TELLING = 2  # words of a run that are not common ones
SHORTEST_NAME = 3
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
PHONE = re.compile(r"(?<![\w])(?:\+44|0)[\d\s().-]{8,16}\d")
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
ONLINE = re.compile(r"[\w.+-]*@[\w.-]+\w")
VEHICLE = re.compile(r"\b([A-Z]{2}\d{2})\s?([A-Z]{3})\b", re.IGNORECASE)
ADDRESS = re.compile(rf"\b(\d{{1,4}}[a-z]?),?\s+((?:[^\W\d_]+['’]?\s+){{1,3}}(?:{'|'.join(STREETS)}))\b", re.IGNORECASE)
ENDINGS = ("ed", "ing", "ly", "tion", "ment", "ness", "able", "ous", "ful")
SENTENCE_END = re.compile(r"[.!?:\n]\W*$")


@dataclass(frozen=True)
class Limit:
    """How many warnings an hour one person may cause on one record before every text of theirs is held up, from a day on."""

    since: date
    warnings: int
    within: timedelta
    source: str


LIMITS = (Limit(date(2026, 1, 1), 5, timedelta(hours=1), "Access policy of the service (docs/decisions/0010-leak-check.md)"),)


def limit_on(day: date) -> Limit:
    """Return the limit that holds on this day."""
    return max((limit for limit in LIMITS if limit.since <= day), key=lambda limit: limit.since)


@dataclass(frozen=True)
class Word:
    """One word: folded, and whether it was written as a name is, inside a sentence or at its beginning."""

    text: str
    is_capital: bool
    opens_sentence: bool


def fold(text: str) -> str:
    """Take away case, accents and the shape of apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain.removesuffix("'s")


def words_of(text: str) -> list[Word]:
    """Split a text into words."""
    found = []
    for match in WORD.finditer(unicodedata.normalize("NFKC", text)):
        raw = match.group()
        before = match.string[: match.start()]
        opens = not before.strip() or bool(SENTENCE_END.search(before[-4:]))
        found.append(Word(fold(raw), raw[:1].isupper(), opens))
    return found


def fixed_marks(text: str) -> Iterator[str]:
    """Marks with a form of their own."""
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        yield "phone " + re.sub(r"^440?", "0", digits)
    for match in POSTCODE.finditer(text):
        yield "postcode " + "".join(match.groups()).casefold()
    for match in VEHICLE.finditer(text):
        yield "vehicle " + "".join(match.groups()).casefold()
    for match in ONLINE.finditer(text):
        yield "online " + match.group().casefold().lstrip("@")
    for match in ADDRESS.finditer(text):
        yield f"address {match.group(1).casefold()} {' '.join(fold(match.group(2)).split())}"


def runs(words: list[Word]) -> Iterator[str]:
    """Runs of five words that say something."""
    for start in range(len(words) - RUN + 1):
        run = [word.text for word in words[start : start + RUN]]
        if len({word for word in run if word not in COMMON and not word.isdigit()}) >= FEWEST_TELLING:
            yield "run " + " ".join(run)


def is_name(word: Word) -> bool:
    """Whether a word of confidential text looks like somebody's or some place's name and is no common word.

    Any word opens a sentence with a capital: there, words that end as verbs and the like do are left out.
    """
    if not word.is_capital or len(word.text) < SHORTEST_NAME or word.text in COMMON or not word.text.replace("'", "").isalpha():
        return False
    return not (word.opens_sentence and word.text.endswith(ENDINGS))


def marks_to_keep(text: str, known: Iterable[str]) -> set[str]:
    """Return the marks of a confidential text that are not known from open texts (`known`) anyway."""
    words, open_marks = words_of(text), set().union(*(marks_to_compare(each) for each in known))
    kept = {*fixed_marks(text), *runs(words)}
    kept |= {f"name {word.text}" for word in words if is_name(word)}
    pairs = pairwise(words)
    kept |= {
        f"pair {first.text} {second.text}"
        for first, second in pairs
        if first.is_capital and second.is_capital and not second.opens_sentence and not {first.text, second.text} <= COMMON - NAMES
    }
    return kept - open_marks


def marks_to_compare(text: str) -> set[str]:
    """Return every mark that an open text could share with a confidential one, however it was written."""
    words = words_of(text)
    marks = {*fixed_marks(text), *runs(words)}
    marks |= {f"name {word.text}" for word in words if len(word.text) >= SHORTEST_NAME and word.text not in COMMON}
    return marks | {f"pair {first.text} {second.text}" for first, second in pairwise(words)}
