"""Documents on the line of time: each file that was added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from offenders.models import DocumentFile, Nominal
from offenders.timeline import Entry, Kind


def document_entries(user: User, nominal: Nominal, before: datetime, most: int) -> Iterator[Entry]:
    """Return the files that were added to the record before a moment, newest first."""
    rows = DocumentFile.objects.for_user(user).filter(nominal=nominal, added_at__lt=before)
    for row in rows.select_related("document", "added_by").order_by("-added_at", "-pk")[:most]:
        said = gettext("Document added: %(title)s") if row.number == 1 else gettext("Version %(number)s of a document added: %(title)s")
        yield Entry(
            at=row.added_at,
            kind=Kind.DOCUMENT,
            title=said % {"number": row.number, "title": row.document.title},
            text=row.note or row.document.get_kind_display(),
            who=row.added_by.display_name,
            url=reverse("offenders:document", args=[nominal.reference, row.document.public_id]),
        )
