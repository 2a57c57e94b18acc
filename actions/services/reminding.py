"""Reminders before the time and going up after it. Safe at any moment and any number of times: each row is claimed once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.models import Action
from actions.querysets import ActionQuerySet
from actions.rules import Urgency, standing_of
from actions.services.people import People
from actions.services.telling import tell_of_actions
from audit.choices import Verb
from audit.services import record_event

NEAR = {Urgency.LATE: gettext_noop("Overdue"), Urgency.TODAY: gettext_noop("Due today")}
AHEAD = gettext_noop("Due soon")
BATCH = 200
MOST_BATCHES = 500  # the next run goes on where this one stops


def claim(rows: ActionQuerySet) -> list[Action]:
    """Hold some of the rows until the transaction ends; those that another worker holds are left to it."""
    people = rows.select_related("owner__organisation", "owner_unit", "force").prefetch_related("owner__groups")
    return list(people.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])


def remind_owners(*, actor: User | None, now: datetime) -> int:
    """Tell owners of what is due within the days that the rule says; each action once, and again when its date changed."""
    total = 0
    for _ in range(MOST_BATCHES):
        with transaction.atomic():
            batch = claim(Action.objects.to_remind(now, localdate(now)))
            people = People()
            told = [(user, action, said_before(action, now)) for action in batch for user in people.owners(action)]
            tell_of_actions(actor=actor, told=told)
            Action.objects.filter(pk__in=[action.pk for action in batch]).update(warned_at=now)
        total += len(batch)
        if len(batch) < BATCH:
            break
    return total


def escalate_actions(*, actor: User | None, now: datetime) -> int:
    """Tell the next ranks of what is late, one rank for each number of days that the rule names; return how many went up."""
    total = 0
    for _ in range(MOST_BATCHES):
        with transaction.atomic():
            batch = claim(Action.objects.to_escalate(now, localdate(now)))
            people, told = People(), []
            for action in batch:
                told += raise_rank(action, vars(action)["rank"], people, now)
            tell_of_actions(actor=actor, told=told)
        total += len(batch)
        if len(batch) < BATCH:
            break
    return total


def raise_rank(action: Action, rank: int, people: People, now: datetime) -> list[tuple[User, Action, str]]:
    """Note how far up an action has gone, and return who is to be told; the caller holds its lock."""
    Action.objects.filter(pk=action.pk, escalation__lt=rank).update(escalation=rank)
    record_event(Verb.CHANGED, action, act="Overdue action went up", rank=rank)
    words = said_before(action, now)
    return [(user, action, words) for user in [*people.owners(action), *people.of_rank(action, rank)]]


def said_before(action: Action, now: datetime) -> str:
    """Say how an action stands, as the beginning of what people are told: without a number, since the catalogue has whole words."""
    return NEAR.get(standing_of(action.late_from, now).urgency, AHEAD)
