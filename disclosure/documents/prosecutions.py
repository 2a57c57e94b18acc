"""Schedules of unused material on paper."""

from __future__ import annotations

from disclosure.models import ScheduleCopy
from ui.pdf import make_pdf


def schedule_paper(copy: ScheduleCopy) -> bytes:
    """Return one numbered copy as PDF, made from what was frozen and nothing else; the same values give the same file."""
    schedule = copy.schedule
    context = {
        "title": f"{schedule.get_kind_display()}, {schedule.prosecution.reference}, version {schedule.number}",
        "marking": "OFFICIAL – SENSITIVE",
        "copy": f"Copy {copy.number}, for {copy.given_to} ({str(copy.get_recipient_display()).lower()})",
        "printed_by": copy.by.display_name,
        "printed_at": copy.made_at,
        "schedule": schedule,
    }
    return make_pdf("disclosure/prosecutions/paper.html", context)
