"""The log by months: parts made ahead by the application, which may do nothing else there; what an entry is never depends on its part."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from audit.choices import Fault
from audit.health import State, months
from audit.models import Event
from audit.seals.verifying import verify_trail
from audit.services import prepare_months
from config.checks import check_database_role
from tests.audit.making_seals import as_owner, make_event, seal_all
from tests.database import parts_of_trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]
OTHERS = "audit_event_other"


def parts() -> list[str]:
    """The tables in which entries stand."""
    with connection.cursor() as cursor:
        return parts_of_trail(cursor)


def part_of(event: Event) -> str:
    """The table in which an entry stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_event WHERE id = %s", [event.pk])
        return str(cursor.fetchone()[0])


def last_month() -> str:
    """The part that was made for the month farthest ahead."""
    return max(name for name in parts() if name != OTHERS and "before" not in name)


def made_at(number: int, moment: datetime) -> Event:
    """An entry that says it was made then."""
    event = make_event(number)
    as_owner(f"UPDATE audit_event SET at = '{moment.isoformat()}' WHERE id = {event.pk}")
    return event


def month_of(part: str) -> datetime:
    """A moment in the month of a part."""
    year, month = part.split("_")[-2:]
    return datetime(int(year), int(month), 7, tzinfo=UTC)


def test_an_entry_stands_in_its_month_and_one_without_a_month_among_the_others():
    ahead = last_month()

    early, late, far = make_event(1), made_at(2, month_of(ahead)), made_at(3, datetime(2199, 1, 1, tzinfo=UTC))

    assert part_of(early) in {name for name in parts() if name not in {ahead, OTHERS}}
    assert (part_of(late), part_of(far)) == (ahead, OTHERS)
    assert [event.pk for event in Event.objects.order_by("pk")] == [early.pk, late.pk, far.pk]


def test_entries_of_several_months_are_sealed_and_found_whole():
    for number, moment in enumerate([now(), month_of(last_month()), datetime(2199, 1, 1, tzinfo=UTC), now()]):
        made_at(number, moment)

    seal_all()

    assert verify_trail().finding is None
    assert verify_trail().rows == 4


@pytest.mark.parametrize("act", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_reaches_no_part_by_its_name(act):
    for part in parts():
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(part))


@pytest.mark.parametrize("act", ["ALTER TABLE audit_event DETACH PARTITION {}", "DROP TABLE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"])
def test_the_application_takes_no_part_away(act):
    for part in parts():
        with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(part))


@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_even_the_owner_is_refused_in_every_part(act):
    for number, part in enumerate(parts()):
        made_at(number, now() if "before" in part else datetime(2199, 1, 1, tzinfo=UTC) if part == OTHERS else month_of(part))
    for part in parts():
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; {act.format(part)}")


def test_months_are_made_ahead_once_and_guarded_as_the_others():
    part = last_month()
    as_owner(f"ALTER TABLE audit_event DETACH PARTITION {part}", f"DROP TABLE {part}")
    assert part not in parts()

    assert prepare_months(actor=None) == 1
    assert prepare_months(actor=None) == 0

    assert part in parts()
    assert verify_trail().finding is None
    assert months.look().state == State.GOOD
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM {part}")


def test_a_month_whose_entries_stand_among_the_others_is_left_there_and_health_says_so():
    part = last_month()
    as_owner(f"ALTER TABLE audit_event DETACH PARTITION {part}", f"DROP TABLE {part}")
    event = made_at(1, month_of(part))

    assert prepare_months(actor=None) == 0

    assert part_of(event) == OTHERS
    assert months.look().state == State.BAD
    seal_all()
    assert verify_trail().finding is None


def test_a_part_that_is_taken_away_or_unguarded_is_found():
    event, part = make_event(1), last_month()
    seal_all()

    as_owner(f"DROP TRIGGER event_append_only ON {part}")
    assert str(verify_trail().finding) == f"{part}: the database no longer refuses changes of the log"
    as_owner(f"ALTER TABLE audit_event DETACH PARTITION {part_of(event)}")
    assert (verify_trail().finding.fault, verify_trail().finding.row) == (Fault.REMOVED, event.pk)


def test_a_right_on_a_part_stops_the_start():
    as_owner(f"GRANT UPDATE ON {last_month()} TO vigil_app")

    assert [message.id for message in check_database_role(databases=["default"])] == ["config.E103"]
