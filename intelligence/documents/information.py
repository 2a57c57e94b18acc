"""A released intelligence report on paper."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from intelligence.models import Dissemination, InformationRelease
from ui.pdf import make_pdf


def report_paper(release: InformationRelease, reader: User, at: datetime, *, sent: Dissemination | None = None, holder: str = "") -> bytes:
    """Return a released text as PDF with its grade, handling and conditions on every page, marked with who printed it.

    For somebody to whom it was `sent` the copy has a number and the conditions under which it was; else the copy is its `holder`'s.
    """
    copy, sent_under = f"Copy of {holder}", ""
    if sent:
        keys = list(release.report.disseminations.order_by("pk").values_list("pk", flat=True))
        copy = f"Copy {keys.index(sent.pk) + 1} of {len(keys)}, for {reader.display_name}"
        sent_under = sent.conditions if sent.conditions != release.conditions else ""
    terms = " ".join(filter(None, (release.conditions, sent_under)))
    context = {"title": f"Intelligence report {release.report.reference}", "release": release, "sent": sent, "terms": terms, "copy": copy}
    return make_pdf("intelligence/information/paper.html", {**context, "printed_by": reader.display_name, "printed_at": at})
