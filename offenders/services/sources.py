"""The register of sources as a force changes it: sources are added and ended by the day, never overwritten."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import wait_turn
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import require_force
from actions.services.periods import end_before, hold_latest, require_not_past
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import SourceAsks
from offenders.models import InformationSource


@transaction.atomic
def add_source(*, actor: User, name: str, starts_on: date, reason: str, asks: SourceAsks | str = SourceAsks.NOTHING) -> InformationSource:
    """Let information come from another kind of source from a day on."""
    authorise(actor, Perm.CHANGE_RULES)
    require_force(actor)
    require_not_past(starts_on)
    code = slugify(name)[:40]
    if not code:
        raise DomainError("Enter a name with letters in it.", field="name")
    wait_turn(f"source {code}")
    if InformationSource.objects.not_over(starts_on).filter(code=code).exists():
        raise DomainError("The register has a source of this name then. End that one, or choose another name.", field="name")
    source = InformationSource.objects.create(code=code, name=name, asks=str(asks), period=DateRange(starts_on, None))
    record_event(Verb.CREATED, source, reason=reason, act="Source added to the register", code=code, starts_on=starts_on.isoformat())
    return source


@transaction.atomic
def end_source(*, actor: User, source: InformationSource, starts_on: date, reason: str) -> InformationSource:
    """Let no information come from a kind of source from a day on; what came from it stays as it was."""
    authorise(actor, Perm.CHANGE_RULES, source)
    locked = hold_latest(source)
    end_before(locked, starts_on)
    record_event(Verb.CHANGED, locked, reason=reason, act="Source of the register ended", code=locked.code, starts_on=starts_on.isoformat())
    return locked
