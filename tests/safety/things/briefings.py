"""What the safety tests need to try addresses about briefings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from accounts.choices import Role
from accounts.models import User
from intelligence.models import Briefing, BriefingRecipient, BriefingReport
from offenders.models import Nominal
from tests.factories import make_user
from tests.intelligence.making_reports import make_released_row
from tests.safety.things.custody import of


def make_briefing(*, nominal: Nominal, reader: User | None = None, **values: Any) -> Briefing:
    """A pack that holds, with one reader."""
    contents = [{"heading": "Who it is", "lines": [["Name", "SAMPLE"]]}]
    defaults = {"offence": "Theft", "crime_reference": "NM/1", "handling": "Do not copy", "contents": contents}
    defaults["valid_until"] = date(2099, 1, 1)
    briefing = Briefing.objects.create(nominal=nominal, made_by=nominal.offender_manager, **{**defaults, **values})
    reader = reader or make_user(Role.OPERATIONAL, unit=nominal.unit)
    BriefingRecipient.objects.create(briefing=briefing, user=reader, added_by=nominal.offender_manager)
    return briefing


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "intelligence:briefing-give": of(make_briefing),
    "intelligence:briefing-end": of(make_briefing),
    "intelligence:briefing": lambda nominal: {"public_id": make_briefing(nominal=nominal).public_id},
    "intelligence:briefing-paper": lambda nominal: {"public_id": make_briefing(nominal=nominal).public_id},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    briefing = make_briefing(nominal=nominal, reader=officer)
    for _ in range(number + 1):
        BriefingReport.objects.create(briefing=briefing, release=make_released_row(nominal=nominal).releases.get())
