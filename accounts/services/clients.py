"""Machine clients of agencies: let in, changed, given a new secret, suspended and revoked by an administrator of the force."""
from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop
from oauth2_provider.models import AccessToken

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import ApiClient, Organisation, User
from accounts.oauth import digest_of
from accounts.permissions import Perm
from accounts.rules import check_client_end, check_overlap, check_scopes
from audit.choices import Verb
from audit.services import record_event

SECRET_BYTES = 32
NAME_TAKEN = gettext_noop("Choose another name: a client of your force has this one.")


@transaction.atomic
def create_client(
    *, actor: User, agency: Organisation, scopes: Collection[str], ends_on: date, networks: list[str], any_network: bool, **details: Any
) -> tuple[ApiClient, str]:
    """Let in a program of an agency. Return it with its secret, which is not kept."""
    authorise(actor, Perm.MANAGE_USERS)
    authorise(actor, Perm.MANAGE_USERS, agency)
    if not actor.organisation.is_force:
        raise DomainError("Only a police force lets machine clients in. Ask the force that you work with.", field="agency")
    if agency.is_force or not agency.is_active:
        raise DomainError("Select an agency that is not closed.", field="agency")
    check_terms(agency, scopes, ends_on)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client = ApiClient(
        user=add_service_account(agency, details["name"]),
        force=actor.organisation,
        made_by=actor,
        secret_digest=digest_of(secret),
        secret_made_at=now(),
        **terms(scopes, ends_on, networks, any_network=any_network),
        **details,
    )
    save_client(client)
    record_event(Verb.CREATED, client, agency=agency.code, **in_words(client))
    return client, secret


def add_service_account(agency: Organisation, name: str) -> User:
    """Make the account as which a client acts: no password, no session, no unit."""
    user = User(username=f"client-{get_random_string(12).lower()}", last_name=name, organisation=agency, is_service=True)
    user.set_unusable_password()
    user.save()
    user.groups.set(Group.objects.filter(name=Role.PARTNER))
    return user


def check_terms(agency: Organisation, scopes: Collection[str], ends_on: date) -> None:
    """Refuse scopes that are not for the agency, and an end too far away."""
    check_scopes(agency.kind, scopes)
    check_client_end(ends_on, localdate())


def terms(scopes: Collection[str], ends_on: date, networks: list[str], *, any_network: bool) -> dict[str, Any]:
    """Return the terms as they are stored; who may come from anywhere has no list."""
    return {
        "scopes": sorted(scopes),
        "ends_on": ends_on,
        "networks": [] if any_network else networks,
        "any_network": any_network,
    }


def in_words(client: ApiClient) -> dict[str, Any]:
    """Return the terms as the trail keeps them."""
    networks = ["any"] if client.any_network else client.networks
    return {"scopes": client.scopes, "networks": networks, "ends_on": client.ends_on.isoformat()}


def save_client(client: ApiClient) -> None:
    """Store a client under a name that no other client of the force has."""
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as error:
        raise DomainError(NAME_TAKEN, field="name") from error


def lock_client(actor: User, client: ApiClient) -> ApiClient:
    """Authorise and return the row, locked against tokens that are being issued; what is revoked stays as it is."""
    authorise(actor, Perm.MANAGE_USERS, client)
    locked: ApiClient = ApiClient.objects.select_related("user__organisation", "force").select_for_update(of=("self",)).get(pk=client.pk)
    if locked.revoked_at:
        raise DomainError("This client was revoked and stays so. Add a new one if the agency needs access again.")
    return locked


@transaction.atomic
def change_client(
    *, actor: User, client: ApiClient, scopes: Collection[str], ends_on: date, networks: list[str], any_network: bool, **details: Any
) -> None:
    """Change what a client may do, from where and until when; it counts from its next call. Tokens with a scope that it lost end."""
    client = lock_client(actor, client)
    check_terms(client.agency, scopes, ends_on)
    lost = set(client.scopes) - set(scopes)
    for name, value in (terms(scopes, ends_on, networks, any_network=any_network) | details).items():
        setattr(client, name, value)
    save_client(client)
    User.objects.filter(pk=client.user_id).update(last_name=client.name)
    if lost:
        end_tokens(client)
    record_event(Verb.CHANGED, client, what="terms", **in_words(client))


@transaction.atomic
def rotate_secret(*, actor: User, client: ApiClient, days: int) -> str:
    """Give a client a new secret; the present one works for so many days more. Return the new one, which is not kept."""
    client = lock_client(actor, client)
    check_overlap(days, localdate())
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client.previous_digest = client.secret_digest if days else ""
    client.previous_until = now() + timedelta(days=days) if days else None
    client.secret_digest, client.secret_made_at = digest_of(secret), now()
    client.save(update_fields=["previous_digest", "previous_until", "secret_digest", "secret_made_at"])
    if not days:
        end_tokens(client)
    record_event(Verb.CHANGED, client, what="new secret", old_secret_until=client.previous_until and client.previous_until.isoformat())
    return secret


@transaction.atomic
def suspend_client(*, actor: User, client: ApiClient) -> None:
    """Shut a client out for now; its tokens end at once."""
    client = lock_client(actor, client)
    client.suspended_at = client.suspended_at or now()
    client.save(update_fields=["suspended_at"])
    record_event(Verb.CHANGED, client, what="suspended", tokens_ended=end_tokens(client))


@transaction.atomic
def resume_client(*, actor: User, client: ApiClient) -> None:
    """Let a suspended client in again; it asks for a new token."""
    client = lock_client(actor, client)
    client.suspended_at = None
    client.save(update_fields=["suspended_at"])
    record_event(Verb.CHANGED, client, what="resumed")


@transaction.atomic
def revoke_client(*, actor: User, client: ApiClient) -> None:
    """Shut a client out for ever: its account closes and its tokens end in this very transaction."""
    client = lock_client(actor, client)
    client.revoked_at = now()
    client.previous_digest, client.previous_until = "", None
    client.save(update_fields=["revoked_at", "previous_digest", "previous_until"])
    client.user.is_active = False
    client.user.save(update_fields=["is_active"])
    record_event(Verb.REVOKED, client, tokens_ended=end_tokens(client))


def end_tokens(client: ApiClient) -> int:
    """Remove every token of a client; return how many there were."""
    return int(AccessToken.objects.filter(application=client).delete()[0])
