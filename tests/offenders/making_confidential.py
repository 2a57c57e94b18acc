"""Functions that make sensitive material and referrals for covert techniques."""

from __future__ import annotations

from typing import Any

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from intelligence.models import CovertReferral
from offenders.models import Nominal, SensitiveItem
from tests.factories import FAR, make_user


def make_sensitive(*, nominal: Nominal, added_by: User | None = None, text: str = "Takes insulin", **values: Any) -> SensitiveItem:
    """Something about health, added by the managing officer unless told otherwise."""
    writer = added_by or nominal.offender_manager
    defaults = {"kind": "health", "source": "Custody nurse", "basis": "vital_interests", "review_on": FAR}
    with row_security(writer):
        return SensitiveItem.objects.create(nominal=nominal, added_by=writer, text=text, **{**defaults, **values})


def writer_of(nominal: Nominal) -> User:
    """Somebody who may write sensitive material of the record, whoever manages it: a supervisor of its unit."""
    return make_user(Role.SUPERVISOR, unit=nominal.unit)


def make_matter(*, nominal: Nominal, owner: User | None = None, **values: Any) -> CovertReferral:
    """A draft of a referral for covert techniques, by the managing officer unless told otherwise."""
    writer = owner or nominal.offender_manager
    with row_security(writer):
        return CovertReferral.objects.create(nominal=nominal, owner=writer, **{"purpose": "Learn where he meets them", **values})
