"""Telling people: a row for each person, shown in the browser at once and mailed together with others later."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now

from accounts.access import authorise, may
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import can_own
from actions.models import Action, Notification
from audit.references import known_to

LONGEST = 200


def tell(
    *,
    actor: User | None,
    people: Iterable[User],
    text: str,
    nominal: int | None = None,
    action: Action | None = None,
    route: str = "",
) -> list[Notification]:
    """Tell each of these people once; nobody of what they did themselves, nobody who may not know of the record.

    `text` stands in mails too: it never names anybody. `nominal` is the key of the record concerned, `route` the page to open.
    """
    told = {user.pk: user for user in people if (actor is None or user.pk != actor.pk) and can_own(user, nominal)}
    rows = [Notification(recipient=user, text=text[:LONGEST], nominal=nominal, action=action, route=route) for user in told.values()]
    return Notification.objects.bulk_create(rows)


def tell_of_actions(*, actor: User | None, told: Iterable[tuple[User, Action, str]]) -> list[Notification]:
    """Tell many people of many actions, with one question for each person: which of the records they may know of."""
    by_user: dict[int, tuple[User, dict[int, tuple[Action, str]]]] = {}
    for user, action, text in told:
        if actor is None or user.pk != actor.pk:
            by_user.setdefault(user.pk, (user, {}))[1].setdefault(action.pk, (action, text))
    rows = []
    for user, about in by_user.values():
        if not may(user, Perm.VIEW_ACTION):
            continue
        records = {action.nominal for action, _ in about.values() if action.nominal}
        known = set(known_to(user).filter(pk__in=records).values_list("pk", flat=True)) if records else set()
        rows += [
            Notification(recipient=user, text=f"{text}: {action.title}"[:LONGEST], nominal=action.nominal, action=action)
            for action, text in about.values()
            if action.nominal is None or action.nominal in known
        ]
    return Notification.objects.bulk_create(rows, batch_size=1000)


@transaction.atomic
def read_notification(*, actor: User, notification: Notification) -> Notification:
    """Note that somebody has opened what they were told; the first time counts."""
    authorise(actor, Perm.VIEW_ACTION, notification)
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=now())
    return notification


@transaction.atomic
def read_all_notifications(*, actor: User, up_to: int) -> int:
    """Note that somebody has read what they were told, up to the newest that their page showed; return how many."""
    return Notification.objects.for_user(actor).unread().filter(pk__lte=up_to).update(read_at=now())
