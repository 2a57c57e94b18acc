"""The authorisation choke point: which rows, and may they do it. See docs/access.md."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models, transaction

from accounts.errors import NotPermitted
from accounts.permissions import NEEDS_QUALIFICATION, ROLE_RIGHTS, Perm, Scope
from accounts.replica import reading

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

NO_SCOPES: frozenset[Scope] = frozenset()


def scopes_of(user: User | AnonymousUser, perm: Perm) -> frozenset[Scope]:
    """Return which records the permission reaches for this user: the scopes of all the user's roles together.

    Empty for anonymous and inactive users, for roles without the permission, and for case-file permissions of
    somebody whose training or vetting has run out.
    """
    if not user.is_authenticated or not user.is_active:
        return NO_SCOPES
    if perm in NEEDS_QUALIFICATION and not user.is_qualified:
        return NO_SCOPES
    return NO_SCOPES.union(*(ROLE_RIGHTS[role].get(perm, NO_SCOPES) for role in user.roles))


class ScopedQuerySet(models.QuerySet):
    """A queryset that can be narrowed to what one user may see.

    The model names the permission that reading it takes in `read_permission`.
    """

    def for_user(self, user: User | AnonymousUser, perm: Perm | None = None) -> Self:
        """Return the rows on which this user holds the permission (the model's read permission unless given)."""
        wanted = perm or cast(Any, self.model).read_permission
        scopes = scopes_of(user, wanted)
        return self.visible_to(cast("User", user), wanted, scopes) if scopes else self.none()

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Narrow to the rows that the scopes reach. Each model that people can read must say how."""
        raise NotImplementedError(f"{type(self).__name__} must say what a user may see")


def may(user: User | AnonymousUser, perm: Perm, obj: models.Model | None = None) -> bool:
    """Say whether the user holds the permission and, given an object, whether it reaches that object."""
    if obj is None:
        return bool(scopes_of(user, perm))
    rows: Any = type(obj)._default_manager
    return bool(rows.for_user(user, perm).filter(pk=obj.pk).exists())


def permissions_on(user: User | AnonymousUser, perms: Iterable[Perm], obj: models.Model) -> frozenset[Perm]:
    """Return which of these permissions the user holds on the object, asked in one statement."""
    rows: Any = type(obj)._default_manager
    held = [perm for perm in perms if scopes_of(user, perm)]
    asked = [rows.for_user(user, perm).filter(pk=obj.pk).annotate(held=models.Value(perm.value)).values_list("held") for perm in held]
    if not asked:
        return frozenset()
    found = asked[0].order_by().union(*(each.order_by() for each in asked[1:]), all=True)
    return frozenset(Perm(value) for (value,) in found)


def authorise(user: User, perm: Perm, obj: models.Model | None = None) -> None:
    """Do nothing if the user may; else raise NotPermitted."""
    if not may(user, perm, obj):
        raise NotPermitted(perm)


@contextmanager
def row_security(user: User) -> Iterator[None]:
    """Open a transaction in which the database itself shows the confidential rows that this user may see.

    Confidential tables have row-level security: outside this block no row of them exists for the application.
    The setting ends with the transaction, so pooled connections stay safe.
    """
    connection = reading()
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('vigil.user_id', %s, true)", [str(user.pk)])
        yield
