"""What flags did: counts for a record's page; which usual flags a record lacks."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Unit, User
from intelligence.choices.flags import DeliveryState
from intelligence.models import EventType, FlagSetting, UsualFlag
from intelligence.querysets.flags import FlagSettingQuerySet
from offenders.models import Nominal, RiskPeriod

TOLD = Q(deliveries__state__in=[DeliveryState.TOLD, DeliveryState.HANDED_OVER])


def with_figures(rows: FlagSettingQuerySet) -> FlagSettingQuerySet:
    """Add to flags how many events each had, and how many messages reached somebody, nobody, or were dealt with."""
    dealt = Q(deliveries__acted_at__isnull=False) | Q(deliveries__action__closed_at__isnull=False)
    return rows.annotate(
        events=Count("deliveries__occurrence", distinct=True),
        told=Count("deliveries", filter=TOLD, distinct=True),
        reached_nobody=Count("deliveries", filter=Q(deliveries__state=DeliveryState.NOBODY), distinct=True),
        dealt_with=Count("deliveries", filter=TOLD & dealt, distinct=True),
    )


def flags_of(user: User, nominal: Nominal) -> FlagSettingQuerySet:
    """Return the flags of a record as its page shows them."""
    rows = FlagSetting.objects.for_user(user).filter(nominal=nominal)
    return with_figures(rows.select_related("user", "unit", "agency", "set_by", "verified_by", "ended_by"))


def event_names(day: date) -> dict[str, str]:
    """Return the name of each kind of event on a day."""
    return dict(EventType.objects.on(day).values_list("code", "name"))


def usual_for(nominal: Nominal, day: date) -> list[UsualFlag]:
    """Return the flags that such a record usually has and this one lacks; of several for one audience and event the last in the list."""
    level = RiskPeriod.objects.filter(nominal=nominal, period__contains=day).values_list("level", flat=True).first()
    rows = UsualFlag.objects.on(day).filter(registration__in=["", nominal.registration])
    rows = rows.filter(Q(least_level__isnull=True) | Q(least_level__lte=level or 0))
    live = FlagSetting.objects.live().filter(nominal=nominal).values_list("kind", "audience", "role")
    wanted = {(row.kind, row.audience, row.role): row for row in rows}
    return [row for key, row in wanted.items() if key not in set(live)]


def units_to_tell(nominal: Nominal) -> QuerySet[Unit]:
    """Return the units of the record's force."""
    return Unit.objects.filter(organisation=nominal.force_id).order_by("name")
