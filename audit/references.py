"""References of the records that events are about; the app that holds the records is a higher one, so it is found late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps

from accounts.permissions import Perm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def records() -> QuerySet:
    """Return all records: whoever reads the trail may know references, and nothing else of a record."""
    return apps.get_model("offenders", "Nominal")._default_manager.all()


def references_of(keys: Iterable[int | None]) -> dict[int, str]:
    """Return the reference of each record that is named by key, in one query."""
    return dict(records().filter(pk__in={key for key in keys if key}).values_list("pk", "reference"))


def key_of(reference: str) -> int | None:
    """Return the key of the record with this reference, or None."""
    return records().filter(reference__iexact=reference).values_list("pk", flat=True).first()


def known_to(user: User) -> QuerySet:
    """Return the records of which this user may know; rows about any other stay out of what the user is shown."""
    return records().for_user(user, Perm.VIEW_MARKER)


def kept_from(user: User) -> QuerySet:
    """Return the keys of the records that this person must not know of, whatever else they hold."""
    exclusions = apps.get_model("offenders", "Exclusion")._default_manager
    return exclusions.filter(user=user, ended_at__isnull=True).values("nominal_id")


def of_force(user: User) -> QuerySet:
    """Return the records of the user's force, restricted and merged ones too, without those that the user must not know of."""
    return records().filter(force=user.organisation_id).exclude(pk__in=kept_from(user))
