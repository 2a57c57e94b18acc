"""What a border alert said, and what came of comparing it with the nominals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offenders.search.births import Birth

INDEX_VERSION = 1  # of the comparison: another number when the same facts may give another weight


class Verdict(StrEnum):
    """What may happen with an alert."""

    FILE = "file"  # by itself
    TRIAGE = "triage"  # a person must look
    NONE = "none"  # nobody on record is like it


@dataclass(frozen=True)
class AlertFacts:
    """What the border said; nothing else is compared. Names and number as given, in any script; each may be empty.

    Nationality is not compared: records hold none.
    """

    key: int
    surname: str
    given_names: str
    birth: Birth | None
    document_number: str
    nationality: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a nominal or, below nought, against: how many times likelier it makes them, as a power of two."""

    words: str
    weight: float


@dataclass(frozen=True)
class Candidate:
    """A nominal who may be the traveller. `score` is how likely, from 0 to 1."""

    nominal_id: int
    score: float
    reasons: tuple[Reason, ...]
    is_certain: bool
    has_twin: bool


@dataclass(frozen=True)
class Match:
    """What came of one alert, candidates best first, with what is needed to explain it later: by which thresholds, by which comparison."""

    key: int
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    threshold_id: int | None
    index_version: int = INDEX_VERSION
