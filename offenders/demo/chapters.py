"""What the synthetic force has besides its people, subject by subject; each is told for Arthur Sample and a few others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from accounts.models import User
from offenders.demo.actions import add_actions
from offenders.demo.case_file import add_case_file
from offenders.demo.confidential import add_confidential
from offenders.demo.custody import add_custody_story
from offenders.demo.documents import add_documents
from offenders.demo.meetings import add_meetings
from offenders.demo.registration import add_registration
from offenders.demo.risk import add_risk
from offenders.demo.visits import add_visits
from offenders.models import Nominal

# Each adds rows: the staff by user name, Arthur Sample's record, a few other open records of Northmere, today.
Chapter = Callable[[dict[str, User], Nominal, list[Nominal], date], None]
CHAPTERS: list[Chapter] = [
    add_registration,
    add_case_file,
    add_documents,
    add_risk,
    add_meetings,
    add_custody_story,
    add_confidential,
    add_visits,
    add_actions,
]
