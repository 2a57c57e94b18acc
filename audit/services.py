"""Adding to the trail."""
from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from audit import context
from audit.choices import Verb
from audit.models import Event

# Every page that is only read pays for its row, so statement and row are written out: built from the model they take twice as long.
COLUMNS = [field.attname for field in Event._meta.concrete_fields if field.attname not in {"id", "at"}]
INSERT = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES"
ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
ENCODER = DjangoJSONEncoder()


def describe_event(verb: Verb, subject: models.Model | None, reason: str, detail: dict[str, Any]) -> Event:
    """Make an unsaved event from the present circumstances."""
    return Event(**row_of(verb, subject, reason, detail))


def row_of(verb: Verb, subject: models.Model | None, reason: str, detail: dict[str, Any]) -> dict[str, Any]:
    """Return what a row of the trail says, by column, from the present circumstances."""
    now, actor = context.current(), context.current_actor()
    caller = {"client": now.client, "on_behalf_of": now.on_behalf_of} if now.client else {}
    return {
        "actor_id": actor.pk if actor else None,
        "acting_role": now.acting_role,
        "verb": verb,
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
        "nominal": nominal_of(subject),
        "reason": reason,
        "channel": now.channel,
        "ip_address": now.ip_address,
        "request_id": now.request_id,
        "detail": {**detail, **caller},
    }


def nominal_of(subject: models.Model | None) -> int | None:
    """Return the key of the nominal that a row is about, if it is about one and the trail of that record may tell of it."""
    if subject is None or getattr(subject, "is_kept_from_record", False):
        return None
    if subject._meta.label_lower == "offenders.nominal":
        return int(subject.pk)
    return getattr(subject, "nominal_id", None)


def record_event(verb: Verb, subject: models.Model | None = None, *, reason: str = "", **detail: Any) -> None:
    """Add an act to the trail, inside the caller's transaction, so that it stands exactly if the act stands."""
    describe_event(verb, subject, reason, detail).save(force_insert=True)


def record_read(verb: Verb, subject: models.Model | None = None, *, reason: str = "", **detail: Any) -> None:
    """Add a read or a refusal to the trail.

    Inside a request it waits for the end and is written with the others in one statement, before the answer leaves.
    """
    now = context.current()
    if now.collects:
        now.waiting.append(row_of(verb, subject, reason, detail))
    else:
        record_event(verb, subject, reason=reason, **detail)


def flush_events() -> None:
    """Write the events that wait for the end of the request, in one statement."""
    now = context.current()
    waiting, now.waiting = now.waiting, []
    if waiting:
        with connection.cursor() as cursor:
            cursor.execute(f"{INSERT} {', '.join([ROW] * len(waiting))}", [value for row in waiting for value in values_of(row)])


def prepare_months(*, actor: None) -> int:
    """Have the months made ahead in which the trail is kept; return how many were new. The database does it, as their owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prepare_trail_months()")
        return int(cursor.fetchone()[0])


def values_of(row: dict[str, Any]) -> list[Any]:
    """Return a row's values in the order of the statement."""
    written = row | {"detail": ENCODER.encode(row["detail"])}
    return [written[column] for column in COLUMNS]
