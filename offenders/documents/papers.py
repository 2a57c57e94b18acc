"""Papers of the case file as PDF: the summary, the contact log, the line of time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from offenders.cards import read_card
from offenders.models import Nominal
from offenders.reports.case_file import marking_of, named_elsewhere, numbers_of, read_parts
from ui.pdf import make_pdf


def paper(user: User, nominal: Nominal, at: datetime, template: str, title: str, **content: Any) -> bytes:
    """Return a paper about a record, marked as its file is, with who printed it and when."""
    today = localdate(at)
    marking = marking_of(user, nominal, today)
    context = {
        "title": f"{title}, {nominal.reference}",
        "marking": marking.words if marking else "",
        "printed_by": user.display_name,
        "printed_at": at,
        "nominal": nominal,
        "card": read_card(nominal, today),
        **content,
    }
    return make_pdf(template, context)


def summary_paper(user: User, nominal: Nominal, at: datetime) -> bytes:
    """Return the case file in short: every entry that the reader may see."""
    return paper(
        user,
        nominal,
        at,
        "offenders/case_file/summary.html",
        "Case file summary",
        parts=read_parts(user, nominal, localdate(at)),
        numbers=numbers_of(user, nominal),
        named=named_elsewhere(user, nominal),
    )
