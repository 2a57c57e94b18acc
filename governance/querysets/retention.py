"""Which rows about how long records are kept a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.access import ScopedQuerySet, scopes_of
from accounts.permissions import Perm, Scope
from offenders.querysets import PartQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class RetentionQuerySet(PartQuerySet):
    """Rows about a record: those of records on which the user holds the permission."""


class ReviewQuerySet(RetentionQuerySet):
    """Reviews of records."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of records that the user may see; to approve also those of `unseen_by`."""
        seen = super().visible_to(user, perm, scopes)
        if perm != Perm.APPROVE_DISPOSAL:
            return seen
        return self.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=self.unseen_by(user).values("pk")))

    def unseen_by(self, user: User) -> Self:
        """Proposals about records of the force that only named people may know of; to send one is to tell of it (decision 28)."""
        if Scope.FORCE not in scopes_of(user, Perm.APPROVE_DISPOSAL):
            return self.none()
        excluded = apps.get_model("offenders", "Exclusion")._default_manager.filter(user=user, ended_at__isnull=True)
        known = apps.get_model("offenders", "Nominal")._default_manager.for_user(user, Perm.VIEW_RETENTION)
        sent = self.filter(state="proposed", nominal__is_restricted=True, nominal__force=user.organisation_id)
        return sent.exclude(nominal__in=excluded.values("nominal")).exclude(nominal__in=known.values("pk"))


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
