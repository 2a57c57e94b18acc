"""Makes one synthetic person at a time, as rows ready to store."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import models

from offenders.choices import AtRisk, Registration, RiskLevel, Sex
from offenders.demo.copying import Rows, span
from offenders.demo.names import words
from offenders.demo.naming import ORIGIN_NAMES, ORIGIN_WEIGHTS, make_names
from offenders.demo.numbers import make_numbers
from offenders.demo.texts import (
    AT_RISK_WORDS,
    BUILDS,
    CONDITIONS,
    ETHNICITIES,
    EYES,
    HAIR,
    HOW_THEY_OFFEND,
    MARKS,
    RISK_FACTORS,
    WARNING_NOTES,
    WHAT_TO_DO,
)
from offenders.models import (
    Condition,
    DateOfBirth,
    Description,
    Identifier,
    MappaPeriod,
    Mark,
    Name,
    Nominal,
    OperationalFacts,
    RiskPeriod,
    WarningMarker,
)

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Nominal: words("id reference registration force_id unit_id offender_manager_id is_restricted local_reference version"),
    Name: ("nominal_id", "kind", "given_names", "surname", "source", "tokens"),
    DateOfBirth: ("nominal_id", "year", "month", "day", "is_primary", "source"),
    Identifier: ("nominal_id", "kind", "value", "as_given", "source"),
    Description: ("nominal_id", "sex", "ethnicity", "height_cm", "build", "hair", "eyes", "source"),
    Mark: ("nominal_id", "kind", "place", "description", "source"),
    OperationalFacts: (
        "nominal_id",
        "on_encounter",
        "modus_operandi",
        "risk_factors",
        "people_at_risk",
        "on_licence_until",
        "licence_contact",
        "checked_on",
        "checked_by_id",
        "version",
    ),
    RiskPeriod: ("nominal_id", "level", "at_risk", "period", "reason", "set_by_id"),
    MappaPeriod: ("nominal_id", "category", "level", "period", "reason", "set_by_id"),
    WarningMarker: ("nominal_id", "kind", "note", "ended_on"),
    Condition: ("nominal_id", "kind", "text", "starts_on", "ends_on"),
}

# National proportions in the community: 74 % category 1, 25 % category 2, under 1 % categories 3 and 4; 98 % level 1.
CATEGORIES, CATEGORY_WEIGHTS = (1, 2, 3, 4), (740, 252, 5, 3)
LEVELS, LEVEL_WEIGHTS = (1, 2, 3), (982, 16, 2)
RISKS, RISK_WEIGHTS = tuple(RiskLevel), (35, 42, 18, 5)
PDP_SHARE, LEFT_MAPPA_SHARE, RESTRICTED_SHARE = 0.01, 0.05, 0.003


@dataclass(frozen=True)
class Place:
    """Where a record stands: its numbers and who holds it."""

    pk: int
    reference: str
    local_reference: str
    force: int
    unit: int
    manager: int


class PersonMaker:
    """Makes people from one source of chance; `today` is the day on which the force is as described."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng, self.today = rng, today

    def add(self, rows: Rows, place: Place) -> None:
        """Make one person and add the rows."""
        is_woman = self.rng.random() < 0.05
        born = self.today - timedelta(days=int(self.rng.triangular(18, 85, 38) * 365.25))
        risk, is_pdp = self.rng.choices(RISKS, RISK_WEIGHTS)[0], self.rng.random() < PDP_SHARE
        category = None if is_pdp else self.rng.choices(CATEGORIES, CATEGORY_WEIGHTS)[0]
        registration = Registration.PDP if is_pdp else Registration.REGISTERED if category == 1 else Registration.OTHER_MAPPA
        is_restricted = self.rng.random() < RESTRICTED_SHARE
        rows[Nominal].append(
            (place.pk, place.reference, registration, place.force, place.unit, place.manager, is_restricted, place.local_reference, 1)
        )
        self.add_identity(rows, place.pk, born, is_woman)
        at_risk = self.rng.sample(list(AtRisk), 1 if risk < RiskLevel.HIGH else self.rng.choice((1, 2)))
        self.add_card(rows, place, risk, at_risk)
        self.add_periods(rows, place, risk, at_risk)
        rows[MappaPeriod] += [(place.pk, *period, place.manager) for period in self.mappa(category)]

    def add_identity(self, rows: Rows, pk: int, born: date, is_woman: bool) -> None:
        """Names, dates of birth, numbers and looks."""
        origin = self.rng.choices(ORIGIN_NAMES, ORIGIN_WEIGHTS)[0]
        rows[Name] += [(pk, name.kind, name.given, name.surname, name.source, []) for name in make_names(self.rng, origin, is_woman)]
        rows[DateOfBirth] += [(pk, *birth) for birth in self.births(born)]
        rows[Identifier] += [(pk, kind, value, as_given, "") for kind, value, as_given in make_numbers(self.rng, born, self.today)]
        if self.rng.random() < 0.95:
            looks = (self.rng.randrange(155, 201), self.rng.choice(BUILDS), self.rng.choice(HAIR), self.rng.choice(EYES))
            rows[Description].append((pk, Sex.FEMALE if is_woman else Sex.MALE, ETHNICITIES[origin], *looks, "Custody record"))
        for kind, place, description in self.rng.sample(MARKS, self.rng.choices((0, 1, 2), (60, 30, 10))[0]):
            rows[Mark].append((pk, kind, place, description, "Custody record"))

    def births(self, born: date) -> list[tuple[Any, ...]]:
        """The date of birth as known, and sometimes another that the person gave."""
        chance = self.rng.random()
        known = (
            (born.year, None, None)
            if chance < 0.02
            else (born.year, born.month, None)
            if chance < 0.04
            else (born.year, born.month, born.day)
        )
        births: list[tuple[Any, ...]] = [(*known, True, "Birth certificate" if chance > 0.5 else "Custody record")]
        if self.rng.random() < 0.08:
            swapped = (
                (born.year, born.day, born.month)
                if born.day <= 12 and born.day != born.month
                else (born.year + 1, born.month, min(born.day, 28))
            )
            births.append((*swapped, False, "Given on arrest"))
        return births

    def add_card(self, rows: Rows, place: Place, risk: int, at_risk: list[AtRisk]) -> None:
        """What the card says."""
        rng = self.rng
        lines = sorted(rng.sample(range(len(WHAT_TO_DO[risk])), rng.randrange(2, 5)))
        on_licence = rng.random() < 0.25
        rows[OperationalFacts].append((
            place.pk,
            "\n".join(WHAT_TO_DO[risk][line] for line in lines),
            " ".join(rng.sample(HOW_THEY_OFFEND, rng.choice((1, 1, 2)))),
            "\n".join(rng.sample(RISK_FACTORS, rng.randrange(1, 4))),
            "\n".join(rng.choice(AT_RISK_WORDS[group]) for group in at_risk),
            self.today + timedelta(days=rng.randrange(20, 1500)) if on_licence else None,
            "Probation out of hours, 01632 960133" if on_licence else "",
            *self.checked(place.manager),
            1,
        ))  # fmt: skip
        self.add_conditions(rows, place.pk, on_licence)
        for kind in rng.sample(list(WARNING_NOTES), rng.choices((0, 1, 2, 3), (55, 30, 10, 5))[0]):
            rows[WarningMarker].append((place.pk, kind, WARNING_NOTES[kind], None))

    def checked(self, manager: int) -> tuple[date | None, int | None]:
        """When the card was last checked: most lately, some long ago, a few never."""
        chance = self.rng.random()
        if chance < 0.05:
            return None, None
        days = self.rng.randrange(95, 400) if chance < 0.15 else self.rng.randrange(1, 85)
        return self.today - timedelta(days=days), manager

    def add_conditions(self, rows: Rows, pk: int, on_licence: bool) -> None:
        """Licence conditions of people on licence, and prohibitions of orders."""
        orders = self.rng.choices(list(CONDITIONS), (0, 60, 5, 5, 5), k=self.rng.choices((0, 1), (45, 55))[0])
        for kind in dict.fromkeys([next(iter(CONDITIONS)), *orders] if on_licence else orders):
            starts = self.today - timedelta(days=self.rng.randrange(30, 1500))
            for text in self.rng.sample(CONDITIONS[kind], self.rng.randrange(1, min(4, len(CONDITIONS[kind])) + 1)):
                rows[Condition].append((pk, kind, text, starts, None))

    def add_periods(self, rows: Rows, place: Place, risk: int, at_risk: list[AtRisk]) -> None:
        """The risk, for some people after an earlier level."""
        first, changed = self.two_days()
        periods = [(risk, at_risk, span(first), "First assessment")]
        if self.rng.random() < 0.3:
            before = max(RiskLevel.LOW, min(RiskLevel.VERY_HIGH, risk + self.rng.choice((-1, 1))))
            periods = [(before, at_risk, span(first, changed), "First assessment"), (risk, at_risk, span(changed), "Reassessed")]
        rows[RiskPeriod] += [(place.pk, *period, place.manager) for period in periods]

    def mappa(self, category: int | None) -> list[tuple[Any, ...]]:
        """Periods of category and level: (category, level, period, reason); each begins where the one before ends."""
        first, changed = self.two_days()
        level = self.rng.choices(LEVELS, LEVEL_WEIGHTS)[0]
        chance = self.rng.random()
        if category is None:
            return [(None, None, span(first), "Potentially dangerous person, not under MAPPA")]
        if chance < LEFT_MAPPA_SHARE:
            return [
                (category, 1, span(first, changed), "Screened at release"),
                (None, None, span(changed), "Left MAPPA: obligations ended"),
            ]
        if chance < 0.25:
            earlier = 2 if level == 1 else 1
            return [
                (category, earlier, span(first, changed), "Screened at release"),
                (category, level, span(changed), "Decided by the meeting"),
            ]
        return [(category, level, span(first), "Screened at release")]

    def two_days(self) -> tuple[date, date]:
        """A day some time ago on which something began, and a later one on which it changed."""
        first = self.today - timedelta(days=self.rng.randrange(400, 4000))
        return first, first + timedelta(days=self.rng.randrange(100, 390))
