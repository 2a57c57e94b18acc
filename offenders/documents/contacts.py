"""The contact log as a paper."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from offenders.documents.papers import paper
from offenders.models import Nominal
from offenders.reports.contacts import contacts_of


def contacts_paper(user: User, nominal: Nominal, at: datetime) -> bytes:
    """Return every note of the log with its corrections, newest first."""
    return paper(user, nominal, at, "offenders/case_file/contacts_paper.html", "Contact log", contacts=contacts_of(user, nominal))
