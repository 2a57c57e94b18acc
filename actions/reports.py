"""Reading clock rules, bank holidays and actions: what holds, and how much waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Model, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from accounts.models import User
from actions.choices import TimeUnit
from actions.models import Action, BankHoliday, ClockRule, Notification
from actions.querysets import ActionQuerySet
from actions.rules import SOON_DAYS, Due, Extension, Length, Line, Pause, Version, end_of, reckon, version_for
from audit.models import Event


def rule_on(code: str, day: date) -> ClockRule:
    """Return the rule of this code that holds on this day; ClockRule.DoesNotExist when none does."""
    return ClockRule.objects.on(day).get(code=code)


def holidays_of(nation: str, since: date, until: date) -> set[date]:
    """Return the bank holidays of a nation in these days."""
    return set(BankHoliday.objects.filter(nation=nation, day__range=(since, until)).values_list("day", flat=True))


def reckon_rule(code: str, starts_at: datetime, nation: str) -> Due:
    """Return when something under this rule is due, as the rule stood on the day it starts."""
    length = rule_on(code, localdate(starts_at)).length
    if length is None:
        return Due(None, [Line("This has no end", "")])
    return reckon(starts_at, length, holidays_around(length, nation, localdate(starts_at)))


def asks_why_late(action: Action, now: datetime) -> bool:
    """Say whether an action is late at this moment under a version of its rule that asks why."""
    if not action.rule_code or action.late_from is None or now < action.late_from:
        return False
    try:
        return RuleBook.of([action.rule_code], localdate(now)).rule_for(action.rule_code, localdate(action.starts_at)).asks_why_late
    except LookupError:
        return False


def holidays_around(length: Length, nation: str, start: date) -> set[date]:
    """Return the bank holidays that can matter to a clock; none unless it counts working days."""
    if length.unit != TimeUnit.WORKING_DAYS:
        return set()
    return holidays_of(nation, start, start + timedelta(days=2 * length.quantity + 366))


@dataclass
class RuleBook:
    """Rules and bank holidays in memory, so that many clocks are reckoned without asking for each."""

    today: date
    rules: dict[str, list[ClockRule]]
    holidays: dict[str, set[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Collection[str], today: date) -> RuleBook:
        """Read all versions of these rules."""
        rules: dict[str, list[ClockRule]] = defaultdict(list)
        for rule in ClockRule.objects.filter(code__in=codes).order_by("code", "period"):
            rules[rule.code].append(rule)
        return cls(today, dict(rules))

    def rule_for(self, code: str, start: date) -> ClockRule:
        """Return the version that counts for a clock that starts on a day; NoVersion when none does, KeyError for an unknown rule."""
        versions = self.rules[code]
        return versions[version_for([Version(rule.period.lower, rule.counts_for_running) for rule in versions], start, self.today)]

    def holidays_in(self, nation: str) -> set[date]:
        """Return every bank holiday of a nation; read once."""
        if nation not in self.holidays:
            self.holidays[nation] = set(BankHoliday.objects.filter(nation=nation).values_list("day", flat=True))
        return self.holidays[nation]


@dataclass(frozen=True)
class Counts:
    """How much waits for somebody."""

    late: int
    today: int
    soon: int
    open: int


def count_actions(actions: QuerySet[Action], now: datetime) -> Counts:
    """Count what waits: late, due today, due within days from today on, and all; in one query."""
    midnight, week = end_of(localdate(now)), end_of(localdate(now) + timedelta(days=SOON_DAYS))
    in_time = Q(late_from__gt=now)
    numbers = (
        actions.waiting()
        .order_by()
        .aggregate(  # type: ignore[attr-defined]
            late=Count("pk", filter=Q(late_from__lte=now)),
            today=Count("pk", filter=in_time & Q(late_from__lte=midnight)),
            soon=Count("pk", filter=in_time & Q(late_from__lte=week)),
            open=Count("pk"),
        )
    )
    return Counts(**numbers)


def count_unread(user: User) -> int:
    """Count what somebody was told and has not read."""
    return Notification.objects.for_user(user).unread().count()


class Work(NamedTuple):
    """A list of an upper app that waits for somebody: how much is on it, how much of that is late, and where it is."""

    words: str
    number: int
    late: int
    address: str


def work_of(user: User, now: datetime) -> list[Work]:
    """Return the lists of upper apps on which something waits for this user; each app says so itself, see `WORK_LISTS`."""
    lists = [work for path in settings.WORK_LISTS for work in import_string(path)(user, now)]
    return [work for work in lists if work.number]


def counters_of(user: User, now: datetime, *, is_unit: bool = False) -> dict[str, Any]:
    """Return what a page of counters shows: the user's own actions, or those that the user's unit answers for; and other lists."""
    rows = Action.objects.for_user(user)
    rows = rows.filter(unit=user.unit_id) if is_unit else rows.for_doing_by(user)
    numbers = {"counts": count_actions(rows, now), "unread": count_unread(user), "work": work_of(user, now)}
    return numbers | {"whose": "unit" if is_unit else ""}


def soonest_of(user: User) -> ActionQuerySet:
    """Return the waiting actions of each record of an outer query, for a sub-select: those that the user may see, soonest first."""
    return Action.objects.for_user(user).waiting().filter(nominal=OuterRef("pk")).soonest_first()


def history_of(action: Action) -> list[Event]:
    """Return what was done with an action, newest first; whoever may read the action may read it."""
    rows = Event.objects.filter(subject_type=action._meta.label_lower, subject_id=action.pk).exclude(verb="viewed")
    return list(rows.select_related("actor").order_by("-pk")[:100])


def waiting_by_subject(rows: Collection[Model], kind: str) -> dict[int, Action]:
    """Return the waiting action of one kind about each of these rows, in one query."""
    if not rows:
        return {}
    label = next(iter(rows))._meta.label_lower
    found = Action.objects.waiting().filter(kind=kind, subject_type=label, subject_id__in=[row.pk for row in rows])
    return {action.subject_id: action for action in found if action.subject_id}


def codes_of(actions: Iterable[Action]) -> set[str]:
    """Return the rules under which these actions run."""
    return {action.rule_code for action in actions if action.rule_code}


def reckon_clock(
    book: RuleBook, code: str, *, starts_at: datetime, nation: str, pauses: Sequence[Pause] = (), extensions: Sequence[Extension] = ()
) -> Due:
    """Return when a clock of a rule that starts at this moment in a nation is due; LookupError when no version counts."""
    rule = book.rule_for(code, localdate(starts_at))
    said = Line(f"Rule: {rule.name} ({rule.source}), since", str(rule.period.lower))
    if rule.length is None:
        return Due(None, [said, Line("This has no end", "")])
    units = {rule.length.unit, *(extension.length.unit for extension in extensions)}
    holidays = book.holidays_in(nation) if TimeUnit.WORKING_DAYS in units else ()
    due = reckon(starts_at, rule.length, holidays, pauses, extensions, anew_after=rule.anew_after)
    return Due(due.late_from, [said, *due.lines])
