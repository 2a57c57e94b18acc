"""Which users and delegations somebody may see."""
from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.conf import settings
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.access import ScopedQuerySet
from accounts.choices import OrganisationKind
from accounts.permissions import Perm, Scope

if TYPE_CHECKING:
    from accounts.models import User


class OrganisationQuerySet(ScopedQuerySet):
    """Forces and agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The user's own organisation and, for a force, the agencies that it works with."""
        own = Q(pk=user.organisation_id)
        return self.filter(own | ~Q(kind=OrganisationKind.FORCE) if user.organisation.is_force else own)


class UnitQuerySet(ScopedQuerySet):
    """Teams."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """The units of the user's own organisation."""
        return self.filter(organisation=user.organisation_id)


class SignInQuerySet(QuerySet):
    """Signed-in sessions; people see only their own, through `user.sign_ins`."""

    def live(self) -> Self:
        """Sessions that still open the service: not ended, and inside both time limits."""
        seen_after = now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        started_after = now() - timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
        return self.filter(ended_at=None, last_seen_at__gt=seen_after, started_at__gt=started_after)


class UserQuerySet(ScopedQuerySet):
    """People who sign in."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Everybody of the user's own organisation; service accounts are administered as machine clients."""
        return self.filter(organisation=user.organisation_id, is_service=False)

    def colleagues_of(self, user: User) -> Self:
        """Active people of the same organisation: staff names that pickers may offer. Partners get nobody."""
        if not user.is_authenticated or not user.organisation.is_force:
            return self.none()
        return self.filter(organisation=user.organisation_id, is_active=True, is_service=False)

    def staff_of_forces(self, forces: QuerySet | None = None) -> Self:
        """Active police staff, of these forces or of any; their names may be known to each other, partners get nobody."""
        staff = self.filter(organisation__kind=OrganisationKind.FORCE, is_active=True, is_service=False)
        return staff if forces is None else staff.filter(organisation__in=forces)


class UserManager(DjangoUserManager):
    """Makes users; there are no superusers, because they would read past the choke point."""

    use_in_migrations = False

    def create_superuser(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: `manage.py create_administrator` makes the first account."""
        raise NotImplementedError("There are no superusers; run `manage.py create_administrator`.")


class ApiClientQuerySet(ScopedQuerySet):
    """Machine clients of agencies."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those that the user's force let in: who gives the information decides, and each force for itself."""
        return self.filter(force=user.organisation_id)


class DelegationQuerySet(ScopedQuerySet):
    """Authority lent for a time."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """What the user lent; to read, also what the user was lent."""
        made = Q(delegator=user)
        return self.filter(made | Q(delegate=user) if perm == Perm.VIEW_DELEGATIONS else made)

    def in_force(self, on: date) -> Self:
        """Delegations that count on this day; they lapse by themselves."""
        return self.filter(period__contains=on, withdrawn_at__isnull=True)
