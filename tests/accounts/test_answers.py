"""An act that a machine client sends twice is done once; a token without the scope does nothing."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.timezone import localdate, now
from rest_framework.request import Request

from accounts.api.edges import TokenActEdge
from accounts.choices import ApiScope
from accounts.errors import DomainError
from accounts.models import KeptAnswer, Unit
from accounts.permissions import Perm
from audit.models import Event
from tests.accounts.calling import act, make_client, token_of
from tests.factories import make_force


class AddUnit(TokenActEdge):
    """An act that leaves a row each time that it is done."""

    permission = Perm.SEND_ALERT
    required_scope = ApiScope.TRAVEL_ALERTS

    def perform(self, request: Request) -> tuple[int, Any]:
        """Add a unit; refuse one without a name."""
        if not request.data.get("name"):
            raise DomainError("Give a name.")
        number = Unit.objects.count()
        Unit.objects.create(organisation=make_force(), name=request.data["name"])
        return 201, {"before": number}


class AnotherScope(AddUnit):
    """An act for a scope that nobody was given."""

    required_scope = "another"  # type: ignore[assignment]


urlpatterns = [
    path("api/acts/", AddUnit.as_view(), name="acts"),
    path("api/others/", AnotherScope.as_view(), name="others"),
    path("", include("config.urls")),
]
handler403, handler404, handler500 = "config.errors.forbidden", "config.errors.not_found", "config.errors.server_error"
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ACTS, OTHERS = "/api/acts/", "/api/others/"


@pytest.fixture
def token(client: Client) -> str:
    """A token that counts for some days."""
    return token_of(client, *make_client(ends_on=localdate() + timedelta(days=5)))


def added() -> int:
    """How many units the act has added."""
    return Unit.objects.filter(name="Added").count()


def test_same_key_and_body_is_done_once_and_answered_the_same(client: Client, token: str):
    first, again = (act(client, token, ACTS, {"name": "Added"}) for _ in range(2))

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert added() == 1


def test_same_key_with_another_body_is_refused(client: Client, token: str):
    act(client, token, ACTS, {"name": "Added"})

    answer = act(client, token, ACTS, {"name": "Other"})

    assert (answer.status_code, answer["Content-Type"], added()) == (422, "application/problem+json", 1)


def test_key_of_one_client_means_nothing_to_another(client: Client, token: str):
    other = token_of(client, *make_client())

    assert [act(client, each, ACTS, {"name": "Added"}).status_code for each in (token, other)] == [201, 201]
    assert added() == 2


def test_act_that_was_refused_leaves_its_key_free(client: Client, token: str):
    refused = act(client, token, ACTS, {"name": ""})

    assert (refused.status_code, KeptAnswer.objects.count()) == (422, 0)
    assert act(client, token, ACTS, {"name": "Added"}).status_code == 201


def test_key_is_kept_for_a_day(client: Client):
    program, secret = make_client(ends_on=localdate() + timedelta(days=5))
    with time_machine.travel(now(), tick=False) as clock:
        act(client, token_of(client, program, secret), ACTS, {"name": "Added"})
        clock.shift(timedelta(hours=24))
        KeptAnswer.objects.update(made_at=now() - timedelta(hours=24))
        again = act(client, token_of(client, program, secret), ACTS, {"name": "Added"})

    assert (again.status_code, "Idempotency-Replayed" in again, added()) == (201, False, 2)


@pytest.mark.parametrize(("key", "person"), [("", "A. Officer"), ("short", "A. Officer"), ("x" * 101, "A. Officer"), ("first-request", "")])
def test_key_and_person_must_be_named(client: Client, token: str, key: str, person: str):
    assert (act(client, token, ACTS, {"name": "Added"}, key=key, person=person).status_code, added()) == (400, 0)


def test_token_without_the_scope_is_refused_and_it_is_recorded(client: Client, token: str):
    answer = act(client, token, OTHERS, {"name": "Added"})

    event = Event.objects.get(verb="refused")
    assert (answer.status_code, answer["Content-Type"], added()) == (403, "application/problem+json", 0)
    assert (event.detail["why"], event.actor.is_service, event.acting_role) == ("scope", True, "partner")


@pytest.mark.django_db(transaction=True)
def test_same_key_at_the_same_moment_is_done_once(client: Client):
    token, start = token_of(client, *make_client()), Barrier(4)

    def send(_: int) -> HttpResponse:
        start.wait(timeout=20)
        try:
            return act(Client(), token, ACTS, {"name": "Added"})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert ({answer.status_code for answer in answers}, len({answer.content for answer in answers}), added()) == ({201}, 1, 1)
