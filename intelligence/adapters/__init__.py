"""The ways to other systems, behind one interface: a question goes in, a normalised answer or a named failure comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from intelligence.choices.checks import CheckResult, Failure


@dataclass(frozen=True)
class Query:
    """What a source is told: the question's own number, and of the person only what this source needs."""

    number: str
    name: tuple[str, str] | None = None  # surname, given names
    birth: str = ""  # 1971-03-14, 1971-03 or 1971
    numbers: Mapping[str, list[str]] = field(default_factory=dict)  # kind of number to canonical values


@dataclass(frozen=True)
class Result:
    """What a source answered, in the words of Vigil whatever its own are."""

    result: CheckResult
    reference: str = ""
    records_found: int | None = None
    last_entry_on: date | None = None
    details: str = ""


class AdapterError(Exception):
    """A source gave no answer that can be used. Holds no words of the source: they might name the person."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.label)
        self.failure = failure


class Adapter(Protocol):
    """One way to a source."""

    def ask(self, query: Query) -> Result:
        """Return the answer; AdapterError when there is none."""
