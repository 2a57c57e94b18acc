"""Noting what changed for an agency, for its systems to ask for and to be told of."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from accounts.models import Organisation
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyChange

NOTING = 5_170_001  # the lock under which changes of one agency get their numbers


@transaction.atomic
def note_change(*, actor: object, kind: ChangeKind, force: Organisation, agency: Organisation, subject: UUID) -> AgencyChange:
    """Add a change, in the transaction of the act that made it. For callers that have authorised the actor; holds keys only.

    Changes of one agency are noted one after the other, so that none appears below a number that the agency has read past.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NOTING, agency.pk])
    return AgencyChange.objects.create(kind=kind, force=force, agency=agency, subject=subject)
