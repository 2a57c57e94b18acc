"""What intelligence work goes by as a force changes it: new rows from a day on, never an older one overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services.periods import end_before, hold_latest
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.tasking import Means
from intelligence.models import ContactLimit, MeansRule, Suggestion
from intelligence.models.practice import Dated

Row = TypeVar("Row", bound=Dated)


@transaction.atomic
def change_contact_limit(
    *, actor: User, limit: ContactLimit, starts_on: date, reason: str, contacts: int, days: int, source: str
) -> ContactLimit:
    """Let the bureau look at a relationship at another contact within other days, for what is reported from a day on."""
    authorise(actor, Perm.CHANGE_RULES, limit)
    if contacts < 2:
        raise DomainError("Enter 2 or more.", field="contacts")
    if days < 1:
        raise DomainError("Enter 1 or more.", field="days")
    return follow(limit, starts_on, reason, "Limit of contacts changed", contacts=contacts, days=days, source=source)


@transaction.atomic
def change_suggestion(
    *, actor: User, suggestion: Suggestion, starts_on: date, reason: str, words: str, doer: str, source: str
) -> Suggestion:
    """Let a yes to a question suggest something else, or somebody else to do it, for what is reported from a day on."""
    authorise(actor, Perm.CHANGE_RULES, suggestion)
    act, question = "Suggestion of a question changed", suggestion.question
    return follow(suggestion, starts_on, reason, act, question=question, words=words.strip(), doer=doer, source=source)


@transaction.atomic
def change_means(*, actor: User, rule: MeansRule, starts_on: date, reason: str, means: Sequence[str], source: str) -> MeansRule:
    """Let other means need a written authority in taskings that start from a day on."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    if not set(means) <= set(Means.values):
        raise DomainError("Choose from the list.", field="means")
    return follow(rule, starts_on, reason, "Means that need an authority changed", means=list(means), source=source)


def end(row: Row, starts_on: date, reason: str, act: str) -> Row:
    """End a row, its latest as the actor saw it, without one that follows. For callers that have authorised the actor."""
    locked = hold_latest(row)
    end_before(locked, starts_on)
    record_event(Verb.CHANGED, locked, reason=reason, act=act, starts_on=starts_on.isoformat())
    return locked


def follow(row: Row, starts_on: date, reason: str, act: str, **values: Any) -> Row:
    """End a row, its latest as the actor saw it, and let one with other values follow. For callers that have authorised the actor."""
    end_before(hold_latest(row), starts_on)
    new: Row = type(row).objects.create(period=DateRange(starts_on, None), **values)
    record_event(Verb.CHANGED, new, reason=reason, act=act, starts_on=starts_on.isoformat())
    return new
