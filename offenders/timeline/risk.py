"""What assessments and the plan add to the line of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from offenders.choices import RiskLevel
from offenders.models import Assessment, Nominal, PlanReport, RiskPlan
from offenders.rules.risk import SIGNED
from offenders.timeline import Entry, Kind
from ui.templatetags.ui import in_sentence


def risk_entries(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return approved assessments and plans, and reports on the plan, newest first."""
    found = [*assessments(user, nominal, before, limit), *plans(user, nominal, before, limit), *reports(user, nominal, before, limit)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


def assessments(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return assessments by the moment of their approval."""
    rows = Assessment.objects.for_user(user).filter(nominal=nominal, state__in=SIGNED, decided_at__lt=before)
    for row in rows.select_related("tool", "decided_by").order_by("-decided_at")[:limit]:
        url = reverse("offenders:assessment", args=[nominal.reference, row.public_id])
        level = in_sentence(RiskLevel(row.level_proposed or RiskLevel.LOW).label)
        who = row.decided_by.display_name if row.decided_by else ""
        yield Entry(row.decided_at or before, Kind.RISK, gettext("Risk assessment approved"), f"{row.tool.name}: {level}", who, url)


def plans(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return versions of the plan by the moment of their approval."""
    rows = RiskPlan.objects.for_user(user).filter(nominal=nominal, state__in=SIGNED, decided_at__lt=before)
    for row in rows.select_related("decided_by").order_by("-decided_at")[:limit]:
        who = row.decided_by.display_name if row.decided_by else ""
        url = reverse("offenders:plan", args=[nominal.reference])
        version = gettext("Version %(number)s") % {"number": row.number}
        yield Entry(row.decided_at or before, Kind.PLAN, gettext("Risk management plan approved"), version, who, url)


def reports(user: User, nominal: Nominal, before: datetime, limit: int) -> Iterable[Entry]:
    """Return what was reported under the plan."""
    rows = PlanReport.objects.for_user(user).filter(nominal=nominal, reported_at__lt=before).select_related("reported_by")
    for row in rows.order_by("-reported_at")[:limit]:
        title = gettext("Concern reported under the plan") if row.is_concern else gettext("Report on the plan")
        yield Entry(
            row.reported_at, Kind.PLAN, title, row.text, row.reported_by.display_name, reverse("offenders:plan", args=[nominal.reference])
        )
