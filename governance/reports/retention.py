"""What a record holds that decides how long it is kept; its group, its next review; and what stands in the way of disposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from actions.models import Action, ClockRule
from disclosure.models import Application, Prosecution, SubjectRequest
from governance.choices.retention import Decision, Group, HoldKind, ReviewState
from governance.models import HigherGroup, LegalHold, RetentionReview, RetentionRule
from governance.rules import retention as rules
from governance.rules.retention import Facts, Line, Looked, Offence, Order, Periods, Reckoning, Span
from intelligence.models import ReportRoute, TravelRecord
from offenders.choices import MappaCategory
from offenders.choices.custody import TransferState
from offenders.choices.merging import MergeState
from offenders.choices.registration import OrderKind
from offenders.models import (
    Breach,
    Conviction,
    CourtOrder,
    Custody,
    DateOfBirth,
    Licence,
    MappaPeriod,
    Merge,
    Nominal,
    RegistrationPeriod,
    Transfer,
)
from offenders.templatetags.nominals import last_day
from ui.languages import StrOrPromise
from ui.templatetags.ui import date_words, words_in_sentence

CARRY_OUT = "disposal-carry-out"  # the clock within which a decided disposal is carried out
MORE_ACTIONS = gettext_noop("{number} actions are open on it. Close what is open first.")
OWN_KINDS = ("retention-review", "retention-approval", CARRY_OUT, "retention-hold")


@dataclass
class Collected:
    """Facts of one record as they come in, table by table."""

    nominal: Nominal
    values: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    was_screened: bool = False
    born_on: date | None = None

    def as_facts(self) -> Facts:
        """Return them for the rules."""
        made = localtime(self.nominal.created_at).date()
        return Facts(made, self.nominal.registration, self.was_screened, born_on=self.born_on, **self.values)


def facts_of(nominals: Sequence[Nominal]) -> dict[int, Facts]:
    """Return the facts of each record, of those merged into it too, in one query for each table."""
    merged = Nominal.objects.filter(merged_into__in=nominals).values_list("pk", "merged_into")
    roots = {nominal.pk: nominal.pk for nominal in nominals} | dict(merged)
    found = {nominal.pk: Collected(nominal) for nominal in nominals}

    for source in SOURCES:
        for row in source.rows.filter(nominal__in=roots).order_by("pk"):
            source.add(found[roots[row.nominal_id]], row)
    return {key: each.as_facts() for key, each in found.items()}


def add_mappa(facts: Collected, row: MappaPeriod) -> None:
    """Somebody said how MAPPA stands, under it or not."""
    facts.was_screened = True
    if row.category:
        category = words_in_sentence(MappaCategory(row.category).label)
        facts.values["mappa"].append(span_of(format_lazy(_("MAPPA, {category}"), category=category), row.period))


def add_registration(facts: Collected, row: RegistrationPeriod) -> None:
    """Days on which the person must notify."""
    facts.values["registered"].append(span_of(_("Notification requirements"), row.period))


def add_order(facts: Collected, row: CourtOrder) -> None:
    """An order of a court."""
    facts.values["orders"].append(Order(row.kind, Span(OrderKind(row.kind).label, row.made_on, row.last_day)))


def add_offence(facts: Collected, row: Conviction) -> None:
    """A conviction or caution."""
    is_serious = row.is_sexual or row.is_violent or row.is_against_child
    facts.values["offences"].append(Offence(row.convicted_on, row.disposal, is_serious, row.requires_notification))


def add_supervision(facts: Collected, row: Licence | Custody) -> None:
    """A licence, or a time in custody or hospital."""
    facts.values["others"].append(span_of(_("Licence") if isinstance(row, Licence) else _("Custody or hospital"), row.period))


def add_breach(facts: Collected, row: Breach) -> None:
    """A breach, from the day on which it was found."""
    facts.values["news"].append((_("Breach"), row.discovered_on))


def add_crossing(facts: Collected, row: TravelRecord) -> None:
    """A crossing of a border that was filed."""
    facts.values["news"].append((_("Border crossing"), localtime(row.filed_at).date()))


def add_report(facts: Collected, row: ReportRoute) -> None:
    """An intelligence report that names the person, or was found to be about them."""
    if row.report.submitted_at:
        facts.values["news"].append((_("Intelligence"), localtime(row.report.submitted_at).date()))


def add_birth(facts: Collected, row: DateOfBirth) -> None:
    """A whole date of birth; the first one counts."""
    if row.month and row.day:
        facts.born_on = facts.born_on or date(row.year, row.month, row.day)


class Source(NamedTuple):
    """Rows that say something of how long a record is kept, and what they add to it."""

    rows: QuerySet[Any]
    add: Callable[[Collected, Any], None]


ABOUT = Q(is_about=True) | Q(is_about__isnull=True, is_named=True)
SOURCES = (
    Source(MappaPeriod.objects.all(), add_mappa),
    Source(RegistrationPeriod.objects.filter(withdrawn_at__isnull=True), add_registration),
    Source(CourtOrder.objects.all(), add_order),
    Source(Conviction.objects.all(), add_offence),
    Source(Licence.objects.all(), add_supervision),
    Source(Custody.objects.all(), add_supervision),
    Source(Breach.objects.all(), add_breach),
    Source(TravelRecord.objects.filter(withdrawn_at__isnull=True), add_crossing),
    Source(ReportRoute.objects.filter(ABOUT).select_related("report"), add_report),
    Source(DateOfBirth.objects.filter(is_primary=True), add_birth),
)


def span_of(what: StrOrPromise, period: Any) -> Span:
    """Return a period as first and last day."""
    return Span(what, period.lower, last_day(period))


def higher_groups(nominals: Iterable[Nominal]) -> dict[int, HigherGroup]:
    """Return what somebody set last for each record, where a higher group stands."""
    rows = HigherGroup.objects.filter(nominal__in=nominals).select_related("by").order_by("nominal_id", "-pk").distinct("nominal_id")
    return {row.nominal_id: row for row in rows if row.group}


def last_kept(nominals: Iterable[Nominal]) -> dict[int, Looked]:
    """Return the latest review of each record that decided to keep it."""
    rows = RetentionReview.objects.filter(nominal__in=nominals, state=ReviewState.APPROVED, decision=Decision.KEEP)
    return {
        row.nominal_id: Looked(localtime(row.approved_at).date(), row.next_review_on)
        for row in rows.order_by("nominal_id", "-approved_at").distinct("nominal_id")
    }


@dataclass(frozen=True)
class Standing:
    """How long a record is kept: what it holds, the group, the rule, the reckoning."""

    facts: Facts
    group_lines: Sequence[Line]
    group: Group
    higher: HigherGroup | None
    rule: RetentionRule
    reckoning: Reckoning


def standings_of(nominals: Sequence[Nominal], today: date) -> dict[int, Standing]:
    """Return how long each record is kept, in a constant number of queries."""
    by_group = {rule.group: rule for rule in RetentionRule.objects.on(today)}
    facts, higher, kept = facts_of(nominals), higher_groups(nominals), last_kept(nominals)
    return {
        nominal.pk: standing_of(facts[nominal.pk], higher.get(nominal.pk), by_group, kept.get(nominal.pk), today) for nominal in nominals
    }


def standing_of(facts: Facts, higher: HigherGroup | None, by_group: dict[int, RetentionRule], kept: Looked | None, today: date) -> Standing:
    """Return how long one record is kept."""
    lines = rules.group_lines(facts, today)
    group = rules.group_of(lines, Group(higher.group) if higher and higher.group else None)
    rule = by_group[group]
    periods = Periods(rule.first_years, rule.later_years, rule.needs_clear, rule.until_age)
    return Standing(facts, lines, group, higher, rule, rules.reckon(facts, group, periods, today, kept))


def standing(nominal: Nominal, today: date | None = None) -> Standing:
    """Return how long one record is kept."""
    return standings_of([nominal], today or localdate())[nominal.pk]


def explained(lines: Sequence[Line]) -> list[dict[str, str]]:
    """Return a reckoning as it is stored: words and day of each step."""
    return [{"words": line.words, "day": line.day.isoformat() if line.day else ""} for line in lines]


def live_holds(nominal: Nominal) -> QuerySet[LegalHold]:
    """Return the holds that stand on a record, or on one that was merged into it."""
    return LegalHold.objects.filter(nominal__in=nominal.every_key, lifted_at__isnull=True).select_related("placed_by")


def carried_out_within(today: date) -> int:
    """Return how many days a decision to dispose holds good."""
    return int(ClockRule.objects.on(today).filter(code=CARRY_OUT).values_list("quantity", flat=True).first() or 0)


def obstacles(nominal: Nominal, today: date | None = None) -> list[DomainError]:
    """Return why a record cannot be disposed of now, each with what to do."""
    day, keys = today or localdate(), nominal.every_key
    return [*by_holds(nominal), *by_place(nominal, keys), *by_time(standing(nominal, day), day), *by_work(keys, day)]


def by_holds(nominal: Nominal) -> list[DomainError]:
    """Holds."""
    said = gettext_noop("A legal hold stands on it: {kind}. Another person than who placed it must lift it first.")
    return [DomainError(said, kind=words_in_sentence(HoldKind(hold.kind).label)) for hold in live_holds(nominal)]


def by_place(nominal: Nominal, keys: Sequence[int]) -> list[DomainError]:
    """Where the record stands: merged, on offer."""
    found = []
    if nominal.merged_into_id:
        found.append(DomainError("It was merged into another record. Review that one: both go together."))
    if Transfer.objects.filter(nominal__in=keys, state=TransferState.OFFERED).exists():
        found.append(DomainError("It is on offer to another unit. Wait for the answer, or withdraw the offer."))
    if Merge.objects.filter(Q(survivor__in=keys) | Q(merged__in=keys), state=MergeState.OFFERED).exists():
        found.append(DomainError("A merge with another record waits for agreement. Have it decided first."))
    return found


def by_time(kept: Standing, today: date) -> list[DomainError]:
    """The rule: what still holds, and years that are not over."""
    facts = kept.facts
    spans = [*facts.mappa, *facts.registered, *(order.span for order in facts.orders), *facts.others]
    said = gettext_noop("{what}: still holds. Wait until it has ended, or put the record right.")
    found = [DomainError(said, what=span.what) for span in spans if span.holds(today)]
    reckoning = kept.reckoning
    if kept.rule.until_age:
        if reckoning.keep_until is None:
            found.append(DomainError("Its group keeps it to an age of the person, and no whole date of birth is known. Add one."))
        elif reckoning.keep_until > today:
            until = date_words(reckoning.keep_until)
            found.append(DomainError("Its group keeps it until {until}. Decide to keep it.", until=until))
    elif reckoning.due_on and reckoning.due_on > today:
        found.append(DomainError("Its years are not over before {day}. Decide to keep it.", day=date_words(reckoning.due_on)))
    return found


def by_work(keys: Sequence[int], today: date) -> list[DomainError]:
    """Work in hand."""
    found = []
    if SubjectRequest.objects.open().filter(nominal__in=keys).exists():
        found.append(DomainError("The person has asked for their own data. Answer the request first."))
    if Prosecution.objects.filter(nominal__in=keys, finished_at__isnull=True).exists():
        found.append(DomainError("A prosecution is open. Close it with its outcome first."))
    if Application.objects.filter(nominal__in=keys, ended_at__isnull=True).exists():
        found.append(DomainError("Somebody has asked about the person under a disclosure scheme. Answer that first."))
    waiting = Action.objects.waiting().filter(nominal__in=keys).exclude(kind__in=OWN_KINDS).count()
    if waiting:
        one, more = gettext_noop("1 action is open on it. Close what is open first."), MORE_ACTIONS
        found.append(DomainError(one if waiting == 1 else more, number=waiting))
    return found


def late_decision(review: RetentionReview, today: date) -> bool:
    """Say whether a decision to dispose is too old to be carried out."""
    assert review.approved_at is not None  # noqa: S101 - a constraint of the table
    return localtime(review.approved_at).date() + timedelta(days=carried_out_within(today)) < today
