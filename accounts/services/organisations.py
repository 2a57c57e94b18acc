"""Units of one's own organisation, and the agencies that a force works with."""
from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from accounts.access import authorise
from accounts.choices import OrganisationKind
from accounts.errors import DomainError
from accounts.models import ApiClient, Organisation, Unit, User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event


@transaction.atomic
def create_unit(*, actor: User, **details: Any) -> Unit:
    """Add a unit to the administrator's own organisation."""
    authorise(actor, Perm.MANAGE_USERS)
    return save_named(Unit(organisation=actor.organisation), Verb.CREATED, **details)


@transaction.atomic
def change_unit(*, actor: User, unit: Unit, **details: Any) -> Unit:
    """Change a unit's name or how it is reached."""
    authorise(actor, Perm.MANAGE_USERS, unit)
    return save_named(unit, Verb.CHANGED, **details)


@transaction.atomic
def create_agency(*, actor: User, kind: str, **details: Any) -> Organisation:
    """Add an agency; only a force does, and forces are not made here."""
    authorise(actor, Perm.MANAGE_USERS)
    if not actor.organisation.is_force or kind == OrganisationKind.FORCE:
        raise DomainError("Only a police force can add an agency. Ask the force that you work with.", field="kind")
    return save_named(Organisation(kind=kind), Verb.CREATED, **details)


@transaction.atomic
def change_organisation(*, actor: User, organisation: Organisation, **details: Any) -> Organisation:
    """Change the name of an organisation or how it is reached; its code stays, because other systems know it."""
    authorise(actor, Perm.MANAGE_USERS, organisation)
    return save_named(organisation, Verb.CHANGED, **details)


@transaction.atomic
def set_agency_open(*, actor: User, agency: Organisation, value: bool) -> None:
    """Close an agency, so that all of its machine clients are refused from their next call, or open it again."""
    authorise(actor, Perm.MANAGE_USERS, agency)
    if agency.is_force or not actor.organisation.is_force:
        raise DomainError("Only a police force closes or opens an agency, and forces are not closed here.")
    others = ApiClient.objects.filter(user__organisation=agency, revoked_at__isnull=True).exclude(force=actor.organisation)
    if not value and others.exists():
        raise DomainError("Another force works with this agency too, so it stays open. Suspend your own clients and agreement instead.")
    agency.is_active = value
    agency.save(update_fields=["is_active"])
    record_event(Verb.CHANGED, agency, what="opened" if value else "closed")


Place = TypeVar("Place", Unit, Organisation)


def save_named(row: Place, verb: Verb, **details: Any) -> Place:
    """Store a unit or an organisation under a name, and a code, that nobody else has."""
    for name, value in details.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError("Choose another name or short name: this one is taken.", field="name") from error
    record_event(verb, row)
    return row
