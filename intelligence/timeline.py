"""What intelligence work adds to a record's line of time: checks, briefings, crossings of the border, reports. Settings name each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from intelligence.choices.checks import CheckState
from intelligence.models import Briefing, InformationRelease, ReportRoute, SystemCheck, TravelRecord
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence

if TYPE_CHECKING:
    from accounts.models import User
    from intelligence.models import TravelAlert
    from offenders.models import Nominal


def of_checks(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """System checks that came to an end; those recorded wrongly were none."""
    url = reverse("intelligence:check-list", args=[nominal.reference])
    rows = SystemCheck.objects.for_user(user).filter(nominal=nominal, finished_at__lt=before, withdrawn_at__isnull=True)
    for row in rows.select_related("source", "asked_by").order_by("-finished_at", "-pk")[:limit]:
        no_answer = gettext("No answer. %(why)s") % {"why": row.get_failure_display()}
        outcome = row.get_result_display() if row.state == CheckState.ANSWERED else no_answer
        yield Entry(row.finished_at, Kind.CHECK, f"{row.source.name}: {outcome}", row.details, row.asked_by.display_name, url)


def of_briefings(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Packs that were made for investigators, with who received them; of what they say nothing."""
    url = reverse("intelligence:nominal-briefings", args=[nominal.reference])
    rows = Briefing.objects.for_user(user).filter(nominal=nominal, made_at__lt=before).select_related("made_by").defer("contents")
    for row in rows.prefetch_related("recipients__user").order_by("-made_at", "-pk")[:limit]:
        readers = ", ".join(each.user.display_name for each in row.recipients.all())
        title = gettext("Investigators briefed: %(offence)s") % {"offence": row.offence}
        text = gettext("%(crime)s. For %(readers)s") % {"crime": row.crime_reference, "readers": readers}
        yield Entry(row.made_at, Kind.BRIEFING, title, text, row.made_by.display_name, url)


def of_crossings(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Crossings of the border, each when it took place, or when it was filed where that was not said; none that were filed in error."""
    url = reverse("intelligence:travel", args=[nominal.reference])
    rows = TravelRecord.objects.for_user(user).filter(nominal=nominal, withdrawn_at__isnull=True)
    rows = rows.annotate(at=Coalesce("alert__travels_at", "filed_at")).filter(at__lt=before).select_related("alert")
    for row in rows.order_by("-at", "-pk")[:limit]:
        said = {"direction": in_sentence(row.alert.get_direction_display()), "finding": in_sentence(row.get_finding_display())}
        title = gettext("Seen at the border: %(direction)s, %(finding)s") % said
        yield Entry(row.at, Kind.TRAVEL, title, journey_words(row.alert), url=url)


def of_reports(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Sanitised texts of intelligence reports as they were last released, each with its grade and how it is to be handled."""
    url = reverse("intelligence:information", args=[nominal.reference])
    routes = ReportRoute.objects.for_user(user).filter(nominal=nominal).exclude(is_about=False)
    newer = InformationRelease.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    rows = InformationRelease.objects.for_user(user).filter(report__in=routes.values("report"), released_at__lt=before)
    rows = rows.exclude(Exists(newer)).annotate(reference=F("report__reference"))
    for row in rows.order_by("-released_at", "-pk")[:limit]:
        handling = gettext("Handling: %(handling)s.") % {"handling": row.get_handling_display()}
        handling = f"{handling} {row.conditions}".strip()
        yield Entry(row.released_at, Kind.INTELLIGENCE, f"{row.reference}, {row.grade}", f"{row.sanitised}\n{handling}", url=url)


def journey_words(alert: TravelAlert) -> str:
    """Return from where to where, by what, and whether the time is known."""
    parts = [
        alert.port,
        gettext("to %(place)s") % {"place": alert.destination} if alert.destination else "",
        gettext("from %(place)s") % {"place": alert.origin} if alert.origin else "",
        f"{alert.carrier} {alert.service}".strip(),
        "" if alert.travels_at and alert.is_time_known else gettext("time not said"),
    ]
    words = ", ".join(filter(None, parts))
    return words[:1].upper() + words[1:]
