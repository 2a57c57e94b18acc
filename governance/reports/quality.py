"""What the data of records lacks, counted by rule, unit and manager: one statement for each rule, however many records there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import scopes_of
from accounts.models import Unit, User
from accounts.permissions import Perm, Scope
from actions.reports import Work
from governance.rules.quality import RULES, QualityRule, explained, oldest
from intelligence.models import DuplicatePair, FlagSetting
from offenders.choices import MappaCategory
from offenders.choices.meetings import ReferralOutcome
from offenders.choices.registration import DutyState
from offenders.choices.risk import SignOff
from offenders.models import (
    Address,
    Assessment,
    Conviction,
    Custody,
    DateOfBirth,
    MappaPeriod,
    Nominal,
    NotificationDuty,
    Photograph,
    Referral,
    RegistrationPeriod,
    RiskPlan,
)
from offenders.querysets import NominalQuerySet


def of(rows: Any) -> Any:
    """Return whether the record of an outer query has any of these rows."""
    return Exists(rows.filter(nominal=OuterRef("pk")))


def held(today: date) -> Any:
    """Return whether somebody is in custody."""
    return of(Custody.objects.filter(period__contains=today))


def notifying(today: date) -> Any:
    """Return whether somebody must notify."""
    return of(RegistrationPeriod.objects.filter(period__contains=today, withdrawn_at__isnull=True))


def without_basis(cases: NominalQuerySet, today: date) -> NominalQuerySet:
    """Records with a category and nothing that makes it one."""
    under = MappaPeriod.objects.filter(period__contains=today)
    first, others = of(under.filter(category=MappaCategory.ONE)), of(under.filter(category__gt=MappaCategory.ONE))
    accepted = of(Referral.objects.filter(outcome=ReferralOutcome.ACCEPTED))
    return cases.filter(Q(first, ~notifying(today)) | Q(others, ~of(Conviction.objects.all()), ~accepted))


def with_late_plan(cases: NominalQuerySet, today: date) -> NominalQuerySet:
    """Records whose approved plan should have been looked at."""
    return cases.filter(of(RiskPlan.objects.filter(state=SignOff.APPROVED, review_on__lt=today)))


def with_late_flag(cases: NominalQuerySet, today: date) -> NominalQuerySet:
    """Records with a flag whose review is overdue."""
    return cases.filter(of(FlagSetting.objects.filter(ended_on__isnull=True, review_due_on__lt=today)))


def with_old_address(cases: NominalQuerySet, today: date) -> NominalQuerySet:
    """Records whose main address began too long ago and was not verified since."""
    main, limit = Address.objects.filter(is_main=True, period__contains=today), oldest("address-old", today)
    return cases.filter(of(main.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=limit), period__startswith__lt=limit)))


def without_photograph(cases: NominalQuerySet, today: date) -> NominalQuerySet:
    """Records without a picture that is new enough; of one without a day the day counts on which it was added."""
    limit = oldest("photograph", today)
    new = Q(taken_on__gte=limit) | Q(taken_on__isnull=True, added_at__date__gte=limit)
    return cases.filter(~of(Photograph.objects.filter(new)))


# By the code of each rule: the records that it finds among some.
FOUND: dict[str, Callable[[NominalQuerySet, date], NominalQuerySet]] = {
    "mappa": lambda cases, today: cases.without_mappa(today),
    "basis": without_basis,
    "risk": lambda cases, today: cases.without_risk(today),
    "assessment": lambda cases, today: cases.filter(
        ~of(Assessment.objects.filter(state=SignOff.APPROVED, assessed_on__gte=oldest("assessment", today)))
    ),
    "plan": lambda cases, _today: cases.filter(~of(RiskPlan.objects.filter(state=SignOff.APPROVED))),
    "plan-review": with_late_plan,
    "flags": lambda cases, _today: cases.filter(~of(FlagSetting.objects.filter(ended_on__isnull=True))),
    "flag-review": with_late_flag,
    "address": lambda cases, today: cases.filter(~of(Address.objects.filter(is_main=True, period__contains=today)), ~held(today)),
    "address-old": with_old_address,
    "notification": lambda cases, today: cases.filter(
        notifying(today), ~held(today), ~of(NotificationDuty.objects.filter(state=DutyState.DUE))
    ),
    "photograph": without_photograph,
    "birth": lambda cases, _today: cases.filter(~of(DateOfBirth.objects.all())),
    "manager": lambda cases, _today: cases.filter(Q(offender_manager__is_active=False) | ~Q(offender_manager__unit=F("unit"))),
}


@dataclass(frozen=True)
class Narrowed:
    """Of which unit or manager records are wanted; of all where neither is said."""

    unit: int | None = None
    manager: int | None = None

    def of(self, user: User) -> NominalQuerySet:
        """Return the records that the user answers for or oversees, narrowed."""
        keys = {name: key for name, key in (("unit", self.unit), ("offender_manager", self.manager)) if key is not None}
        cases: NominalQuerySet = Nominal.objects.for_user(user, Perm.VIEW_QUALITY)
        return cases.filter(**keys)


def found_by(rule: QualityRule, user: User, today: date, narrowed: Narrowed) -> NominalQuerySet:
    """Return the records that a rule finds."""
    cases = narrowed.of(user)
    return perhaps_twice(cases, user) if rule.code == "duplicate" else FOUND[rule.code](cases, today)


def perhaps_twice(cases: NominalQuerySet, user: User) -> NominalQuerySet:
    """Records in a pair of which the user may know both sides: the other side of a pair must not be guessed from this."""
    known = Nominal.objects.for_user(user, Perm.VIEW_MARKER).values("pk")
    pairs = DuplicatePair.objects.waiting().filter(one__in=known, other__in=known)
    return cases.filter(Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other")))


@dataclass(frozen=True)
class Found:
    """What one rule finds."""

    rule: QualityRule
    why: str
    number: int


@dataclass(frozen=True)
class Owner:
    """Who could set how much right."""

    unit: int
    unit_name: str
    manager: int
    manager_name: str
    findings: int


@dataclass(frozen=True)
class Board:
    """The whole board."""

    cases: int
    rules: list[Found]
    owners: list[Owner]


def board_of(user: User, today: date, narrowed: Narrowed) -> Board:
    """Count everything."""
    numbers: Counter[str] = Counter()
    owners: Counter[tuple[int, int]] = Counter()
    for rule in RULES:
        rows = found_by(rule, user, today, narrowed).order_by().values_list("unit", "offender_manager").annotate(number=Count("pk"))
        for unit, manager, number in rows:
            numbers[rule.code] += number
            owners[unit, manager] += number
    units = Unit.objects.in_bulk({unit for unit, _ in owners})
    managers = User.objects.in_bulk({manager for _, manager in owners})
    named = [Owner(unit, units[unit].name, manager, managers[manager].display_name, number) for (unit, manager), number in owners.items()]
    return Board(
        narrowed.of(user).count(),
        [Found(rule, explained(rule, today), numbers[rule.code]) for rule in RULES],
        sorted(named, key=lambda owner: (owner.unit_name, -owner.findings, owner.manager_name)),
    )


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how much the records lack that somebody leads or manages: one statement for all the rules."""
    scopes, today = scopes_of(user, Perm.VIEW_QUALITY), localdate(now)
    if Scope.UNIT_RESTRICTED in scopes and user.unit_id:
        asked = {"unit": user.unit_id}
    elif Scope.OWN in scopes:
        asked = {"manager": user.pk}
    else:
        return []
    first, *others = (found_by(rule, user, today, Narrowed(**asked)).order_by().values("pk") for rule in RULES)
    number = first.union(*others, all=True).count()
    return [Work(gettext("Gaps in the data of records"), number, 0, f"{reverse('governance:quality')}?{urlencode(asked)}")]


def rows_of(rule: QualityRule, user: User, today: date, narrowed: Narrowed) -> NominalQuerySet:
    """Return what a rule finds, the newest first."""
    return found_by(rule, user, today, narrowed).select_related("unit", "offender_manager").order_by("-pk")
