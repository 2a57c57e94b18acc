"""Entries of the log, seals of them, and hands that reach around what the database refuses."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounts.models import User
from audit.choices import Verb
from audit.erasing import ErasedCounts, erase_trail
from audit.models import Event
from audit.seals.anchor import write_anchor
from audit.seals.sealing import seal_trail
from tests.database import parts_of_trail
from tests.factories import make_user

TRAIL = ("audit_event", "auditlog_logentry", "audit_erasure", "audit_seal")


@contextmanager
def on_this_connection(*, steady: bool = False) -> Iterator[Any]:
    """The role of the audit on the connection of the test, which sees what the test has not committed."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE vigil_audit")
        yield connection.connection
        cursor.execute("SET ROLE vigil_app")


def make_event(number: int, nominal: int | None = None, actor: User | None = None) -> Event:
    """Something that somebody did."""
    return Event.objects.create(
        verb=Verb.VIEWED, actor=actor, acting_role="supervisor", nominal=nominal, subject_type="offenders.nominal", subject_id=nominal,
        reason=f"Reason {number} – “quoted”\n", channel="web", ip_address="192.0.2.7", request_id=uuid.UUID(int=number),
        detail={"page": "CardPage", "ids": [number, 2], "ratio": 1.5, "words": "naïve \u0001 \\"},
    )  # fmt: skip


def make_entry(number: int, nominal: int | None = None) -> LogEntry:
    """A change of a row."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Event), object_pk=str(number), object_id=number, object_repr=f"Row {number}",
        action=LogEntry.Action.UPDATE, changes={"name": ["Old", f"New {number}"]}, changes_text="",
        additional_data={"nominal": nominal, "why": "x"} if nominal else None,
    )  # fmt: skip


def fill(count: int, start: int = 0) -> None:
    """Put some of both logs in turn, about no record and about three."""
    for number in range(start, start + count):
        nominal = number % 4 or None
        make_event(number, nominal)
        if number % 2:
            make_entry(number, nominal)


def seal_all(batch: int = 10) -> int:
    """Seal everything, few entries to a seal."""
    return seal_trail(batch=batch, most=1000)


def make_sealed_log(count: int = 20) -> None:
    """Some seals of both logs with gaps in their numbers and an erasure among them, written outside."""
    make_user()
    fill(count)
    for _ in range(2):  # numbers that were rolled back
        with transaction.atomic():
            make_event(99)
            transaction.set_rollback(True)
    fill(count, start=count)
    seal_all(batch=8)
    forget(3)
    seal_all(batch=8)
    write_anchor()


def forget(nominal: int, disposal: uuid.UUID | None = None) -> ErasedCounts:
    """Take out what the log says of a record, as if a disposal of it were open."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; ALTER FUNCTION require_disposing RENAME TO kept_require_disposing")
        cursor.execute("CREATE FUNCTION require_disposing(bigint, uuid) RETURNS void LANGUAGE sql AS 'SELECT'; SET ROLE vigil_app")
        counts = erase_trail(nominal, disposal or uuid.uuid4())
        cursor.execute("RESET ROLE; DROP FUNCTION require_disposing; ALTER FUNCTION kept_require_disposing RENAME TO require_disposing")
        cursor.execute("SET ROLE vigil_app")
    return counts


def as_owner(*statements: str) -> None:
    """Do something as the owner of the tables, with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
        for name in [*TRAIL, *parts_of_trail(cursor)]:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for name in [*TRAIL, *parts_of_trail(cursor)]:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        cursor.execute("SET ROLE vigil_app")
