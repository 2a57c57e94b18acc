"""Clock rules and bank holidays as a force changes them: new versions from a day on, never an older one overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, StaleRecord
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import require_force
from actions.models import BankHoliday, ClockRule
from audit.choices import Verb
from audit.services import record_event
from ui.templatetags.ui import date_words


def versions_of(code: str) -> list[ClockRule]:
    """Hold all versions of a rule until the transaction ends, oldest first: also one that somebody made while this waited."""
    versions = ClockRule.objects.filter(code=code).order_by("period")
    list(versions.select_for_update())
    return list(versions.select_for_update())


@transaction.atomic
def change_rule(*, actor: User, rule: ClockRule, starts_on: date, reason: str, **values: Any) -> ClockRule:
    """Give a rule another length, reminder or escalation from a day on. `rule` is its latest version, as the actor saw it."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    latest = versions_of(rule.code)[-1]
    if latest.pk != rule.pk:
        raise StaleRecord("Somebody else changed this rule while you worked on it. Look at it again and repeat your change.")
    if starts_on <= first_day(latest):
        since = date_words(first_day(latest))
        said = gettext_noop("A version holds from {since} already. Choose a later day, or withdraw that version.")
        raise DomainError(said, since=since, field="starts_on")
    require_lengthy(values.get("quantity", latest.quantity))
    latest.period = DateRange(latest.period.lower, starts_on)
    latest.save(update_fields=["period"])
    names = ("code", "name", "quantity", "unit", "warn_days", "escalate_days", "asks_why_late", "anew_after", "source")
    kept = {name: getattr(latest, name) for name in names}
    new = ClockRule.objects.create(**{**kept, **values, "period": DateRange(starts_on, None), "is_confirmed": True})
    record_event(Verb.CHANGED, new, reason=reason, act="Clock rule changed", rule=new.code, starts_on=starts_on.isoformat())
    transaction.on_commit(lambda: recompute_later(code=new.code), robust=True)
    return new


@transaction.atomic
def withdraw_version(*, actor: User, rule: ClockRule, reason: str) -> ClockRule:
    """Take back the latest version of a rule; the one before it holds again. The change log keeps what was withdrawn."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    versions = versions_of(rule.code)
    if len(versions) == 1:
        raise DomainError("This is the only version of the rule. Make a new version instead.")
    latest, before = versions[-1], versions[-2]
    if latest.pk != rule.pk:
        raise DomainError("Only the latest version can be withdrawn.")
    if first_day(latest) < localdate():
        raise DomainError("This version has counted since {since}. Make a new version instead.", since=date_words(first_day(latest)))
    was = {"length": str(latest.length or "without end"), "starts_on": first_day(latest).isoformat()}
    record_event(Verb.CHANGED, latest, reason=reason, act="Clock rule withdrawn", rule=latest.code, **was)
    latest.delete()
    before.period = DateRange(before.period.lower, None)
    before.save(update_fields=["period"])
    transaction.on_commit(lambda: recompute_later(code=before.code), robust=True)
    return before


def first_day(rule: ClockRule) -> date:
    """Return the first day of a version; every version has one."""
    return cast(date, rule.period.lower)


def require_lengthy(quantity: int | None) -> None:
    """A clock takes some time, or has no end."""
    if quantity is not None and quantity < 1:
        raise DomainError("Enter 1 or more, or leave it empty for a rule without end.", field="quantity")


@transaction.atomic
def confirm_rule(*, actor: User, rule: ClockRule) -> ClockRule:
    """Say that the force has checked a rule and works by it."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    locked = ClockRule.objects.select_for_update().get(pk=rule.pk)
    if locked.is_confirmed:
        raise DomainError("This rule is confirmed already.")
    locked.is_confirmed = True
    locked.save(update_fields=["is_confirmed"])
    record_event(Verb.CHANGED, locked, act="Clock rule confirmed", rule=locked.code)
    return locked


@transaction.atomic
def add_holiday(*, actor: User, nation: str, day: date, name: str, source: str) -> BankHoliday:
    """Say that a day is a bank holiday in a nation; clocks in working days are reckoned anew."""
    authorise(actor, Perm.CHANGE_RULES)
    require_force(actor)
    holiday, is_new = BankHoliday.objects.get_or_create(nation=nation, day=day, defaults={"name": name, "source": source})
    if not is_new:
        raise DomainError("This day is a bank holiday there already.", field="day")
    record_event(Verb.CREATED, holiday, act="Bank holiday added", nation=str(nation), day=day.isoformat())
    transaction.on_commit(lambda: recompute_later(nation=str(nation)), robust=True)
    return holiday


@transaction.atomic
def remove_holiday(*, actor: User, holiday: BankHoliday, reason: str) -> None:
    """Say that a day is a working day after all. The change log keeps what stood there."""
    authorise(actor, Perm.CHANGE_RULES, holiday)
    holiday = hold(holiday)
    nation = holiday.nation
    if holiday.day < localdate():
        raise DomainError("This day has passed. Clocks that ended by it stay as they were reckoned.")
    record_event(Verb.CHANGED, holiday, reason=reason, act="Bank holiday removed", nation=nation, day=holiday.day.isoformat())
    holiday.delete()
    transaction.on_commit(lambda: recompute_later(nation=nation), robust=True)


def recompute_later(code: str = "", nation: str = "") -> None:
    """Leave the reckoning to a worker; a beat sweep picks up what a lost message left."""
    from actions.tasks import recompute_clocks  # noqa: PLC0415  (tasks import services)

    recompute_clocks.delay(code, nation)
