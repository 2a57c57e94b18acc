"""What the system takes for belonging together: marks in the words of a report, how rare shared words must be, reasons in words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intelligence.choices.links import Ground
from intelligence.choices.suggesting import MarkKind
from intelligence.rules.links import canonical_value, read_postcode, shown_value
from offenders.rules.leaks import fixed_marks

Mark = tuple[str, str]
Reason = list[str]  # the kind of reason and its words, as a link stores it


def marks_in(text: str) -> list[Mark]:
    """Return each telephone number, vehicle mark, online name and postcode of a text once, in the form in which it is compared."""
    found: dict[Mark, None] = {}
    for mark in fixed_marks(text):
        kind, _, value = mark.partition(" ")
        if kind in MarkKind.values and (known := known_form(kind, value)):
            found[kind, known] = None
    return list(found)


def known_form(kind: str, value: str) -> str:
    """Return the one form of a mark; empty when it only looks like one."""
    try:
        return read_postcode(value) if kind == MarkKind.POSTCODE else canonical_value(kind, value)
    except ValueError:
        return ""


def shown_mark(kind: str, value: str) -> str:
    """Return a mark as people write it."""
    return value if kind in {MarkKind.POSTCODE, MarkKind.ONLINE} else shown_value(kind, value)


@dataclass(frozen=True)
class Measure:
    """From when on the system suggests a link, from a day on. A measure that suggests too much costs the bureau minutes, one that
    suggests too little hides risk: so it leans to suggesting, and a person decides.

    `shared_at_most`: a number or postcode of more reports or people than this is a hostel's or a hotline's, and tells nothing.
    `likeness`: how many of all groups of three letters two names share. `rare_share`, `rare_at_most`: in which part of the force's
    reports, and in how many at most, a word may stand and still be rare. `fewest_words`, `least_weight`: how many rare words two texts
    share, and what these weigh together: each the logarithm of one in how many reports has it. `least_reports`: a force with fewer
    reports is taken for one with so many, because nothing is known to be rare among a handful.
    """

    since: date
    shared_at_most: int
    likeness: float
    rare_share: float
    rare_at_most: int
    fewest_words: int
    least_weight: float
    least_reports: int
    source: str


MEASURES = (
    Measure(
        date(2020, 1, 1), shared_at_most=5, likeness=0.6, rare_share=0.02, rare_at_most=50, fewest_words=5, least_weight=22.0,
        least_reports=200, source="Five words of which each stands in one of a hundred reports; to be confirmed by the force",
    ),
)  # fmt: skip


def measure_on(day: date) -> Measure:
    """Return the measure that holds on this day."""
    return max((each for each in MEASURES if each.since <= day), key=lambda each: each.since)


GROUNDS = {
    MarkKind.PHONE: Ground.NUMBER,
    MarkKind.VEHICLE: Ground.VEHICLE,
    MarkKind.ONLINE: Ground.ONLINE,
    MarkKind.POSTCODE: Ground.POSTCODE,
}
MOST_WORDS = 8


def same_mark(kind: str, value: str) -> Reason:
    """Say that both have a mark."""
    return [GROUNDS[MarkKind(kind)].value, shown_mark(kind, value)]


def near(metres: float) -> Reason:
    """Say how far two places are apart."""
    return [Ground.NEAR.value, f"About {max(10, round(metres, -1)):.0f} metres apart"]


def alike_names(one: str, other: str) -> Reason:
    """Say which names are alike."""
    first, second = sorted((one, other))
    return [Ground.NAME.value, f"“{first}” and “{second}”"]


def shared_words(words: Sequence[str]) -> Reason:
    """Say which words both use, the rarest first."""
    return [Ground.WORDING.value, f"Both say: {', '.join(words[:MOST_WORDS])}"]


def is_new(reasons: Iterable[Reason], known: Collection[Reason]) -> bool:
    """Say whether one of the reasons is another than those for which somebody said no. That texts are alike is said once: as more is
    reported other words become the rare ones, and that is nothing new."""
    said = {told(reason) for reason in known}
    return any(told(reason) not in said for reason in reasons)


def told(reason: Reason) -> tuple[str, ...]:
    """Return what tells a reason from others."""
    return (reason[0],) if reason[0] == Ground.WORDING else tuple(reason)


def pair_key(kind: str, keys: Iterable[str], evidence: int = 0) -> str:
    """Return what tells a link from all others: its kind, the keys of its ends, and that of the report on which it rests."""
    return f"{kind} {'-'.join(sorted(keys))} {evidence}"
