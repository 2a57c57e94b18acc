"""Which documents somebody may see and which may leave, and how lists fetch the newest file of each.

A privileged paper is a sealed kind: it is there for whoever may read prosecutors' advice on its record, and for nobody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Prefetch, Q

from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet, rows

if TYPE_CHECKING:
    from accounts.models import User


class DocumentQuerySet(PartQuerySet):
    """Papers about nominals."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of records on which the user holds the permission; privileged ones only where the user may read such papers besides."""
        sealed = rows("Nominal").for_user(user, Perm.VIEW_PRIVILEGED)
        return super().visible_to(user, perm, scopes).filter(Q(is_privileged=False) | Q(nominal__in=sealed))

    def exportable(self) -> Self:
        """Leave out what may never be part of a disclosure, a bundle or a share."""
        return self.filter(is_privileged=False, withdrawn_at__isnull=True)

    def with_files(self) -> Self:
        """Fetch each document's files, newest first, and who added them."""
        files = rows("DocumentFile").select_related("added_by").order_by("-number")
        return self.select_related("added_by", "withdrawn_by").prefetch_related(Prefetch("files", files, to_attr="versions"))


class DocumentFileQuerySet(PartQuerySet):
    """Files of such papers."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The same, by the document."""
        sealed = rows("Nominal").for_user(user, Perm.VIEW_PRIVILEGED)
        return super().visible_to(user, perm, scopes).filter(Q(document__is_privileged=False) | Q(nominal__in=sealed))
