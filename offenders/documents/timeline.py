"""The line of time as a paper."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from offenders.documents.papers import paper
from offenders.models import Nominal
from offenders.timeline import Kind
from offenders.timeline.reading import read_timeline

PRINTED = 300


def timeline_paper(user: User, nominal: Nominal, at: datetime, kind: str = "") -> bytes:
    """Return the newest entries of the line, of one kind or of any."""
    page = read_timeline(user, nominal, at, kind, PRINTED)
    only = Kind(kind).label if kind in Kind else ""
    return paper(user, nominal, at, "offenders/case_file/timeline_paper.html", "Timeline", page=page, kind=only)
