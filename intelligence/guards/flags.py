"""What must hold before a flag changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, StaleRecord
from accounts.permissions import ROLE_RIGHTS, Perm
from intelligence.choices.flags import Audience, Channel
from intelligence.models import EventType, FlagSetting
from offenders.models import Nominal

LACKS = {
    Audience.USER: ("user", gettext_noop("Enter the collar number of the person to be told")),
    Audience.ROLE: ("role", gettext_noop("Choose the role to be told")),
    Audience.UNIT: ("unit", gettext_noop("Choose the unit to be told")),
    Audience.AGENCY: ("agency", gettext_noop("Choose the agency to be told")),
}


def require_kind(code: str, today: date) -> EventType:
    """The kind of event exists on this day."""
    event = EventType.objects.on(today).filter(code=code).first()
    if event is None:
        raise DomainError("This kind of event is not in use. Choose another.", field="kind")
    return event


def require_audience(nominal: Nominal, event: EventType, values: dict[str, Any]) -> None:
    """Whoever is named is there, and a person, role or unit could be told of such an event; an agency has an agreement that counts."""
    audience = Audience(values["audience"])
    field, words = LACKS.get(audience, ("", ""))
    if field and not values[field]:
        raise DomainError(words, field=field)
    if audience == Audience.USER and not may(values["user"], Perm(event.needs), nominal):
        raise DomainError("This person may not read what the event needs. Choose somebody else, or give them access first.", field="user")
    if audience == Audience.ROLE:
        require_role_reads(event, Role(values["role"]))
    if audience == Audience.AGENCY:
        require_agreement(values)


def require_role_reads(event: EventType, role: Role) -> None:
    """Somebody in this role could read what the event needs."""
    if Perm(event.needs) not in ROLE_RIGHTS[role]:
        raise DomainError("This role may not read what the event needs. Choose another role.", field="role")


def require_agreement(values: dict[str, Any]) -> None:
    """An agency is told under an agreement that has not ended, through an action of the managing officer."""
    if values["agency"].is_force:
        raise DomainError("Choose an agency. Another force becomes a partner of the record instead.", field="agency")
    if not values["agreement"]:
        raise DomainError("Enter the reference of the agreement under which the agency is told", field="agreement")
    if values["agreement_until"] is None or values["agreement_until"] < localdate():
        raise DomainError("Enter the last day of the agreement: today or later", field="agreement_until")
    if values["channel"] != Channel.ACTION:
        raise DomainError("An agency is told by the managing officer. Choose an action.", field="channel")


def require_quiet_hours_whole(values: dict[str, Any]) -> None:
    """Quiet hours have a beginning and an end that differ, or there are none."""
    start, end = values["quiet_from"], values["quiet_until"]
    if (start is None) != (end is None) or (start is not None and start == end):
        raise DomainError("Enter both the beginning and the end of the quiet hours, or neither", field="quiet_until")


def require_single(nominal: Nominal, values: dict[str, Any], own: int | None = None) -> None:
    """No other live flag of the record tells the same audience of the same event."""
    same = {name: values[name] for name in ("kind", "audience", "user", "role", "unit", "agency")}
    others = FlagSetting.objects.live().filter(nominal=nominal).exclude(pk=own or 0)
    if others.filter_exactly(same).exists():
        raise DomainError("A flag tells them of this event already. Change that flag instead.", field="kind")


def require_live(setting: FlagSetting, version: int | None) -> None:
    """The flag has not ended, and nobody changed it since the actor saw it; without a version nothing is compared."""
    if setting.ended_on:
        raise DomainError("This flag has ended. Set a new one.")
    if version is not None and setting.version != version:
        raise StaleRecord("Somebody else changed this flag while you worked on it. Look at it again and repeat your change.")
