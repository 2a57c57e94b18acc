"""The briefing sheet of a shift on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import User
from intelligence.choices.tasking import Shift
from intelligence.models import TaskingSlot
from ui.pdf import make_pdf
from ui.templatetags.ui import uk_date


def sheet_paper(day: date, shift: Shift, slots: Sequence[TaskingSlot], reader: User, at: datetime) -> bytes:
    """Return what stands for a reader on a sheet as PDF, each tasking with how it is handled, marked with who printed it."""
    context = {"title": f"Briefing sheet: {uk_date(day)}, {shift.label}", "slots": slots, "copy": f"Copy for {reader.display_name}"}
    return make_pdf("intelligence/tasking/sheet_paper.html", {**context, "printed_by": reader.display_name, "printed_at": at})
