"""Reckoning open clocks anew after a rule or a bank holiday changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from accounts.models import User
from actions.models import Action
from actions.querysets import ActionQuerySet
from actions.reports import RuleBook, codes_of
from actions.rules import Due
from actions.services.clocks import DATE_CHANGED, move_clock, reckon_action
from actions.services.people import People
from actions.services.telling import tell_of_actions
from audit.choices import Verb
from audit.services import record_event

BATCH = 500
STORED = ["late_from", "explanation", "warned_at", "escalation", "version"]


def recompute_clocks(*, actor: User | None, today: date, code: str = "", nation: str = "") -> int:
    """Reckon every open clock anew, of one rule or nation or of all; store and tell of those that moved; return how many did.

    Safe to run at any time and twice. Clocks are first reckoned without a lock; only those that differ are held and reckoned again.
    """
    rows = Action.objects.waiting().exclude(rule_code="")
    rows = rows.filter(rule_code=code) if code else rows
    rows = rows.filter(force__nation=nation) if nation else rows
    moved, last = 0, 0
    while batch := fetch(rows.filter(pk__gt=last)):
        last = batch[-1].pk
        moved += store_changed([action.pk for action, _ in changes(batch, today)], actor, today)
    return moved


def fetch(rows: ActionQuerySet) -> list[Action]:
    """Read the next actions with all that their reckoning needs."""
    rows = rows.select_related("force", "owner__organisation", "owner_unit").prefetch_related("pauses", "extensions")
    return list(rows.order_by("pk")[:BATCH])


def changes(batch: list[Action], today: date) -> list[tuple[Action, Due]]:
    """Return the actions whose reckoning is another than the stored one. A clock without any version of its rule stays as it is."""
    book = RuleBook.of(codes_of(batch), today)
    found = []
    for action in batch:
        try:
            due = reckon_action(action, book)
        except LookupError:
            continue
        if (due.late_from, [asdict(line) for line in due.lines]) != (action.late_from, action.explanation):
            found.append((action, due))
    return found


@transaction.atomic
def store_changed(keys: list[int], actor: User | None, today: date) -> int:
    """Hold these actions, reckon them again and store; return how many dates moved."""
    if not keys:
        return 0
    people, told, stored, moved = People(), [], [], 0
    locked = fetch(Action.objects.waiting().exclude(rule_code="").filter(pk__in=keys).select_for_update(of=("self",)))
    for action, due in changes(locked, today):
        before = action.late_from
        stored.append(action)
        if move_clock(action, due, now()):
            moved += 1
            record_event(Verb.CHANGED, action, act="Date of an action changed", before=before, after=action.late_from)
            told += [(user, action, DATE_CHANGED) for user in people.owners(action)]
    Action.objects.bulk_update(stored, STORED)
    tell_of_actions(actor=actor, told=told)
    return moved
