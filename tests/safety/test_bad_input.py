"""Input that no form would send: a clear refusal or an ordinary answer, never a broken page."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db

TEXTS = (
    "\x00",
    "O\x00Neill",
    "\ud800",
    "x" * 5000,
    "ا" * 300,
    "李小龍",
    "Владимир Щёкин",
    "💥" * 50,
    "'; DROP TABLE offenders_nominal; --",
    "<script>alert(1)</script>",
    "%_\\",
    "\u202eevil",
    "31/2/1990",
    "2001/0000001A",
    " ",
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_search_takes_any_text(text: str, client: Client):
    client.force_login(make_user(Role.CONTROL_ROOM))
    page = client.post(reverse("offenders:find"), {"text": text.encode("utf-8", "replace").decode()}, headers={"HX-Request": "true"})
    answer = client.post(reverse("v1:nominal-search"), json.dumps({"text": text}), content_type="application/json")
    assert page.status_code in {200, 303, 422}
    assert answer.status_code in {200, 400, 422}
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("body", ["", "[]", "null", '{"text": 5}', '{"text": ["a"]}', "{", '{"text": {"a": 1}}', '"x"'])
def test_api_takes_any_body(body: str, client: Client):
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert client.post(reverse("v1:nominal-search"), body, content_type="application/json").status_code in {200, 400}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_sign_in_takes_any_text(text: str, client: Client):
    sent = text.encode("utf-8", "replace").decode()
    assert client.post(reverse("accounts:sign-in"), {"username": sent, "password": sent}).status_code in {409, 422, 429}


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=9999999999999999999999", "before=%00", "risk=9", "risk=%00", "unit=abc", "show=%F0"]
)
@pytest.mark.parametrize("name", ["home", "offenders:nominal-list", "offenders:notice-list", "accounts:user-list", "audit:event-list"])
def test_lists_take_any_query(name: str, query: str, client: Client):
    client.force_login(make_user(Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR))
    assert client.get(f"{reverse(name)}?{query}").status_code in {200, 422}


@pytest.mark.parametrize(
    "address", ["/nominals/V-000001%00/", "/nominals/V-1/", "/nominals/%F0%28/", "/nominals/v-000001/card/", "/photographs/1/"]
)
def test_addresses_that_are_none_are_not_found(address: str, client: Client):
    make_nominal()
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert client.get(address).status_code == 404
