"""Which rows about how long records are kept a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class RetentionQuerySet(PartQuerySet):
    """Rows about a record: those of records on which the user holds the permission."""


class ReviewAnswerQuerySet(ScopedQuerySet):
    """Answers of reviews."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of reviews that the user may see."""
        reviews: Any = apps.get_model("governance", "RetentionReview")._default_manager
        return self.filter(review__in=reviews.for_user(user, perm))


class DisposalQuerySet(ScopedQuerySet):
    """Certificates. The record is gone, so that its force and unit decide who sees what is left."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """All of the force for whoever keeps its records or reads its trail, those of the unit for whoever leads it."""
        reached = Q(pk=None)
        if Scope.FORCE in scopes:
            reached |= Q(force=user.organisation_id)
        if Scope.UNIT_RESTRICTED in scopes and user.unit_id:
            reached |= Q(unit=user.unit_id)
        return self.filter(reached)

    def with_people(self) -> Self:
        """Fetch whose names stand on the certificate, and the number of files."""
        rows = self.select_related("force", "unit", "rule", "decided_by", "approved_by", "done_by")
        return rows.annotate(file_count=models.Count("files"))
