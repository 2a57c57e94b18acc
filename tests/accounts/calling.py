"""Steps that tests about machine clients share."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from accounts.choices import OrganisationKind, Role
from accounts.models import ApiClient, User
from accounts.services.clients import create_client
from tests.factories import make_agency, make_user

TOKEN, WHOAMI = "/api/token/", "/api/v1/whoami/"
HERE = "127.0.0.1"


def make_client(*, admin: User | None = None, **values: Any) -> tuple[ApiClient, str]:
    """A client of a border authority, let in from here until today, with its secret."""
    admin = admin or make_user(Role.ADMINISTRATOR)
    agency = values.pop("agency", None) or make_agency(kind=OrganisationKind.BORDER)
    terms = {"name": f"Alerts of {agency.name}", "contact": "Duty desk, 01632 960333", "scopes": ["travel-alerts"]}
    terms |= {"networks": [f"{HERE}/32"], "any_network": False, "ends_on": localdate()}
    return create_client(actor=admin, agency=agency, **(terms | values))


def send(browser: Client, body: dict[str, str], *, remote: str = HERE, **headers: str) -> HttpResponse:
    """Send a form to the address for tokens; `remote` is the address that it comes from."""
    return browser.post(TOKEN, urlencode(body), content_type="application/x-www-form-urlencoded", headers=headers, REMOTE_ADDR=remote)


def ask_token(browser: Client, client: ApiClient | None, secret: str, **values: Any) -> HttpResponse:
    """Send what a program sends to get a token."""
    remote = values.pop("remote", HERE)
    body = {"grant_type": "client_credentials", "client_id": client.client_id if client else "nobody", "client_secret": secret, **values}
    return send(browser, body, remote=remote)


def token_of(browser: Client, client: ApiClient, secret: str) -> str:
    """A token of this client."""
    return ask_token(browser, client, secret).json()["access_token"]


def call(browser: Client, token: str, url: str = WHOAMI, **values: Any) -> HttpResponse:
    """Call with a token, by GET."""
    return browser.get(url, headers={"Authorization": f"Bearer {token}", **values.pop("headers", {})}, **{"REMOTE_ADDR": HERE, **values})


def act(browser: Client, token: str, url: str, body: Any, *, key: str = "first-request", person: str = "A. Officer") -> HttpResponse:
    """Send an act with a token, by POST."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "On-Behalf-Of": person}
    return browser.post(url, json.dumps(body), content_type="application/json", headers=headers, REMOTE_ADDR=HERE)
