"""A briefing on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from intelligence.models import Briefing, BriefingReport
from ui.pdf import make_pdf


def briefing_paper(briefing: Briefing, reports: Sequence[BriefingReport], reader: User, at: datetime) -> bytes:
    """Return the pack as PDF, marked with who printed it and, for a named reader, with the number of the copy.

    `reports` is its intelligence as far as the reader may know.
    """
    numbers = {row.user_id: number for number, row in enumerate(briefing.recipients.order_by("pk"), start=1)}
    number = numbers.get(reader.pk)
    copy = f"Copy {number} of {len(numbers)}, for {reader.display_name}" if number else "Copy of the unit"
    title = f"Briefing {briefing.pk} on {briefing.nominal.reference}"
    context = {"title": title, "briefing": briefing, "reports": reports, "copy": copy}
    return make_pdf("intelligence/briefings/paper.html", {**context, "printed_by": reader.display_name, "printed_at": at})
