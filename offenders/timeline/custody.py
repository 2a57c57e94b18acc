"""Licence, recall, custody, transfers and what other authorities were told, on the line of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.models import User
from actions.rules import start_of
from offenders.models import AuthorityNotice, Custody, Licence, Nominal, Recall, Transfer
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence


def custody_events(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return the newest of them before a moment that this user may see."""
    held, told = reverse("offenders:custody", args=[nominal.reference]), reverse("offenders:authorities", args=[nominal.reference])
    today, day = localdate(), localdate(before)
    for licence in Licence.objects.for_user(user).filter(nominal=nominal, period__startswith__lte=day)[:limit]:
        title = gettext("%(kind)s begins") % {"kind": licence.get_kind_display()}
        yield Entry(start_of(licence.first_day), Kind.LICENCE, title, licence.probation_office, "", held)
    for custody in Custody.objects.for_user(user).filter(nominal=nominal, period__startswith__lte=day)[:limit]:
        yield Entry(start_of(custody.first_day), Kind.CUSTODY, custody.get_kind_display(), custody.establishment, "", held)
        if custody.period.upper and custody.period.upper <= today:
            yield Entry(start_of(custody.period.upper), Kind.CUSTODY, gettext("Released"), custody.establishment, "", held)
    for recall in Recall.objects.for_user(user).filter(nominal=nominal, requested_at__lt=before)[:limit]:
        yield from steps_of(recall, held)
    notices = AuthorityNotice.objects.for_user(user).filter(nominal=nominal, told_at__lt=before).select_related("agency", "told_by")
    for notice in notices.order_by("-told_at")[:limit]:
        about = in_sentence(notice.get_about_display())
        title = gettext("%(agency)s was told: %(about)s") % {"agency": notice.agency.name, "about": about}
        yield Entry(notice.told_at, Kind.AUTHORITY, title, notice.text, notice.told_by.display_name, told)
    yield from transfers(user, nominal, before, limit)


def steps_of(recall: Recall, url: str) -> Iterable[Entry]:
    """Return each step that a recall has taken."""
    steps = (
        (recall.requested_at, gettext("%(kind)s asked for") % {"kind": recall.get_kind_display()}),
        (recall.revoked_at, gettext("Licence revoked")),
        (recall.arrested_at, gettext("Arrested after recall")),
        (recall.returned_at, gettext("Back in custody")),
        (recall.rescinded_at, gettext("Recall withdrawn")),
    )
    yield from (Entry(at, Kind.LICENCE, words, url=url) for at, words in steps if at)


def transfers(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return offers of the record to other units, and their answers."""
    url = reverse("offenders:transfers", args=[nominal.reference])
    rows = Transfer.objects.for_user(user).filter(nominal=nominal, offered_at__lt=before)
    for row in rows.select_related("to_unit", "offered_by", "decided_by")[:limit]:
        offered = gettext("Offered to %(unit)s") % {"unit": row.to_unit.name}
        yield Entry(row.offered_at, Kind.TRANSFER, offered, row.reason, row.offered_by.display_name, url)
        if row.decided_at:
            who = row.decided_by.display_name if row.decided_by else ""
            decided = gettext("Offer %(state)s") % {"state": in_sentence(row.get_state_display())}
            yield Entry(row.decided_at, Kind.TRANSFER, decided, row.decision_reason, who, url)


