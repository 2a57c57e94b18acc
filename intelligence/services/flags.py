"""Setting, changing and ending flags; each version is kept with who set it and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.reports import reckon_rule
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.flags import Audience, Channel, Urgency
from intelligence.guards.flags import require_audience, require_kind, require_live, require_quiet_hours_whole, require_single
from intelligence.models import FlagSetting, FlagSettingVersion, NoFlagReason, UsualFlag
from intelligence.reports.flags import usual_for
from intelligence.services.check_clocks import hold_record
from offenders.models import Nominal

NONE = "flag-none"
STANDS = "flag-none-stands"  # the rule that says how long a reason for no flag counts
PAGE = "intelligence:flag-list"
TITLE = gettext_noop("Set flags, or say why none is right")
NOTHING: dict[str, Any] = {
    "user": None, "role": "", "unit": None, "agency": None, "agreement": "", "agreement_until": None, "channel": Channel.BROWSER,
    "urgency": Urgency.DAILY, "quiet_from": None, "quiet_until": None, "least_interval_hours": 0,
}  # fmt: skip
OF_AUDIENCE = {
    Audience.USER: ("user",),
    Audience.ROLE: ("role",),
    Audience.UNIT: ("unit",),
    Audience.AGENCY: ("agency", "agreement", "agreement_until"),
}
STATED = ("kind", "audience", *NOTHING, "review_months")


def tidy(values: dict[str, Any]) -> dict[str, Any]:
    """Fill in what was left out, and leave away what belongs to another audience."""
    kept = OF_AUDIENCE.get(Audience(values["audience"]), ())
    others = {name for names in OF_AUDIENCE.values() for name in names} - set(kept)
    return {**NOTHING, **values, **{name: NOTHING[name] for name in others}}


def store_version(*, by: User, setting: FlagSetting, reason: str) -> FlagSettingVersion:
    """Keep what the flag says now, with who said so and why. For callers that hold the record."""
    stated = {name: getattr(setting, name) for name in STATED}
    snapshot = {name: plain(value) for name, value in stated.items()}
    snapshot["ended_on"] = plain(setting.ended_on)
    return FlagSettingVersion.objects.create(setting=setting, number=setting.version, by=by, reason=reason, snapshot=snapshot)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: the key of a row, a day or time in words."""
    if isinstance(value, date | time):
        return value.isoformat()
    return getattr(value, "pk", value)


@transaction.atomic
def set_flag(*, actor: User, nominal: Nominal, reason: str, review_months: int, **values: Any) -> FlagSetting:
    """Say who is told of a kind of event on a record. `values` are the columns of the flag; what is left out is at its simplest."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked, today = hold_record(nominal.pk), localdate()
    stated = {**tidy(values), "review_months": review_months}
    require_audience(locked, require_kind(stated["kind"], today), stated)
    require_quiet_hours_whole(stated)
    require_single(locked, stated)
    due = today + relativedelta(months=review_months)
    setting = FlagSetting.objects.create(nominal=locked, set_by=actor, set_at=now(), review_due_on=due, **stated)
    store_version(by=actor, setting=setting, reason=reason)
    record_event(Verb.CREATED, setting, reason=reason, act="Flag set", kind=setting.kind, audience=setting.audience)
    complete_actions_about(actor=actor, subject=locked, kind=NONE, outcome="A flag was set")
    return setting


def lock_flag(setting: FlagSetting, version: int | None) -> FlagSetting:
    """Hold the record and then the flag until the transaction ends."""
    hold_record(setting.nominal_id)
    locked = FlagSetting.objects.select_for_update(of=("self",)).select_related("nominal", "user", "unit", "agency").get(pk=setting.pk)
    require_live(locked, version)
    return locked


def stated_with(setting: FlagSetting, values: dict[str, Any]) -> dict[str, Any]:
    """Return what a flag would say with these values; DomainError where that may not be. For callers that hold the record."""
    stated = tidy({**{name: getattr(setting, name) for name in STATED}, **values})
    require_audience(setting.nominal, require_kind(stated["kind"], localdate()), stated)
    require_quiet_hours_whole(stated)
    require_single(setting.nominal, stated, own=setting.pk)
    return stated


@transaction.atomic
def change_flag(*, actor: User, setting: FlagSetting, reason: str, version: int | None = None, **values: Any) -> FlagSetting:
    """Give a flag a new version, which nobody has verified yet; it is due for review anew after its months."""
    authorise(actor, Perm.CHANGE_RECORD, setting)
    locked = lock_flag(setting, version)
    stated = stated_with(locked, values)
    fixed = {"set_by": actor, "set_at": now(), "verified_on": None, "verified_by": None}
    fixed["review_due_on"] = localdate() + relativedelta(months=stated["review_months"])
    for name, value in {**stated, **fixed}.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    store_version(by=actor, setting=locked, reason=reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Flag changed", kind=locked.kind, version=locked.version)
    return locked


@transaction.atomic
def end_flag(*, actor: User, setting: FlagSetting, reason: str, version: int | None = None) -> FlagSetting:
    """End a flag: it tells nobody any more, and what waited to be told is not."""
    authorise(actor, Perm.CHANGE_RECORD, setting)
    locked = lock_flag(setting, version)
    locked.ended_on, locked.ended_by, locked.end_reason = localdate(), actor, reason
    locked.version += 1
    locked.save(update_fields=["ended_on", "ended_by", "end_reason", "version"])
    store_version(by=actor, setting=locked, reason=reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Flag ended", kind=locked.kind)
    return locked


@transaction.atomic
def set_usual_flags(*, actor: User, nominal: Nominal, usual: Sequence[UsualFlag], reason: str) -> list[FlagSetting]:
    """Set those of the usual flags that were chosen, as far as the record lacks them."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lacking = {flag.pk for flag in usual_for(nominal, localdate())}
    if not usual:
        raise DomainError("Choose at least one flag.", field="usual")
    names = ("kind", "audience", "role", "channel", "urgency", "review_months")
    return [
        set_flag(actor=actor, nominal=nominal, reason=reason, **{name: getattr(flag, name) for name in names})
        for flag in usual
        if flag.pk in lacking
    ]


@transaction.atomic
def explain_no_flags(*, actor: User, nominal: Nominal, reason: str) -> None:
    """Record why no flag is right for a person; the action that asked for one is done by it, until the reason has lapsed."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = hold_record(nominal.pk)
    if FlagSetting.objects.live().filter(nominal=locked).exists():
        raise DomainError("The record has flags. End them first, each with its reason.")
    store_no_flag_reason(by=actor, nominal=locked, reason=reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="No flag is right")


def store_no_flag_reason(*, by: User, nominal: Nominal, reason: str) -> NoFlagReason:
    """Keep why no flag is right, for as long as the force's rule says on this day. For callers that hold the record."""
    moment = now()
    late_from = reckon_rule(STANDS, moment, nominal.force.nation).late_from
    until = localdate(late_from) - timedelta(days=1) if late_from else None
    complete_actions_about(actor=by, subject=nominal, kind=NONE, outcome=reason)
    return NoFlagReason.objects.create(nominal=nominal, reason=reason, by=by, at=moment, stands_until=until)
