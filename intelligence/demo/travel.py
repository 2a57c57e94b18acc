"""What the border reported of the synthetic force: on the record, in the queue, about nobody, of no use."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from accounts.models import User
from intelligence.choices.travel import AlertState
from intelligence.models import RawMessage, TravelAlert
from intelligence.parsing import ParsedAlert
from intelligence.services.alert_matching import match_received
from intelligence.services.alerts import receive_alerts
from intelligence.services.demo_alerts import demo_source
from intelligence.services.triage import file_to_person
from offenders.models import DateOfBirth, Name, Nominal

CONTENT = b"The reports of the synthetic force; they came before the demonstration began.\n"
HOME = "Northmere Airport"


def add_travel(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Let the border report two journeys of Arthur Sample, two of people who are only like others, one of nobody, and one without use."""
    source = demo_source()
    if source is None:
        return
    digest = hashlib.sha256(CONTENT).hexdigest()
    content = {"content": CONTENT, "size": len(CONTENT), "sha256": digest, "state": "read", "layout": "demonstration 1"}
    message = RawMessage.objects.create(source=source, force=source.force, unit=source.unit, **content)
    away, like = today - timedelta(days=40), others[0]
    rows = [
        report(1, arthur, away, destination="Spain"),
        report(2, arthur, away + timedelta(days=6), direction="in", origin="Spain"),
        report(3, like, today - timedelta(days=2), given_names="Barnabas", destination="Ireland"),
        report(4, others[1], today - timedelta(days=1), birth_day=None, birth_month=None, destination="Netherlands"),
        report(5, arthur, today, surname="Quillfeather", given_names="Ottoline", birth_year=1988, birth_month=2, destination="Portugal"),
        ParsedAlert(line=6, problem="No name and no document is given.", as_given={"flight": "IV417"}),
    ]
    receive_alerts(message=message, rows=rows)
    match_received(actor=None)
    for alert in TravelAlert.objects.filter(message=message, line__in=[1, 2], state=AlertState.TRIAGE):
        file_to_person(actor=arthur.offender_manager, alert=alert, nominal=arthur, version=alert.version, reason="Known to me")


def report(line: int, nominal: Nominal, day: date, **values: Any) -> ParsedAlert:
    """Return a report about somebody, with what differs."""
    name = Name.objects.filter(nominal=nominal).order_by("-kind", "pk").first()
    birth = DateOfBirth.objects.filter(nominal=nominal).order_by("-is_primary", "pk").first()
    facts: dict[str, Any] = {
        "surname": name.surname if name else "", "given_names": name.given_names if name else "",
        "birth_year": birth and birth.year, "birth_month": birth and birth.month, "birth_day": birth and birth.day,
        "direction": "out", "travels_at": make_aware(datetime.combine(day, time(6, 40))), "port": HOME, "carrier": "Air Invented",
        "service": f"IV{400 + line}", "document_type": "passport", "document_number": f"99900{line:04}",
    }  # fmt: skip
    return ParsedAlert(line=line, **{**facts, **values})
