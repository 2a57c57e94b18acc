"""What the safety tests need to try addresses about flags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from intelligence.choices.flags import Audience, DeliveryState
from intelligence.models import FlagDelivery, FlagReview, FlagSetting
from offenders.models import Nominal
from tests.intelligence.making_flags import happen, make_flag
from tests.safety.expectations import EXPECTED
from tests.safety.things.custody import of


def make_told(*, nominal: Nominal, recipient: User | None = None, kind: str = Happening.STOP_CHECK) -> FlagDelivery:
    """Something that a flag told the managing officer."""
    recipient = recipient or nominal.offender_manager
    setting = FlagSetting.objects.filter(nominal=nominal, kind=kind, user=recipient).first()
    setting = setting or make_flag(nominal=nominal, kind=kind, audience=Audience.USER, user=recipient)
    told = {"recipient": recipient, "state": DeliveryState.TOLD, "due_at": now(), "told_at": now()}
    return FlagDelivery.objects.create(setting=setting, occurrence=happen(nominal=nominal, kind=kind), **told)


def make_flag_to_end(*, nominal: Nominal) -> FlagSetting:
    """Another flag than the one to change: of each kind and audience there is one."""
    return make_flag(nominal=nominal, kind=Happening.RECALL)


def deal(role: Role, relation: str) -> set[str]:
    """Only whoever was told: here the managing officer; to others who know of the record it is missing."""
    if relation == "own" and role in EXPECTED[Perm.VIEW_MARKER][relation]:
        return {"reached"}
    return {"hidden", "refused"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "intelligence:flag-change": of(make_flag),
    "intelligence:flag-end": of(make_flag_to_end),
    "intelligence:flag-deal": lambda nominal: {"reference": nominal.reference, "key": make_told(nominal=nominal).pk},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {"intelligence:flag-deal": deal}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "intelligence:event-type-change",  # tests/intelligence/test_flag_kinds.py: dated data belongs to nobody
    "intelligence:usual-flag-change",
    "intelligence:usual-flag-end",
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    kinds: list[Any] = list(Happening)
    make_flag(nominal=nominal, kind=kinds[number % len(kinds)], audience=Audience.UNIT, unit=nominal.unit)
    over = {"ended_on": date(2026, 1, 1), "ended_by": nominal.offender_manager, "end_reason": "Served"}
    make_flag(nominal=nominal, kind=kinds[number % len(kinds)], **over)
    make_told(nominal=nominal, recipient=officer)
    FlagReview.objects.get_or_create(nominal=nominal, state="open", defaults={"due_on": date(2026, 11, 1)})
