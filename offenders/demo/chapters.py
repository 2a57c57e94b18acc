"""What the synthetic force has besides its people, subject by subject; each is told for Arthur Sample and a few others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from accounts.models import User
from offenders.demo.actions import add_actions
from offenders.models import Nominal

# Each adds rows: the staff by user name, Arthur Sample's record, a few other open records of Northmere, today.
Chapter = Callable[[dict[str, User], Nominal, list[Nominal], date], None]
CHAPTERS: list[Chapter] = [
    add_actions,
]
