"""Which kinds of events there are, and which flags, deliveries and reviews of a record somebody may read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from audit.references import known_to
from intelligence.choices.flags import ReviewState
from offenders.querysets import PartQuerySet, rows

if TYPE_CHECKING:
    from accounts.models import User


class FlagSettingQuerySet(PartQuerySet):
    """Flags on records."""

    def live(self) -> Self:
        """Not ended."""
        return self.filter(ended_on__isnull=True)

    def filter_exactly(self, values: dict[str, Any]) -> Self:
        """Those with these values, where None stands for an empty column."""
        empty = {f"{name}__isnull": True for name, value in values.items() if value is None}
        return self.filter(**empty, **{name: value for name, value in values.items() if value is not None})

    def to_review(self, day: date) -> Self:
        """Live, and due for a verdict on this day."""
        return self.live().filter(review_due_on__lte=day)


class FlagReviewQuerySet(PartQuerySet):
    """Reviews of the flags on records."""

    def waiting(self) -> Self:
        """Not signed off."""
        return self.filter(state=ReviewState.OPEN)


class NoFlagReasonQuerySet(PartQuerySet):
    """Why no flag is right for people."""

    def standing(self, day: date) -> Self:
        """Those that count on this day."""
        return self.filter(Q(stands_until__isnull=True) | Q(stands_until__gte=day))


def rows_of_actions() -> Any:
    """Return all actions; looked up late, because models import this module."""
    return apps.get_model("actions", "Action")._default_manager.all()


class DeliveryQuerySet(ScopedQuerySet):
    """What flags did."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To read: those of records whose case file the user may read. To deal with: one's own, while the record may be known.

        One's own are those that told the user, and those that handed over an action which the user could be asked to do.
        """
        if perm == Perm.VIEW_ACTION:
            mine = Q(recipient=user) | Q(action__in=rows_of_actions().for_doing_by(user).values("pk"))
            return self.filter(mine, setting__nominal__in=known_to(user).values("pk"))
        return self.filter(setting__nominal__in=rows("Nominal").for_user(user, perm))
