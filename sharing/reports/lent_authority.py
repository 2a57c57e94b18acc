"""What was decided with authority that somebody lent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from audit.references import known_to
from sharing.models import Approval, SharingDecision


def decided_in_name_of(user: User) -> QuerySet[Approval]:
    """Return what was decided with authority that the user lent, about records of which the user may know."""
    rows = Approval.objects.filter(delegation__delegator=user, decision__nominal__in=known_to(user).values("pk"))
    return rows.select_related("decision__agency", "by", "delegation")


def readable_among(user: User, approvals: Iterable[Approval]) -> set[int]:
    """Return the keys of those decisions that the user may open."""
    return set(SharingDecision.objects.for_user(user).filter(pk__in=[row.decision_id for row in approvals]).values_list("pk", flat=True))
