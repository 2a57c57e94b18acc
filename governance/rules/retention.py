"""To which retention group a record belongs, and when it is reviewed: pure reckonings that explain themselves line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.choices.retention import Group
from offenders.choices import Registration
from offenders.choices.registration import Disposal, OrderKind
from ui.languages import StrOrPromise
from ui.templatetags.ui import words_in_sentence

PROTECTING = {
    OrderKind.SHPO, OrderKind.INTERIM_SHPO, OrderKind.SRO, OrderKind.INTERIM_SRO, OrderKind.NOTIFICATION, OrderKind.VOO, OrderKind.SOPO,
    OrderKind.RSHO, OrderKind.FOREIGN_TRAVEL,
}  # fmt: skip
SERIOUS_ORDERS = {OrderKind.STALKING, OrderKind.DOMESTIC, OrderKind.TRAFFICKING}
WITHOUT_END = {Disposal.LIFE, Disposal.INDETERMINATE, Disposal.HOSPITAL_RESTRICTED}


class Offence(NamedTuple):
    """A conviction or caution."""

    day: date
    disposal: str
    is_serious: bool  # sexual, violent, or against a child
    makes_registered: bool


class Span(NamedTuple):
    """Something that began, and perhaps ended (the last day)."""

    what: StrOrPromise
    first: date
    last: date | None

    def holds(self, today: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= today and (self.last is None or today <= self.last)


class Order(NamedTuple):
    """An order of a court."""

    kind: str
    span: Span


class Line(NamedTuple):
    """One step of a reckoning: words, the day that it names, and the group that it makes (None: a step about time)."""

    words: str
    day: date | None = None
    group: Group | None = None


@dataclass(frozen=True)
class Facts:
    """What a record holds, of it and of those merged into it, as far as the reckoning asks."""

    made_on: date
    registration: str
    was_screened: bool = False  # somebody has said how MAPPA stands, under it or not
    mappa: Sequence[Span] = ()
    registered: Sequence[Span] = ()
    orders: Sequence[Order] = ()
    offences: Sequence[Offence] = ()
    others: Sequence[Span] = ()  # licences and custody
    news: Sequence[tuple[StrOrPromise, date]] = ()  # breaches, intelligence, border crossings
    born_on: date | None = None


@dataclass(frozen=True)
class Periods:
    """How long records of a group are kept, as a dated rule says."""

    first_years: int
    later_years: int
    needs_clear: bool
    until_age: int | None = None


class Looked(NamedTuple):
    """The latest review that ended with keeping the record."""

    day: date
    next_on: date


@dataclass(frozen=True)
class Reckoning:
    """When a record is reviewed next, and until when it is kept at least."""

    group: Group
    due_on: date | None
    keep_until: date | None
    lines: Sequence[Line] = field(default_factory=list)


def group_lines(facts: Facts, today: date) -> list[Line]:
    """Return what makes a record belong to a group, the strongest first; always at least one line."""
    found = [*public_protection(facts), *of_orders(facts), *of_offences(facts)]
    rest = Line(gettext("Nothing on the record makes it belong to another group."), group=Group.FOUR)
    return sorted(found, key=lambda line: line.group or Group.FOUR) or [rest]


def public_protection(facts: Facts) -> list[Line]:
    """Registered people, people under MAPPA, potentially dangerous people."""
    found = [Line(f"{span.what}.", span.first, Group.ONE) for span in (*facts.mappa, *facts.registered)]
    if facts.registration in {Registration.PDP, Registration.REGISTERED}:
        registration = words_in_sentence(Registration(facts.registration).label)
        found.append(Line(gettext("On record as: %(registration)s.") % {"registration": registration}, group=Group.ONE))
    elif not facts.was_screened:
        found.append(Line(gettext("On record as a MAPPA offender, and nobody has said otherwise."), group=Group.ONE))
    return found


def of_orders(facts: Facts) -> list[Line]:
    """Orders of courts."""
    groups = dict.fromkeys(PROTECTING, Group.ONE) | dict.fromkeys(SERIOUS_ORDERS, Group.TWO)
    return [Line(f"{order.span.what}.", order.span.first, groups.get(OrderKind(order.kind), Group.THREE)) for order in facts.orders]


def of_offences(facts: Facts) -> list[Line]:
    """Convictions and cautions."""
    return [Line(words_of(each), each.day, offence_group(each)) for each in facts.offences]


def offence_group(offence: Offence) -> Group:
    """Return the group that an offence makes."""
    if offence.makes_registered or offence.disposal in WITHOUT_END:
        return Group.ONE
    return Group.TWO if offence.is_serious else Group.THREE


def words_of(offence: Offence) -> str:
    """Return what sort of offence it is."""
    if offence.makes_registered:
        return gettext("An offence that makes the person a registered offender.")
    if offence.disposal in WITHOUT_END:
        return gettext("An offence with a sentence that has no fixed end.")
    return gettext("A sexual or violent offence, or one against a child.") if offence.is_serious else gettext("Another offence.")


def group_of(lines: Sequence[Line], higher: Group | None = None) -> Group:
    """Return the group: what the record holds, or a higher one that somebody set; never a lower one."""
    reckoned = min(line.group for line in lines if line.group)
    return min(reckoned, higher) if higher else reckoned


def reckon(facts: Facts, group: Group, periods: Periods, today: date, looked: Looked | None = None) -> Reckoning:
    """Return when a record of a group is reviewed next, with each step."""
    lines = [Line(gettext("The record was made."), facts.made_on)]
    base, years = facts.made_on, periods.first_years
    is_running = True
    if periods.needs_clear:
        base, is_running, steps = clear_since(facts, today)
        lines += steps
    due = base + relativedelta(years=years) if is_running else None
    if due:
        plain, clear = gettext("First review after %(years)s years."), gettext("First review after %(years)s clear years.")
        lines.append(Line((clear if periods.needs_clear else plain) % {"years": years}, due))
    if looked:
        lines.append(Line(gettext("A review decided to keep it. Its next review:"), looked.next_on))
        is_newer = periods.needs_clear and base > looked.day
        due = due if is_newer or due is None else looked.next_on
        if is_newer:
            lines.append(Line(gettext("Something new came after that review, so that the clear years count."), base))
    keep_until = age_line(facts, periods, lines)
    return Reckoning(group, due, keep_until, lines)


def age_line(facts: Facts, periods: Periods, lines: list[Line]) -> date | None:
    """Return until when a record is kept at least because of the person's age, and say so."""
    if periods.until_age is None:
        return None
    if facts.born_on is None:
        said = gettext("It is kept until the person would be %(age)s. No whole date of birth is on the record.")
        lines.append(Line(said % {"age": periods.until_age}))
        return None
    until = facts.born_on + relativedelta(years=periods.until_age)
    lines.append(Line(gettext("It is kept until the person would be %(age)s.") % {"age": periods.until_age}, until))
    return until


def clear_since(facts: Facts, today: date) -> tuple[date, bool, list[Line]]:
    """Return since when nothing new came, whether the clear years run, and each step."""
    spans = [*facts.mappa, *facts.registered, *(order.span for order in facts.orders), *facts.others]
    live = [span for span in spans if span.holds(today)]
    happened: list[tuple[StrOrPromise, date]] = [
        (format_lazy(_("{what} ended"), what=span.what), span.last)
        for span in spans
        if span.last and not span.holds(today) and span.last <= today
    ]
    happened += [(_("Conviction or caution"), offence.day) for offence in facts.offences]
    happened += [each for each in facts.news if each[1] <= today]
    what, latest = max(happened, key=lambda each: each[1], default=("", facts.made_on))
    anew = gettext("%(what)s: the clear years begin anew.") % {"what": what}
    lines = [Line(anew, latest)] if latest > facts.made_on else []
    halted = gettext("%(what)s: the clear years do not run while it holds.")
    lines += [Line(halted % {"what": span.what}, span.first) for span in live]
    return max(latest, facts.made_on), not live, lines
