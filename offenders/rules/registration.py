"""How long somebody must notify, and why: bands of the Sexual Offences Act 2003, section 82, over lengths that are dated data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_noop

from actions.choices import TimeUnit
from actions.rules import Length, Line
from offenders.choices.registration import Disposal, LengthUnit

ONE_DAY = timedelta(days=1)
ADULT = 18
ENDLESS = frozenset({Disposal.LIFE, Disposal.INDETERMINATE, Disposal.HOSPITAL_RESTRICTED})
BY_LENGTH = frozenset({Disposal.CUSTODY, Disposal.SUSPENDED})
WITH_LENGTH = BY_LENGTH | {Disposal.CONDITIONAL_DISCHARGE}
IN_CUSTODY = frozenset({Disposal.LIFE, Disposal.INDETERMINATE, Disposal.CUSTODY, Disposal.HOSPITAL_RESTRICTED, Disposal.HOSPITAL})

# The rule of each band.
LONG, MIDDLE, SHORT = "registration-30-months", "registration-over-6-months", "registration-6-months"
CAUTION, OTHER = "registration-caution", "registration-other"
BAND_SHORT, BAND_LONG = "registration-band-short", "registration-band-long"
REVIEW, REVIEW_YOUNG = "indefinite-review", "indefinite-review-young"
CODES = (LONG, MIDDLE, SHORT, CAUTION, OTHER, BAND_SHORT, BAND_LONG, REVIEW, REVIEW_YOUNG)

# The lengths of the rules that held on the day of the conviction, by code; None: without end.
Lengths = Mapping[str, Length | None]


@dataclass(frozen=True)
class Finding:
    """A conviction or caution, as far as it decides how long somebody must notify."""

    disposal: Disposal
    on: date
    was_under_18: bool
    length: Length | None = None


@dataclass(frozen=True)
class Spell:
    """Days on which somebody must notify: first day, the day after the last (None: without end), and how that was reckoned."""

    start: date
    upper: date | None
    lines: tuple[Line, ...] = ()
    review_from: date | None = None
    source: str = ""

    @property
    def last(self) -> date | None:
        """The last day."""
        return None if self.upper is None else self.upper - ONE_DAY


def day_after(start: date, length: Length) -> date:
    """Return the day after a period that begins on `start`. One that begins on 29 February ends on 28 February of common years."""
    match length.unit:
        case TimeUnit.CALENDAR_DAYS:
            return start + timedelta(days=length.quantity)
        case TimeUnit.WEEKS:
            return start + timedelta(weeks=length.quantity)
        case TimeUnit.MONTHS:
            moved = start + relativedelta(months=length.quantity)
        case TimeUnit.YEARS:
            moved = start + relativedelta(years=length.quantity)
        case _:
            raise ValueError(f"No period is counted in {length.unit}")
    return moved if moved.day == start.day else moved + ONE_DAY


def half(length: Length) -> Length:
    """Return half of a length; what does not divide is rounded up by less than a month."""
    if length.unit == TimeUnit.YEARS:
        return Length(length.quantity * 6, TimeUnit.MONTHS)
    return Length((length.quantity + 1) // 2, length.unit)


def was_under_18(birth: tuple[int, int | None, int | None] | None, day: date) -> bool | None:
    """Say whether somebody was under 18 on a day; None when the date of birth is not known well enough to tell."""
    if birth is None:
        return None
    year, month, born = birth
    first = date(year, month or 1, born or 1) if (month, born) != (2, 29) else date(year, 2, 29)
    last = first if born else first + (relativedelta(months=1) if month else relativedelta(years=1)) - ONE_DAY
    earliest, latest = (day_after(each, Length(ADULT, TimeUnit.YEARS)) for each in (first, last))
    if day >= latest:
        return False
    return True if day < earliest else None


def band_of(finding: Finding, lengths: Lengths) -> str:
    """Return the code of the rule that says how long; empty for a discharge, whose own length counts."""
    if finding.disposal in ENDLESS:
        return LONG
    if finding.disposal in BY_LENGTH:
        return band_by_length(finding, lengths)
    return {Disposal.HOSPITAL: SHORT, Disposal.CAUTION: CAUTION, Disposal.CONDITIONAL_DISCHARGE: ""}.get(finding.disposal, OTHER)


def band_by_length(finding: Finding, lengths: Lengths) -> str:
    """Return the band of a sentence of fixed length; days and months are compared on the calendar from the day of the sentence."""
    ends, long, short = (day_after(finding.on, needed(each)) for each in (finding.length, lengths[BAND_LONG], lengths[BAND_SHORT]))
    return LONG if ends >= long else MIDDLE if ends > short else SHORT


def needed(length: Length | None) -> Length:
    """Return a length that must be there; ValueError when it is not."""
    if length is None:
        raise ValueError("This disposal needs a length")
    return length


def notification_spell(finding: Finding, lengths: Lengths, first_notified: date | None = None) -> Spell:
    """Return how long this conviction or caution makes somebody notify, line by line.

    Every definite period is halved for those under 18 on the day. Whether that holds for a conditional discharge, whose length the
    court sets, is to be confirmed by the force (Sexual Offences Act 2003, section 82).
    """
    code = band_of(finding, lengths)
    label = str(Disposal(finding.disposal).label)
    words = f"{label}, {finding.length}" if finding.length and finding.disposal in WITH_LENGTH else label
    lines = [Line(words, finding.on.isoformat())]
    length = needed(finding.length) if not code else lengths[code]
    if length is None:
        return endless_spell(finding, lengths, lines, first_notified)
    lines.append(Line(f"As long as the discharge: {length}" if not code else f"Notification period for this: {length}", ""))
    if finding.was_under_18:
        length = half(length)
        lines.append(Line(f"Halved because under 18 on that day: {length}", ""))
    upper = day_after(finding.on, length)
    lines.append(Line(gettext_noop("Counted from the day of conviction or caution; the last day is"), (upper - ONE_DAY).isoformat()))
    return Spell(finding.on, upper, tuple(lines))


def endless_spell(finding: Finding, lengths: Lengths, lines: list[Line], first_notified: date | None) -> Spell:
    """Return a spell without end, and from when the person may ask for a review."""
    wait = needed(lengths[REVIEW_YOUNG if finding.was_under_18 else REVIEW])
    since = first_notified or finding.on
    review = day_after(since, wait)
    young = ", under 18 on that day" if finding.was_under_18 else ""
    counted = "the first notification" if first_notified else "the conviction, until the first notification is recorded"
    lines.append(Line(gettext_noop("Notification without end"), ""))
    lines.append(Line(f"Review possible {wait} after {counted}{young}", review.isoformat()))
    return Spell(finding.on, None, tuple(lines), review)


def cut(spell: Spell, ended: Iterable[date]) -> Spell:
    """Return a spell without end as far as granted reviews leave it; each names the last day."""
    days = [day for day in ended if day >= spell.start]
    if spell.upper is not None or spell.review_from is None or not days:
        return spell
    last = min(days)
    lines = (*spell.lines, Line(gettext_noop("Ended by review; the last day is"), last.isoformat()))
    return replace(spell, upper=last + ONE_DAY, review_from=None, lines=lines)


def merge_spells(spells: Sequence[Spell]) -> list[Spell]:
    """Join spells that overlap or touch: somebody must notify until the latest end. Each keeps the lines of all its parts."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda each: (each.start, each.upper is None, each.upper or each.start)):
        last = merged[-1] if merged else None
        if last is not None and (last.upper is None or spell.start <= last.upper):
            merged[-1] = join(last, spell)
        else:
            merged.append(spell)
    return merged


def join(first: Spell, second: Spell) -> Spell:
    """Return one spell for two that overlap; the longer end counts, and of reviews the later day."""
    is_longer = second.upper is None or (first.upper is not None and second.upper > first.upper)
    upper = None if first.upper is None else second.upper if is_longer else first.upper
    reviews = [each.review_from for each in (first, second) if each.upper is None and each.review_from]
    source = second.source if is_longer and first.upper is not None else first.source
    return Spell(first.start, upper, (*first.lines, *second.lines), max(reviews, default=None), source)


def length_in(quantity: int | None, unit: str) -> Length | None:
    """Return a sentence's length; None when it has none."""
    return Length(quantity, TimeUnit(LengthUnit(unit).value)) if quantity else None
