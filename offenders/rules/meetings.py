"""Rules of MAPPA referrals, meetings and minutes: legal bases by day, allowed moves, who decides a level, what minutes need."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from offenders.choices import MappaCategory, MappaLevel
from offenders.choices.meetings import DisclosureDecision, MeetingState, MinutesState
from ui.languages import StrOrPromise


@dataclass(frozen=True)
class Basis:
    """Why the law counts somebody under a category, and in which time it did."""

    code: str
    category: MappaCategory
    words: StrOrPromise
    source: str
    since: date
    until: date | None = None  # the first day on which it no longer counts

    def counts_on(self, day: date) -> bool:
        """Whether the law said so on this day."""
        return self.since <= day and (self.until is None or day < self.until)


ACT = "Criminal Justice Act 2003"
SINCE_2004, SINCE_2022 = date(2004, 4, 5), date(2022, 6, 28)
ONE, TWO, THREE, FOUR = MappaCategory
BASES = (
    Basis("registered", ONE, _("Registered: subject to notification for sexual offences"), f"{ACT}, s.327(2)", SINCE_2004),
    Basis(
        "custody-12-months",
        TWO,
        _("Violent or sexual offence: 12 months of custody or more"),
        f"{ACT}, s.327(3)(a), (b)(i)",
        SINCE_2004,
    ),
    Basis(
        "suspended-12-months",
        TWO,
        _("Violent or sexual offence: suspended sentence of 12 months or more"),
        f"{ACT}, s.327(3)",
        SINCE_2004,
    ),
    Basis("hospital", TWO, _("Violent or sexual offence: hospital or guardianship order"), f"{ACT}, s.327(4)", SINCE_2004),
    Basis("barred", TWO, _("Barred from working with children because of an offence"), f"{ACT}, s.327(5)", SINCE_2004),
    Basis("other-dangerous", THREE, _("Other offender whose offence shows a risk of serious harm"), f"{ACT}, s.325(2)(b)", SINCE_2004),
    Basis("terrorist", FOUR, _("Terrorist offender, or subject to terrorist notification"), f"{ACT}, s.327A", SINCE_2022),
    Basis("terrorist-risk", FOUR, _("Offender who may be involved in terrorism-related activity"), f"{ACT}, s.325(2A)", SINCE_2022),
)


def bases_on(day: date) -> list[Basis]:
    """Return the legal bases that count on a day."""
    return [basis for basis in BASES if basis.counts_on(day)]


def category_of(code: str) -> MappaCategory:
    """Return the category that a legal basis puts somebody under."""
    return next(basis.category for basis in BASES if basis.code == code)


def basis_words(code: str) -> str:
    """Return a stored basis in words, with its source; it stays readable after the law has changed."""
    found = next((basis for basis in BASES if basis.code == code), None)
    return f"{found.words} ({found.source})" if found else code


# From each state, the states that may follow.
MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
MINUTES_MOVES: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.DRAFT: frozenset({MinutesState.SUBMITTED}),
    MinutesState.SUBMITTED: frozenset({MinutesState.DRAFT, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset({MinutesState.SUPERSEDED}),
    MinutesState.SUPERSEDED: frozenset(),
}


def may_move(moves: Mapping[Any, frozenset[Any]], before: str, after: str) -> bool:
    """Whether one state may follow another."""
    return after in moves[next(state for state in moves if state == before)]


def needs_meeting(before: int | None, after: int | None) -> bool:
    """Whether only a meeting may make this change: down from level 2 or 3, or out of MAPPA from there. Raising is open to all."""
    return before in {MappaLevel.TWO, MappaLevel.THREE} and (after or 0) < (before or 0)


# The parts that minutes cannot do without, with the words of their headings.
PARTS = {
    "background": _("Background"),
    "risk_assessment": _("Risk assessment"),
    "risk_management_plan": _("Risk management plan"),
    "victim_issues": _("Victim issues"),
    "disclosure": _("Decision on disclosure"),
    "disclosure_reasons": _("Reasons for the decision on disclosure"),
    "human_rights": _("Human-rights considerations"),
    "diversity": _("Diversity considerations"),
    "media_strategy": _("Media strategy"),
    "decided_category": _("Category"),
    "decided_level": _("Level"),
    "level_reasons": _("Reasons for the level"),
    "next_review_on": _("Next review"),
}
ON_DISCLOSURE = {"disclosure_to": _("To whom to disclose"), "disclosure_how": _("How to disclose")}
EMPTY_WORDS = {"n/a", "na", "n.a", "none", "nil", "no", "not applicable", "not relevant", "tbc", "-", "x"}
NOT_AFTER_EXIT = {"decided_category", "next_review_on"}  # nobody reviews whoever leaves MAPPA


def says_nothing(value: Any) -> bool:
    """Whether a part is empty, or says that it does not apply and not why."""
    if isinstance(value, str):
        return value.strip().strip(".").lower() in EMPTY_WORDS | {""}
    return value is None


def missing_parts(values: Mapping[str, Any]) -> list[StrOrPromise]:
    """Return the headings of what minutes lack before the chair can read them."""
    parts = dict(PARTS)
    if values.get("disclosure") == DisclosureDecision.DISCLOSE:
        parts |= ON_DISCLOSURE
    if values.get("decided_level") == 0:
        parts = {name: words for name, words in parts.items() if name not in NOT_AFTER_EXIT}
    lacks: list[StrOrPromise] = [] if values.get("confidentiality_read") else [_("Confidentiality statement read out")]
    return lacks + [words for name, words in parts.items() if says_nothing(values.get(name))]


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the fingerprint of what was approved: equal content, equal fingerprint, in whatever order it is given."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()
