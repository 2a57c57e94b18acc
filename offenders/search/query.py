"""Reads what somebody typed in the one box: numbers, a date of birth, and what is left as a name."""
from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from offenders.choices import IdentifierKind
from offenders.rules import canonical_identifier
from offenders.search.births import Birth, find_birth
from offenders.search.words import without_particles, words_of

MOST_QUERY_WORDS = 8
LABELS = re.compile(
    r"(?<!\w)(?:pnc|cro|visor|vrm|dob|born|tel|phone|mobile|passport|reg)(?:\s+(?:no|number|id)\b)?\.?\s*:?\s+(?=\S)", re.IGNORECASE
)
REFERENCE = re.compile(r"(?<!\w)V-?(\d{1,10})(?!\w)", re.IGNORECASE)
# Numbers whose form says what they are.
PNC_OR_CRO = r"(?:SF\d{2}\s?/\s?\d{1,6}|\d{1,6}\s?/\s?\d{2}|(?:\d{4}|\d{2})\s?[/-]\s?\d{1,7}|\d{11})\s?[A-Z](?![/-])"
PHONE = r"(?:\+|\(?0)[\d()][\d\s().-]{7,18}\d(?!/)"
PRISON = r"[A-Z]\d{4}[A-Z]{2}"
VEHICLE = r"(?:[A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])"
FORMS: tuple[tuple[tuple[IdentifierKind, ...], re.Pattern[str]], ...] = tuple(
    (kinds, re.compile(rf"(?<![\w/]){form}(?!\w)", re.IGNORECASE))
    for kinds, form in (
        ((IdentifierKind.PNC, IdentifierKind.CRO), PNC_OR_CRO),
        ((IdentifierKind.PHONE,), PHONE),
        ((IdentifierKind.PRISON,), PRISON),
        ((IdentifierKind.VEHICLE,), VEHICLE),
    )
)
# Anything else with a figure in it may be a number of one of these kinds, or part of an online name.
VAGUE = (IdentifierKind.PASSPORT, IdentifierKind.VISOR, IdentifierKind.VEHICLE, IdentifierKind.CRO)
WITH_FIGURE = re.compile(r"(?<!\S)\S*\d\S*(?!\S)")

Number = tuple[str, str]


@dataclass
class Query:
    """What somebody looks for."""

    words: tuple[str, ...] = ()
    birth: Birth | None = None
    references: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)

    @property
    def is_number(self) -> bool:
        """Whether nothing but numbers was typed, so that one match is surely the person meant."""
        return bool(self.references or self.numbers) and not self.words and self.birth is None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.birth or self.references or self.numbers)


def read_query(text: str, today: date) -> Query:
    """Take the text apart; ValueError says what is wrong with a number or date in it."""
    query = Query()
    rest = LABELS.sub(" ", unicodedata.normalize("NFKC", text))
    rest = take_references(rest, query)
    rest = take_forms(rest, query)
    query.birth, rest = find_birth(rest, today)
    rest = take_vague(rest, query)
    query.words = without_particles(words_of(rest)[:MOST_QUERY_WORDS])
    return query


def read_numbers(text: str) -> Query:
    """Take only references and numbers of a known form out of running text; what looks like one and is none is passed over."""
    query = Query()
    rest = take_references(LABELS.sub(" ", unicodedata.normalize("NFKC", text)), query)
    for kinds, pattern in FORMS:
        for found in pattern.findall(rest):
            with suppress(ValueError):
                query.numbers += canonical_numbers(kinds, found)
    return query


def take_references(text: str, query: Query) -> str:
    """Take our own references out of the text."""
    query.references = [f"V-{int(number):06}" for number in REFERENCE.findall(text)]
    return REFERENCE.sub(" ", text)


def take_forms(text: str, query: Query) -> str:
    """Take numbers out whose form says what they are."""
    for kinds, pattern in FORMS:
        for found in pattern.findall(text):
            query.numbers += canonical_numbers(kinds, found)
        text = pattern.sub(" ", text)
    return text


def canonical_numbers(kinds: tuple[IdentifierKind, ...], text: str) -> list[Number]:
    """Return the number in the form of each kind that it fits; ValueError, in the words of the first kind, when none."""
    fitting, errors = [], []
    for kind in kinds:
        try:
            fitting.append((str(kind), canonical_identifier(kind, text)))
        except ValueError as error:
            errors.append(error)
    if not fitting:
        raise next((error for error in errors if "check letter" in str(error)), errors[0])
    return fitting


def take_vague(text: str, query: Query) -> str:
    """Note what may be a number; what holds letters too may as well be a name, and stays."""
    for found in WITH_FIGURE.findall(text):
        for kind in VAGUE:
            try:
                query.numbers.append((str(kind), canonical_identifier(kind, found)))
            except ValueError:
                continue
    return WITH_FIGURE.sub(lambda found: found[0] if any(char.isalpha() for char in found[0]) else " ", text)
