"""Addresses about people, units and delegations: every role against one's own, one's force's and another force's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from accounts.choices import DelegatedAuthority, Role
from accounts.models import Delegation, SignIn, User
from tests.accounts.calling import make_client
from tests.factories import make_user
from tests.routes import Route, all_routes
from tests.safety.scenes import make_actor
from tests.safety.test_access_matrix import ask, left_behind, outcome

pytestmark = pytest.mark.django_db

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
EVERYBODY = frozenset(Role)
SUPERINTENDENT = frozenset({Role.DISCLOSURE_AUTHORITY})


def make_delegation(owner: User) -> dict[str, Any]:
    """A delegation by this person."""
    delegate = make_user(organisation=owner.organisation)
    period = DateRange(date(2026, 1, 1), date(2027, 1, 1))
    authority = DelegatedAuthority.DISCLOSE_CATEGORY_1_LEVEL_1
    return {
        "public_id": Delegation.objects.create(
            authority=authority, delegator=owner, delegate=delegate, period=period, reason="Leave"
        ).public_id
    }


def make_session(owner: User) -> dict[str, Any]:
    """A session of this person."""
    return {"public_id": SignIn.objects.create(user=owner, session_key=f"key-of-{owner.pk}").public_id}


def unit_of(owner: User) -> dict[str, Any]:
    """This person's unit, or another of an agency's own."""
    unit = owner.unit or make_user().unit
    return {"pk": unit.pk}


def client_of(owner: User) -> dict[str, Any]:
    """A machine client that this person's force let in; of any force when the person is of an agency."""
    admin = make_user(Role.ADMINISTRATOR, organisation=owner.organisation) if owner.organisation.is_force else None
    return {"pk": make_client(admin=admin)[0].pk}


CLIENT_ROUTES = ("client", "client-change", "client-secret", "client-suspend", "client-resume", "client-revoke")

# What each address is about, made for its owner; whose objects are reached, by which roles.
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "accounts:end-session": make_session,
    "accounts:delegation-withdraw": make_delegation,
    "accounts:unit": unit_of,
    "accounts:language": lambda owner: {"language": "cy"},
    "accounts:organisation": lambda owner: {"pk": owner.organisation.pk},
    "accounts:agency-close": lambda owner: {"pk": owner.organisation.pk},
    "accounts:agency-open": lambda owner: {"pk": owner.organisation.pk},
    **{f"accounts:{name}": client_of for name in CLIENT_ROUTES},
}
REACHED: dict[str, dict[str, frozenset[Role]]] = {
    "accounts:end-session": {"mine": EVERYBODY},
    "accounts:language": dict.fromkeys(("mine", "ours", "theirs"), EVERYBODY),
    "accounts:delegation-withdraw": {"mine": SUPERINTENDENT},
}
USERS = {"mine": ADMINISTRATOR, "ours": ADMINISTRATOR}
OWNERS: dict[str, Callable[[User], User]] = {
    "mine": lambda actor: actor,
    "ours": lambda actor: (
        make_user(organisation=actor.organisation) if actor.unit else make_user(Role.PARTNER, organisation=actor.organisation)
    ),
    "theirs": lambda actor: make_user(),
}
ROUTES = [route for route in all_routes() if route.name.startswith("accounts:") and route.kwargs]


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_address_about_a_person_or_unit(route: Route, client: Client):
    wrong = []
    for role in Role:
        actor = make_actor(role)
        client.force_login(actor)
        for relation, owner_for in OWNERS.items():
            kwargs = OBJECTS.get(route.name, lambda owner: {"pk": owner.pk})(owner_for(actor))
            response = ask(client, route.method, reverse(route.name, kwargs=kwargs))
            got = outcome(response)
            wrong += [f"{role} / {relation}: {what}" for what in left_behind(response)]
            allowed = role in REACHED.get(route.name, USERS).get(relation, frozenset())
            if (got == "reached") != allowed or got == "broke":
                wrong.append(f"{role} / {relation}: {got}")
    assert wrong == []
