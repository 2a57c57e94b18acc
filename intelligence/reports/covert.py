"""Who may be asked for covert techniques, and who answers for the unit that was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.access import may
from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import Perm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from intelligence.models import CovertReferral


def units_to_ask(user: User) -> QuerySet[Unit]:
    """Return the units of the user's force in which an active intelligence officer works."""
    working = User.objects.colleagues_of(user).filter(groups__name=Role.INTELLIGENCE)
    return Unit.objects.filter(organisation=user.organisation_id, pk__in=working.values("unit_id"))


def handlers_of(referral: CovertReferral) -> QuerySet[User]:
    """Return the intelligence officers of the unit, without whoever must not know of the record."""
    excluded = referral.nominal.exclusions.filter(ended_at=None).values("user_id")
    people = User.objects.filter(unit=referral.unit, is_active=True, groups__name=Role.INTELLIGENCE)
    return people.exclude(pk__in=excluded).exclude(pk=referral.owner_id).distinct()


def is_handler(user: User, referral: CovertReferral) -> bool:
    """Whether the user answers for the unit; nobody answers what they sent themselves."""
    in_unit = user.unit_id == referral.unit_id and Role.INTELLIGENCE in user.roles
    return in_unit and user.pk != referral.owner_id and may(user, Perm.VIEW_CONFIDENTIAL)
