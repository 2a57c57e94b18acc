"""Minutes on paper: one copy for one recipient, made without what is not for them."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from offenders.models import Invitation, Minutes
from offenders.reports.meetings import track
from ui.pdf import make_pdf


def minutes_pdf(minutes: Minutes, recipient: Invitation, copy: str, printed_by: User, printed_at: datetime) -> bytes:
    """Return the copy of one recipient. Restricted parts for others never reach the template."""
    item = minutes.item
    context = {
        "title": f"MAPP meeting minutes, {minutes.nominal.reference}",
        "copy": copy,
        "printed_by": printed_by.display_name,
        "printed_at": printed_at,
        "minutes": minutes,
        "item": item,
        "invitations": list(item.invitations.select_related("user", "agency")),
        "information": [row for row in minutes.information.select_related("agency") if row.text],
        "restricted": list(minutes.restricted_items.filter(recipients=recipient)),
        "actions": track(item.actions.select_related("owner", "agency_owner__agency", "agency_owner__user")),
        "sections": sections_of(minutes),
    }
    return make_pdf("offenders/meetings/minutes_pdf.html", context)


def sections_of(minutes: Minutes) -> list[tuple[str, str]]:
    """Return the parts in the order in which they are read, each with its heading."""
    return [
        ("Background", minutes.background),
        ("Risk assessment", minutes.risk_assessment),
        ("Risk management plan", minutes.risk_management_plan),
        ("Victim issues", minutes.victim_issues),
        ("Human-rights considerations", minutes.human_rights),
        ("Diversity considerations", minutes.diversity),
        ("Media strategy", minutes.media_strategy),
    ]
