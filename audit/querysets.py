"""Which events somebody may read."""
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class EventQuerySet(ScopedQuerySet):
    """The trail."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To an auditor, what people of the force and the machine clients that it let in did; to others what was done to their records."""
        if perm == Perm.VIEW_AUDIT:
            return self.filter(Q(actor__organisation=user.organisation_id) | Q(actor__api_client__force=user.organisation_id))
        return self.on_records_of(user, perm)

    def refusals_of_client(self, key: int) -> Self:
        """What a machine client was refused, newest first; the caller has checked that the client may be seen."""
        return self.filter(subject_type="accounts.apiclient", subject_id=key, verb__in=("refused", "sign-in failed")).order_by("-pk")

    def about(self, keys: list[int]) -> Self:
        """Events about any of these records."""
        return self.filter(nominal__in=keys)

    def on_records_of(self, user: User, perm: Perm) -> Self:
        """Events on records on which the user holds the permission, or that were merged into one of these.

        Those on confidential sections only for whoever may see the section: run it inside accounts.access.row_security,
        outside it none of them is there. Those on associates only for whoever may know of the associate's own record.
        The models stand in a higher app and are looked up late.
        """
        every = apps.get_model("offenders", "Nominal")._default_manager
        records = every.for_user(user, perm).values("pk")
        events = self.filter(Q(nominal__in=records) | Q(nominal__in=every.filter(merged_into__in=records).values("pk")))
        for model in (apps.get_model("offenders", "ConfidentialSection"), apps.get_model("offenders", "Associate")):
            seen = model._default_manager.for_user(user)
            events = events.filter(~Q(subject_type=model._meta.label_lower) | Q(subject_id__in=seen.values("pk")))
        return events


class SealQuerySet(ScopedQuerySet):
    """Seals and verifications: one chain for the whole installation, which names nobody; every auditor reads it."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """All of them."""
        return self.all()


class CheckQuerySet(SealQuerySet):
    """Verifications."""

    def unsettled(self) -> Self:
        """Those that found a bad place, and none that looked at the same or more has found the log whole since."""
        looked_as_far = Q(since__isnull=True) | Q(since__lte=OuterRef("since"))
        return self.filter(~Exists(self.model._default_manager.filter(looked_as_far, state="whole", pk__gt=OuterRef("pk"))), state="broken")
