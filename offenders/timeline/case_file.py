"""What the case file has to say on the line of time: entries that began and ended, conversations, markings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.rules import start_of
from offenders.documents.case_file import details_of, title_of
from offenders.models import Associate, Contact, Marking
from offenders.models.case_file import FilePart
from offenders.reports.case_file import SORTS, Sort, entries_of, name_associates
from offenders.rules.case_file import last_of
from offenders.timeline import Entry, Kind
from offenders.timeline.moments import last_day_before, newest
from offenders.timeline.records import by
from ui.templatetags.ui import in_sentence

if TYPE_CHECKING:
    from accounts.models import User
    from offenders.models import Nominal

# What an entry's first and last day are called.
WORDS = {
    "address": (Kind.ADDRESS, _("Address begins"), _("Address ends")),
    "household": (Kind.ADDRESS, _("Children live or stay"), _("No more children")),
    "protected": (Kind.PEOPLE, _("At risk"), _("No longer at risk")),
    "associate": (Kind.PEOPLE, _("Associate"), _("No longer an associate")),
    "occupation": (Kind.WORK, _("Begins"), _("Ends")),
    "online": (Kind.ONLINE, _("Online identity in use"), _("Online identity no longer in use")),
    "vehicle": (Kind.VEHICLE, _("Vehicle in use"), _("Vehicle no longer in use")),
    "device": (Kind.ONLINE, _("Device in use"), _("Device no longer in use")),
}


def of_entries(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """The first and last days of all entries. A record has few, so that all are read and then cut."""
    return newest([entry for sort in SORTS for entry in days_of_sort(user, nominal, sort)], before, limit)


def days_of_sort(user: User, nominal: Nominal, sort: Sort) -> Iterator[Entry]:
    """The days of one sort of entry."""
    rows: list[FilePart] = list(entries_of(user, nominal, sort.model))
    if sort.model is Associate:
        name_associates(user, rows)
    url = f"{reverse('offenders:case-file', args=[nominal.reference])}#{sort.slug}"
    kind, begins, ends = WORDS[sort.slug]
    for row in rows:
        if row.period.lower:
            text = "\n".join(filter(None, details_of(row)))
            yield Entry(start_of(row.period.lower), kind, f"{begins}: {title_of(row)}", text, url=url)
        if last := last_of(row.period):
            yield Entry(start_of(last), kind, f"{ends}: {title_of(row)}", row.end_reason, url=url)


def of_contacts(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Conversations about the person."""
    url = reverse("offenders:contacts", args=[nominal.reference])
    rows = Contact.objects.for_user(user).filter(nominal=nominal, at__lt=before).select_related("recorded_by")
    for row in rows.order_by("-at", "-pk")[:limit]:
        title = f"{row.get_way_display()}, {row.with_whom or in_sentence(row.get_party_display())}: {row.about}"
        yield Entry(row.at, Kind.CONTACT, title, row.said, row.recorded_by.display_name, f"{url}#{row.public_id}")


def of_markings(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """How the file was marked."""
    url = reverse("offenders:marking", args=[nominal.reference])
    rows = Marking.objects.for_user(user).filter(nominal=nominal, period__startswith__lte=last_day_before(before)).select_related("set_by")
    for row in rows.order_by("-period")[:limit]:
        title = gettext("Marked %(marking)s") % {"marking": row.words}
        yield Entry(start_of(row.period.lower), Kind.RECORD, title, row.reason, by(row.set_by), url)
