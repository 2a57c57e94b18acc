"""The visit sheet: what officers take to the door, from what the reader may see."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate, now

from accounts.models import User
from offenders.cards import read_card
from offenders.choices.visits import VisitState
from offenders.models import Nominal, Visit
from offenders.reports.visits import ON_A_SHEET, changes_since, last_visit, waiting_visit
from ui.pdf import make_pdf

TEMPLATE = "offenders/visits/sheet.html"
QUESTIONS = (
    "Who lives here now, and who stays? Any child, on which days?",
    "Work, training, volunteering: what is new since the last visit?",
    "Relationships and friendships: who is new, and do they know?",
    "Telephones, computers, consoles, accounts: show each one. Who else uses them?",
    "Vehicles, bank cards, travel planned?",
    "Alcohol, drugs, health, money, mood: what has become harder?",
    "Does everything notified still hold? What must be notified now?",
    "Each condition in force: how is it being kept?",
)


def sheet_context(user: User, nominal: Nominal) -> dict[str, Any]:
    """Return what the sheet shows."""
    last = last_visit(user, nominal)
    planned = Visit.objects.for_user(user).filter(nominal=nominal, state=VisitState.PLANNED).select_related("officer", "second_officer")
    upcoming = planned.order_by("planned_for").first()
    return {
        "title": f"Visit sheet {nominal.reference}",
        "printed_by": user.display_name,
        "printed_at": now(),
        "nominal": nominal,
        "card": read_card(nominal, localdate()),
        "last": last,
        "planned": upcoming,
        "place": (upcoming.place if upcoming else "") or (last.place if last else ""),
        "due": waiting_visit(nominal),
        "changes": changes_since(user, nominal, last.happened_at, ON_A_SHEET) if last and last.happened_at else [],
        "questions": QUESTIONS,
    }


def make_sheet(user: User, nominal: Nominal) -> bytes:
    """Return the sheet as a PDF."""
    return make_pdf(TEMPLATE, sheet_context(user, nominal))
