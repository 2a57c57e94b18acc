"""Who could have seen a record on a day, on paper for professional standards."""

from __future__ import annotations

from governance.choices.could_see import Shown
from governance.models import SightPaper
from governance.reports.could_see import Sight
from ui.pdf import make_pdf


def sight_paper(paper: SightPaper, sight: Sight) -> bytes:
    """Return the paper as PDF, with its code, the digest of what it says and the seal; nothing of the record but its reference."""
    context = {
        "title": f"Who could have seen {sight.nominal.reference}",
        "marking": "OFFICIAL – SENSITIVE",
        "printed_by": paper.made_by.display_name,
        "printed_at": paper.made_at,
        "paper": paper,
        "sight": sight,
        "looked": sight.shown(Shown.LOOKED),
    }
    return make_pdf("governance/looks/sight_paper.html", context)
