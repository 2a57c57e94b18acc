"""What a decision under the disclosure schemes rests on, and what the words to say must not tell. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.choices.applications import Ground, Scheme
from disclosure.choices.outcomes import PresumptionTest
from disclosure.rules.applications import Presumption
from offenders.rules.leaks import fixed_marks, marks_to_compare, marks_to_keep, runs, words_of


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at for a test of the presumption."""

    test: PresumptionTest
    words: str
    on: date
    source: str
    is_met: bool

    def stored(self) -> dict[str, Any]:
        """Return it as a decision keeps it."""
        return {"test": self.test.value, "words": self.words, "on": self.on.isoformat(), "source": self.source, "is_met": self.is_met}


def finding_of(stored: dict[str, Any]) -> Finding:
    """Return one that a decision keeps."""
    return Finding(**{**stored, "test": PresumptionTest(stored["test"]), "on": date.fromisoformat(stored["on"])})


def presumption_of(findings: Iterable[Finding]) -> Presumption:
    """Return whether each test is met by anything that was looked at."""
    met = {finding.test for finding in findings if finding.is_met}
    return Presumption(has_convictions=PresumptionTest.CONVICTIONS in met, is_serious=PresumptionTest.HARM in met)


def grounds_for(scheme: str, presumption: Presumption | None) -> list[Ground]:
    """Return on what a decision to disclose may rest; the presumption only under the child scheme, and only where it holds."""
    holds = scheme == Scheme.CHILD and presumption is not None and presumption.holds
    return [*([Ground.PRESUMPTION] if holds else []), Ground.MAPPA, Ground.COMMON_LAW]


def tells_who_applied(text: str, name: str, identity: str, account: str, known: Iterable[str]) -> bool:
    """Whether words to say could tell who applied: by their name, by what else identifies them, or by repeating their account at length.

    `known` is what whoever is told knows of the others anyway. Of a name each part counts, however common a word it is.
    """
    known = list(known)
    given = set().union(*(marks_to_compare(each) for each in known))
    parts = {word.text for word in words_of(name)} - {word.text for each in known for word in words_of(each)}
    is_named = any(word.is_capital and word.text in parts for word in words_of(text))
    kept = marks_to_keep(f"{name}\n{identity}", known) | ({*fixed_marks(account), *runs(words_of(account))} - given)
    return is_named or bool(kept & marks_to_compare(text))


def safe_cell(value: str | int) -> str | int:
    """Return a cell of a file for spreadsheets that no program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
