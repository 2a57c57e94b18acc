"""The outbox: what happened is written with what it tells of, and matched with flags after the transaction."""

from __future__ import annotations

from datetime import datetime

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.timezone import now

from accounts.models import User
from actions.choices import Happening
from actions.models import Occurrence


def note_occurrence(
    *,
    actor: User | None,
    kind: Happening | str,
    nominal: models.Model,
    subject: models.Model | None = None,
    route: str = "",
    at: datetime | None = None,
    key: str | None = None,
) -> Occurrence:
    """Note inside the caller's transaction that something happened about a record; return what stands.

    `route` is the page that shows it (taking the record's reference), `at` when it happened (now unless given). The same `key` again
    is the occurrence that stands, as it is. For callers that have authorised the actor.
    """
    if key and (standing := Occurrence.objects.filter(key=key).first()):
        return standing
    row = Occurrence(
        kind=Happening(kind), nominal=nominal.pk, at=at or now(), raised_by=actor, route=route, key=key,
        subject_type=subject._meta.label_lower if subject else "", subject_id=subject.pk if subject else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if key and (standing := Occurrence.objects.filter(key=key).first()):
            return standing
        raise
    match_later(actor=actor)
    return row


def match_later(*, actor: User | None) -> None:
    """Have a worker match what waits, once this transaction stands. A beat sweep finds what a lost message left."""
    transaction.on_commit(send_task, robust=True)


def send_task() -> None:
    """Name the task of the app that matches: it is a higher one, so the wiring says which."""
    current_app.send_task(settings.OCCURRENCE_TASK)
