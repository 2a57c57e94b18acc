"""Accounts of people: made, changed, closed and opened again by an administrator of their organisation."""
from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import refuse_self, refuse_with_actions, refuse_with_caseload, refuse_with_sections
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from accounts.rules import check_roles
from accounts.services.passwords import end_of_temporary_password, make_temporary_password
from accounts.sessions import end_sessions
from audit.choices import Verb
from audit.services import record_event

USERNAME_TAKEN = gettext_noop("Choose another username: somebody has this one.")


@transaction.atomic
def create_user(*, actor: User, username: str, roles: Collection[str], unit: Unit | None, **details: Any) -> tuple[User, str]:
    """Make an account in the administrator's own organisation. Return it with its temporary password, which is not kept."""
    authorise(actor, Perm.MANAGE_USERS)
    check_place(actor.organisation, roles, unit)
    return add_account(organisation=actor.organisation, username=username, roles=roles, unit=unit, **details)


def add_account(*, organisation: Organisation, username: str, roles: Collection[str], **details: Any) -> tuple[User, str]:
    """Store a new account with a temporary password. Callers have checked that it may be made."""
    if User.objects.filter(username__iexact=username).exists():
        raise DomainError(USERNAME_TAKEN, field="username")
    password = make_temporary_password()
    temporary: dict[str, Any] = {"must_change_password": True, "temporary_until": end_of_temporary_password()}
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password=password, organisation=organisation, **temporary, **details)
    except IntegrityError as error:
        raise DomainError(USERNAME_TAKEN, field="username") from error
    give_roles(user, roles)
    record_event(Verb.CREATED, user, roles=sorted(roles))
    return user, password


@transaction.atomic
def change_user(*, actor: User, user: User, roles: Collection[str], unit: Unit | None, **details: Any) -> None:
    """Change somebody's details, unit, roles, training or vetting dates; they count at the next click."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    check_place(user.organisation, roles, unit)
    before = {str(role) for role in user.roles}
    for name, value in (details | {"unit": unit}).items():
        setattr(user, name, value)
    user.save(update_fields=[*details, "unit"])
    give_roles(user, roles)
    record_event(Verb.CHANGED, user, what="account", roles_added=sorted(set(roles) - before), roles_removed=sorted(before - set(roles)))


def check_place(organisation: Organisation, roles: Collection[str], unit: Unit | None) -> None:
    """Refuse roles that the organisation cannot give, and another organisation's unit."""
    check_roles(organisation.kind, roles)
    if unit and unit.organisation_id != organisation.pk:
        raise DomainError("Select a unit of the person's own organisation.", field="unit")


def give_roles(user: User, roles: Collection[str]) -> None:
    """Make these the person's roles."""
    user.groups.set(Group.objects.filter(name__in=[str(role) for role in roles]))
    vars(user).pop("roles", None)


@transaction.atomic
def deactivate_user(*, actor: User, user: User) -> None:
    """Close an account after the person's cases were handed over; they are signed out everywhere."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_with_caseload(user)
    refuse_with_sections(user)
    refuse_with_actions(user)
    set_active(user, value=False)
    end_sessions(user.sign_ins.all())


@transaction.atomic
def reactivate_user(*, actor: User, user: User) -> None:
    """Open a closed account again."""
    authorise(actor, Perm.MANAGE_USERS, user)
    refuse_self(actor, user)
    set_active(user, value=True)


def set_active(user: User, *, value: bool) -> None:
    """Store whether the account is open, and say so in the trail."""
    user.is_active = value
    user.save(update_fields=["is_active"])
    record_event(Verb.CHANGED, user, what="reactivated" if value else "deactivated")
