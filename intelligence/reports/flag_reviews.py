"""What each flag did since somebody last looked at it; which reviews wait; which flags are alike and can be kept together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.access import scopes_of
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Occurrence
from actions.reports import Work
from actions.services.people import SENIOR
from audit.references import known_to
from intelligence.choices.flags import DeliveryState
from intelligence.models import FlagDelivery, FlagReview, FlagSetting, FlagVerdict
from intelligence.querysets.flags import FlagReviewQuerySet, FlagSettingQuerySet
from offenders.models import MappaPeriod, RiskPeriod
from ui.templatetags.ui import uk_date

READ_WITHIN = timedelta(hours=24)  # the page says so; what counts as missed is for people to judge, no clock hangs on it
TOLD = [DeliveryState.TOLD, DeliveryState.HANDED_OVER]
ALIKE = ("kind", "audience", "role", "unit_id", "agency_id", "user_id", "channel", "urgency", "review_months", "least_interval_hours")


@dataclass(frozen=True)
class Activity:
    """What one flag did since it was verified last, or since it was set."""

    fired: int = 0
    told: int = 0
    read: int = 0
    acted: int = 0
    reached_nobody: int = 0
    missed: int = 0
    last: datetime | None = None

    @property
    def is_quiet(self) -> bool:
        """It never fired."""
        return not self.fired

    @property
    def is_sound(self) -> bool:
        """It never fired, or everything it told was read and nothing was missed."""
        heard = self.told > 0 and self.read == self.told and not self.reached_nobody
        return not self.missed and (self.is_quiet or heard)


def activity_of(settings: Sequence[FlagSetting]) -> dict[int, Activity]:
    """Return what each of these flags did, in two statements for all of them.

    Missed is an event of its kind since then of which the flag told nobody who read it within a day.
    """
    keys = [setting.pk for setting in settings]
    since = Q(occurrence__at__date__gte=Coalesce(F("setting__verified_on"), TruncDate("setting__set_at")))
    told, read = Q(state__in=TOLD), Q(notification__read_at__isnull=False) | Q(action__closed_at__isnull=False)
    counted = FlagDelivery.objects.filter(since, setting__in=keys).order_by().values("setting").annotate(
        fired=Count("occurrence", distinct=True), told=Count("pk", filter=told), read=Count("pk", filter=told & read),
        acted=Count("pk", filter=told & (Q(acted_at__isnull=False) | Q(action__closed_at__isnull=False))),
        nobody=Count("pk", filter=Q(state=DeliveryState.NOBODY)), last=Max("occurrence__at"),
    )  # fmt: skip
    missed = missed_by(keys)
    names = ("fired", "told", "read", "acted", "nobody")
    found = {
        row["setting"]: Activity(*(row[name] for name in names), missed=missed.get(row["setting"], 0), last=row["last"]) for row in counted
    }
    return {key: found.get(key, Activity(missed=missed.get(key, 0))) for key in keys}


def missed_by(keys: list[int]) -> dict[int, int]:
    """Count for each flag the events of its kind that nobody read within a day."""
    in_time = Q(notification__read_at__lte=F("occurrence__at") + READ_WITHIN) | Q(action__closed_at__lte=F("occurrence__at") + READ_WITHIN)
    heard = FlagDelivery.objects.filter(in_time, occurrence=OuterRef("pk"), setting=OuterRef(OuterRef("pk")))
    events = Occurrence.objects.filter(nominal=OuterRef("nominal"), kind=OuterRef("kind"), at__date__gte=OuterRef("since"))
    events = events.filter(at__gte=OuterRef("set_at")).filter(~Exists(heard))
    number = events.order_by().values("nominal").annotate(number=Count("pk")).values("number")
    rows = FlagSetting.objects.filter(pk__in=keys).annotate(since=Coalesce(F("verified_on"), TruncDate("set_at")))
    return dict(rows.annotate(missed=Coalesce(Subquery(number), 0)).values_list("pk", "missed"))


def reviews_for(user: User, today: date) -> QuerySet[FlagReview]:
    """Return the reviews that this supervisor can sign off, the longest due first, with risk, MAPPA and the flags that are due."""
    rows = FlagReview.objects.for_user(user, Perm.VERIFY_FLAGS).waiting().select_related("nominal__offender_manager", "action")
    due = FlagSetting.objects.to_review(today).order_by("review_due_on", "pk")
    return rows.prefetch_related(
        Prefetch("nominal__risk_periods", RiskPeriod.objects.filter(period__contains=today), to_attr="risk_today"),
        Prefetch("nominal__mappa_periods", MappaPeriod.objects.filter(period__contains=today), to_attr="mappa_today"),
        Prefetch("nominal__flag_settings", due, to_attr="flags_due"),
    ).annotate(
        flags=Count("nominal__flag_settings", filter=Q(nominal__flag_settings__ended_on__isnull=True), distinct=True),
        answered=Count("verdicts", distinct=True),
    ).order_by("due_on", "pk")  # fmt: skip


def why_due(flag: FlagSetting) -> str:
    """Say since when a flag is to be looked at, and what that day was reckoned from."""
    months = ngettext("%(number)s month", "%(number)s months", flag.review_months) % {"number": flag.review_months}
    said = {"due": uk_date(flag.review_due_on), "months": months, "day": uk_date(flag.verified_on or flag.set_at)}
    if flag.verified_on:
        return gettext("%(due)s, %(months)s after it was verified on %(day)s") % said
    return gettext("%(due)s, %(months)s after it was set on %(day)s; nobody has verified it") % said


def count_late(user: User, now: datetime) -> tuple[int, int]:
    """Count the reviews that wait for this supervisor, and those of them whose time is over."""
    rows = FlagReview.objects.for_user(user, Perm.VERIFY_FLAGS).waiting().order_by()
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(action__late_from__lte=now)))
    return found["all"], found["late"]


def count_gone_up(user: User, now: datetime) -> int:
    """Count the late reviews of the force that have gone up to this superintendent, as far as they may know of the record."""
    late = FlagReview.objects.waiting().filter(action__late_from__lte=now, action__notifications__recipient=user)
    return late.filter(nominal__in=known_to(user).values("pk")).order_by().values("pk").distinct().count()


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how many reviews wait for a supervisor, and how many late ones have gone up to a superintendent."""
    lists = []
    if scopes_of(user, Perm.VERIFY_FLAGS):
        lists.append(Work(gettext("Reviews of flags"), *count_late(user, now), reverse("intelligence:flag-reviews")))
    elif user.roles.intersection(SENIOR):
        late = count_gone_up(user, now)
        lists.append(Work(gettext("Reviews of flags gone up to you"), late, late, reverse("actions:notification-list")))
    return lists


def unanswered(reviews: FlagReviewQuerySet) -> FlagSettingQuerySet:
    """Return the live flags of these reviews of which nobody has said anything, as they are now."""
    answered = Q(verdicts__review__state="open", verdicts__version=F("version"))
    rows = FlagSetting.objects.live().filter(nominal__in=reviews.values("nominal")).exclude(answered)
    return rows.order_by("kind", "nominal__reference")


def own_alike(user: User, flag: FlagSetting) -> FlagSettingQuerySet:
    """Return flags under review that say the same as this one and that this supervisor set: somebody else must judge them."""
    reviews = FlagReview.objects.for_user(user, Perm.VERIFY_FLAGS).waiting()
    return unanswered(reviews).filter_exactly({name: getattr(flag, name) for name in ALIKE}).filter(set_by=user).select_related("nominal")


def numbers_kept(verdicts: Iterable[FlagVerdict]) -> dict[int, str]:
    """Return the collar number of each person whom an answer would have told instead, by key."""
    return dict(User.objects.filter(pk__in=[row.changes.get("user") for row in verdicts]).values_list("pk", "collar_number"))


def alike_for(user: User) -> list[list[tuple[FlagSetting, Activity]]]:
    """Return flags under review that say the same on several records and did well, in groups of two or more; never one's own."""
    reviews = FlagReview.objects.for_user(user, Perm.VERIFY_FLAGS).waiting()
    flags = list(unanswered(reviews).exclude(set_by=user).select_related("nominal", "user", "unit", "agency", "set_by"))
    did = activity_of(flags)
    groups: dict[tuple[object, ...], list[tuple[FlagSetting, Activity]]] = {}
    for flag in flags:
        if did[flag.pk].is_sound:
            groups.setdefault(tuple(getattr(flag, name) for name in ALIKE), []).append((flag, did[flag.pk]))
    return [group for group in groups.values() if len({flag.nominal_id for flag, _ in group}) > 1]
