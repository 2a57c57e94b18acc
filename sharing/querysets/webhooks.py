"""Which webhooks and deliveries an administrator may see: of clients that the own force let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.access import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Perm, Scope


class WebhookQuerySet(ScopedQuerySet):
    """Webhooks."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of the force's clients."""
        return self.filter(client__force=user.organisation_id)


class DeliveryQuerySet(ScopedQuerySet):
    """Deliveries."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those to the force's clients."""
        return self.filter(webhook__client__force=user.organisation_id)
