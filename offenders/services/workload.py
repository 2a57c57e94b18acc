"""Moving several cases from one officer to another at once: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Nominal
from offenders.services.records import allocate_nominal

NONE_MOVED = gettext_noop("Somebody else changed one of these cases meanwhile. Nothing was moved. Compare again, then confirm.")


@transaction.atomic
def reallocate_cases(*, actor: User, cases: Sequence[tuple[Nominal, int]], offender_manager: User, reason: str) -> list[Nominal]:
    """Hand each of these records, in the version that the actor saw, to one officer; the records move to the officer's unit."""
    authorise(actor, Perm.ALLOCATE_RECORD)
    if not cases:
        raise DomainError("Choose at least one case.", field="cases")
    if offender_manager.unit is None:
        raise DomainError("Choose an officer who belongs to a unit.", field="offender_manager")
    try:
        return [
            allocate_nominal(
                actor=actor, nominal=nominal, unit=offender_manager.unit, offender_manager=offender_manager, version=version, reason=reason
            )
            for nominal, version in sorted(cases, key=lambda case: case[0].pk)
        ]
    except StaleRecord as error:
        raise StaleRecord(NONE_MOVED) from error
