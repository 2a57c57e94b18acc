"""The parts of a briefing, read as the person may see them who makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from intelligence.models import Briefing, BriefingReport, InformationRelease, InformationReport, ReportRoute
from intelligence.rules.information import State
from offenders.cards import Card, read_card
from offenders.models import Address, Associate, Conviction, Identifier, MappaPeriod, Nominal, Occupation, RiskPeriod
from ui.templatetags.ui import uk_date

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """A part of a briefing that can be left out: its heading, and what reads it."""

    heading: str
    read: Callable[[User, Nominal, Card], Lines]


def known_of(lines: Lines) -> Lines:
    """Return the lines that say something."""
    return [(key, value) for key, value in lines if value]


def identity(user: User, nominal: Nominal, card: Card) -> Lines:
    """Who the person is and looks like."""
    others, born = ", ".join(card.other_names), uk_date(card.birth)
    return known_of([("Name", card.name), ("Also uses", others), ("Born", born), ("Appearance", card.appearance)])


def conduct(user: User, nominal: Nominal, card: Card) -> Lines:
    """How the person offends, and what raises the risk."""
    facts, how = card.facts, ("How this person offends", card.facts.modus_operandi)
    return known_of([how, ("Raises the risk", facts.risk_factors), ("People at risk", facts.people_at_risk)])


def dangers(user: User, nominal: Nominal, card: Card) -> Lines:
    """What to do on meeting the person, warnings, recall."""
    lines = [("Recall", card.recall)] if card.recall else []
    lines += [("Warning", line) for line in card.warning_lines]
    return lines + [("On meeting", line) for line in card.instructions]


def standing(user: User, nominal: Nominal, card: Card) -> Lines:
    """Risk and MAPPA, now and before; licence and orders."""
    today = localdate()
    risks = RiskPeriod.objects.for_user(user).filter(nominal=nominal).order_by("-period")[:5]
    mappa = MappaPeriod.objects.for_user(user).filter(nominal=nominal, category__isnull=False).order_by("-period")[:5]
    lines = [("Risk", f"{row.get_level_display()} from {uk_date(row.period.lower)}{until(row.period.upper)}") for row in risks]
    lines += [
        ("MAPPA", f"Category {row.category}, level {row.level} from {uk_date(row.period.lower)}{until(row.period.upper)}") for row in mappa
    ]
    lines += [("Licence", f"On licence {card.licence_end}")] if card.is_on_licence else []
    return [*lines, *(("Condition", line) for line in card.condition_lines), ("As at", uk_date(today))]


def until(day: object) -> str:
    """Return the end of a period in words."""
    return f" until {uk_date(day)}" if day else ""  # type: ignore[arg-type]


def numbers(user: User, nominal: Nominal, card: Card) -> Lines:
    """Vehicles, telephones and the numbers by which other systems know the person."""
    rows = Identifier.objects.for_user(user).filter(nominal=nominal).order_by("kind", "pk")
    return [(row.get_kind_display(), row.value) for row in rows]


def places(user: User, nominal: Nominal, card: Card) -> Lines:
    """Where the person lives, stays and works now."""
    rows = Address.objects.for_user(user).filter(nominal=nominal, period__contains=localdate()).order_by("-is_main", "pk")
    work = Occupation.objects.for_user(user).filter(nominal=nominal, period__contains=localdate()).order_by("pk")
    return [(str(row.get_kind_display()), row.words) for row in rows] + [(str(row.get_kind_display()), row.organisation) for row in work]


def associates(user: User, nominal: Nominal, card: Card) -> Lines:
    """Who is close to the person. Other records are not named: a reader of the pack may not be one who may know of them."""
    rows = Associate.objects.for_user(user).filter(nominal=nominal, period__contains=localdate()).order_by("pk")
    return [(str(row.get_kind_display()), row.name or "Another person on record: ask the offender manager") for row in rows]


def previous(user: User, nominal: Nominal, card: Card) -> Lines:
    """Convictions and cautions, newest first."""
    rows = Conviction.objects.for_user(user).filter(nominal=nominal).order_by("-convicted_on")
    return [(uk_date(row.convicted_on), f"{row.offence}: {row.get_disposal_display()} {row.length_words}".strip()) for row in rows]


PARTS: dict[str, Part] = {
    "identity": Part("Who it is", identity),
    "dangers": Part("On meeting", dangers),
    "conduct": Part("How this person offends", conduct),
    "standing": Part("Risk, MAPPA, licence and orders", standing),
    "previous": Part("Convictions and cautions", previous),
    "places": Part("Addresses and work", places),
    "associates": Part("Associates", associates),
    "numbers": Part("Vehicles, telephones, numbers", numbers),
}


def read_parts(user: User, nominal: Nominal, chosen: list[str]) -> list[dict[str, object]]:
    """Return the chosen parts as they stand now, as far as this user may see them; empty ones say so."""
    card = read_card(nominal, localdate())
    read = [(part.heading, part.read(user, nominal, card)) for name, part in PARTS.items() if name in chosen]
    return [{"heading": heading, "lines": lines or [("", "Nothing recorded")]} for heading, lines in read]


def releases_about(user: User, nominal: Nominal) -> QuerySet[InformationRelease]:
    """Return the newest released text of each report about a person that the user may read; not of those that only may be about them."""
    routes = ReportRoute.objects.for_user(user).filter(Q(is_named=True) | Q(is_about=True), nominal=nominal).exclude(is_about=False)
    newer = InformationRelease.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    rows = InformationRelease.objects.for_user(user).filter(report__in=routes.values("report")).exclude(Exists(newer))
    return rows.select_related("report").order_by("-released_at", "-pk")


def reports_in(user: User, briefing: Briefing) -> list[BriefingReport]:
    """Return the released intelligence of a pack as far as the user may know, as it stood; each says what has become of it since.

    A withdrawn report comes as `is_withdrawn`, one that was corrected later as `is_corrected`.
    """
    newer = InformationRelease.objects.filter(report=OuterRef("release__report"), number__gt=OuterRef("release__number"))
    rows = BriefingReport.objects.for_user(user).filter(briefing=briefing).annotate(is_corrected=Exists(newer))
    reports = list(rows.select_related("release__report").order_by("pk"))
    for each in reports:
        each.is_withdrawn = each.release.report.state == State.WITHDRAWN
    return reports


def briefed_with(report: InformationReport) -> QuerySet[User]:
    """Return who may open a pack that holds a released text of the report."""
    return User.objects.filter(
        briefings_received__briefing__reports__release__report=report, briefings_received__briefing__valid_until__gte=localdate()
    ).distinct()


def colleagues_by_number(user: User, numbers: list[str]) -> tuple[QuerySet[User], list[str]]:
    """Return the colleagues with these collar numbers, and the numbers that are nobody's."""
    found = User.objects.colleagues_of(user).filter(collar_number__in=numbers)
    known = set(found.values_list("collar_number", flat=True))
    return found, [number for number in numbers if number not in known]
