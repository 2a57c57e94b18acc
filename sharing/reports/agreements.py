"""What pages of agreements read."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.db.models import QuerySet

from accounts.models import User
from offenders.history import Change, describe_changes
from sharing.models import AgencyContact, Agreement


def with_sides(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Fetch both sides, and who suspended it."""
    return rows.select_related("force", "agency", "suspended_by")


def contacts_of(user: User, agreement: Agreement) -> QuerySet[AgencyContact]:
    """Return whom the user's force reaches at the agency; an agency's own users are shown none."""
    return AgencyContact.objects.for_user(user).live().filter(agency=agreement.agency_id)


def history_of(agreement: Agreement) -> list[Change]:
    """Return the change log of an agreement in words, newest first."""
    entries = LogEntry.objects.get_for_object(agreement).select_related("actor", "content_type")
    return describe_changes(entries.order_by("-pk"))
