"""The history of disclosures as a paper, for a court."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from disclosure.reports.history import history_page
from offenders.documents.papers import paper
from offenders.models import Nominal

PRINTED = 1000


def history_paper(user: User, nominal: Nominal, at: datetime, kind: str = "") -> bytes:
    """Return everything that the reader may read, of one kind or of any."""
    page = history_page(user, nominal, kind, size=PRINTED)
    return paper(user, nominal, at, "disclosure/history/paper.html", "Disclosures", page=page, kind=kind)
