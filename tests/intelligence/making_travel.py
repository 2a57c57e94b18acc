"""Sources, messages and reports from the border for tests; each valid without arguments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from accounts.choices import Role
from accounts.models import Unit, User
from intelligence.choices.travel import AlertState, Door
from intelligence.models import AlertCandidate, AlertSource, RawMessage, TravelAlert, TravelRecord
from intelligence.parsing import ParsedAlert
from intelligence.services.filing import file_alert
from offenders.choices import IdentifierKind
from offenders.models import Journey, Nominal, TravelNotification
from offenders.search import count_words, index_names
from tests.factories import make_birth, make_identifier, make_nominal, make_unit, make_user

serial = count(1)
LEFT = datetime(2026, 10, 3, 6, 40, tzinfo=UTC)
PASSPORT = "500417960"


def make_source(*, unit: Unit | None = None, **values: Any) -> AlertSource:
    """A folder that a unit keeps."""
    unit = unit or make_unit()
    defaults = {"code": f"feed-{next(serial)}", "name": f"Feed {next(serial)}", "door": Door.FOLDER}
    return AlertSource.objects.create(unit=unit, force=unit.organisation, **{**defaults, **values})


def make_message(*, source: AlertSource | None = None, **values: Any) -> RawMessage:
    """A message that was stored."""
    source = source or make_source()
    defaults = {"sha256": f"{next(serial):064}", "content": b"Report", "size": 6}
    return RawMessage.objects.create(source=source, force=source.force, unit=source.unit, **{**defaults, **values})


def make_row(**values: Any) -> ParsedAlert:
    """One report as a parser reads it, about Arthur Sample leaving."""
    facts: dict[str, Any] = {
        "line": 1, "surname": "Sample", "given_names": "Arthur", "birth_year": 1971, "birth_month": 3, "birth_day": 14, "sex": "male",
        "nationality": "GBR", "document_type": "passport", "document_number": PASSPORT, "direction": "out", "travels_at": LEFT,
        "port": "Northmere Airport", "carrier": "Air Invented", "service": "AI 417", "destination": "Portugal",
    }  # fmt: skip
    return ParsedAlert(**{**facts, **values})


def make_alert(*, source: AlertSource | None = None, state: str = AlertState.TRIAGE, **values: Any) -> TravelAlert:
    """A report that waits in the queue."""
    message = make_message(source=source)
    defaults = {
        "surname": "Sample", "given_names": "Arthur", "birth_year": 1971, "birth_month": 3, "birth_day": 14,
        "document_number": PASSPORT, "direction": "out", "travels_at": LEFT, "destination": "Portugal",
        "fingerprint": f"{next(serial):064}",
    }  # fmt: skip
    if state == AlertState.REJECTED:
        defaults["problem"] = "The date is impossible"
    return TravelAlert.objects.create(
        source=message.source, force=message.force, unit=message.unit, message=message, state=state, **{**defaults, **values}
    )


def make_candidate(*, alert: TravelAlert, nominal: Nominal, **values: Any) -> AlertCandidate:
    """Somebody it may be about."""
    defaults = {"rank": alert.candidates.count() + 1, "score": 0.8, "reasons": [{"words": "Date of birth equal", "weight": 9.0}]}
    return AlertCandidate.objects.create(alert=alert, nominal=nominal, **{**defaults, **values})


def make_record(*, nominal: Nominal, source: AlertSource | None = None, **values: Any) -> TravelRecord:
    """A crossing that filed itself."""
    alert = make_alert(source=source or make_source(unit=nominal.unit), **values)
    return file_alert(actor=None, alert=alert, nominal=nominal)


def make_arthur(**values: Any) -> Nominal:
    """A person whom the report of `make_row` is about beyond doubt."""
    nominal = make_nominal(surname="Sample", given_names="Arthur", **values)
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    make_identifier(nominal=nominal, kind=IdentifierKind.PASSPORT, value=PASSPORT)
    index_names([nominal.pk])
    count_words()
    return nominal


def make_trip(*, nominal: Nominal, leaves_on: date = date(2026, 10, 3), returns_on: date | None = date(2026, 10, 10), **values: Any) -> Any:
    """A journey that was notified in time, to Portugal unless said otherwise."""
    country = values.pop("country", "Portugal")
    defaults = {"notified_at": datetime(2026, 9, 1, 12, tzinfo=UTC), "port_out": "Northmere Airport", "is_in_time": True}
    trip = TravelNotification.objects.create(nominal=nominal, leaves_on=leaves_on, returns_on=returns_on, **{**defaults, **values})
    Journey.objects.create(nominal=nominal, travel=trip, country=country, arrives_on=leaves_on)
    return trip


def make_triager(unit: Unit, role: Role = Role.OFFENDER_MANAGER) -> User:
    """Somebody of the unit that keeps the queue."""
    return make_user(role, unit=unit)
