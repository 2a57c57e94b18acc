"""What the safety tests need to try addresses about reviews of flags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from actions.choices import Happening
from intelligence.models import FlagReview, FlagSetting, FlagVerdict, NoFlagReason
from offenders.models import Nominal
from tests.factories import make_user
from tests.intelligence.making_flags import make_flag
from tests.safety.expectations import BY_LEAD, NOBODY


def one_flag(nominal: Nominal, kind: str) -> FlagSetting:
    """The flag of this kind on the record, set by a colleague who has nothing else to do with it."""
    live = FlagSetting.objects.live().filter(nominal=nominal, kind=kind).first()
    return live or make_flag(nominal=nominal, kind=kind, set_by=make_user(unit=nominal.unit))


def make_review(nominal: Nominal) -> FlagReview:
    """An open review of a record with one flag."""
    one_flag(nominal, Happening.BREACH)
    return FlagReview.objects.get_or_create(nominal=nominal, state="open", defaults={"due_on": date(2026, 11, 1)})[0]


def with_review(nominal: Nominal) -> dict:
    """The record of a review."""
    make_review(nominal)
    return {"reference": nominal.reference}


def make_history(nominal: Nominal) -> dict:
    """One flag of the record."""
    return {"reference": nominal.reference, "public_id": one_flag(nominal, Happening.RECALL).public_id}


def alike(role: Role, relation: str) -> set[str]:
    """Only supervisors of the unit reach flags of its records."""
    return {"reached"} if role in BY_LEAD.get(relation, NOBODY) else {"hidden", "refused"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "intelligence:flag-review": with_review,
    "intelligence:flag-history": make_history,
    "intelligence:flag-alike": lambda nominal: {"public_id": one_flag(nominal, Happening.CUSTODY).public_id},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {"intelligence:flag-alike": alike}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang a review that was signed off on a record, and a reason why no flag was right; flags hang there already."""
    flag, colleague = one_flag(nominal, Happening.RECALL), make_user(Role.SUPERVISOR, unit=nominal.unit)
    over = {"state": "signed_off", "signed_off_by": colleague, "signed_off_at": now()}
    past = FlagReview.objects.create(nominal=nominal, due_on=date(2026, 11, 1), **over)
    said = {"verdict": "change", "reason": "Serves", "changes": {"audience": "unit", "unit": nominal.unit_id, "user": officer.pk}}
    FlagVerdict.objects.create(review=past, setting=flag, version=flag.version, set_by=flag.set_by, by=colleague, **said)
    NoFlagReason.objects.create(nominal=nominal, reason="In prison", by=colleague, at=now(), stands_until=date(2027, 1, 1))
