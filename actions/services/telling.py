"""Telling people: a row for each person, shown in the browser at once and mailed together with others later."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from actions.guards import can_own
from actions.models import Action, Notification


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
    rows = [Notification(recipient=user, text=text, nominal=nominal, action=action, route=route) for user in told.values()]
    return Notification.objects.bulk_create(rows)
