"""Which arrivals of messages somebody may see: those of the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from accounts.access import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class ArrivalQuerySet(ScopedQuerySet):
    """Times that messages came."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """With the message."""
        messages: Any = self.model._meta.get_field("message").related_model
        return self.filter(message__in=messages._default_manager.for_user(user, perm))
