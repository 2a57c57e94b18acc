"""What the safety tests need to try addresses about messages from the border."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from intelligence.models import RawMessage
from offenders.models import Nominal
from tests.intelligence.making_doors import make_alert_source, take
from tests.intelligence.writing_reports import text

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "intelligence:message",  # tests/intelligence/test_doors_pages.py: messages of the unit's own queue
    "intelligence:message-content",
    "intelligence:message-release",
    "intelligence:message-refuse",
    "v1:travel-alerts-message",  # tests/intelligence/test_doors_api.py: messages of the agency's own
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    if officer.unit is None:
        return
    code = f"border-{officer.unit.pk}"
    source = officer.unit.alert_sources.filter(code=code).first() or make_alert_source(code=code, unit=officer.unit)
    take(source, text(Document_number=f"9{number:08}{RawMessage.objects.count()}"), is_mail=False)
