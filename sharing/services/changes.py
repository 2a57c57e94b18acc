"""Noting what changed for an agency, for its systems to ask for and to be told of."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Organisation
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyChange


def note_change(*, actor: object, kind: ChangeKind, force: Organisation, agency: Organisation, subject: UUID) -> AgencyChange:
    """Add a change, in the transaction of the act that made it. For callers that have authorised the actor; holds keys only."""
    return AgencyChange.objects.create(kind=kind, force=force, agency=agency, subject=subject)
