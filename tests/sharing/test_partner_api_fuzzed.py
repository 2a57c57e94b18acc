"""The doors for agencies' systems against what their description allows and what it does not: nothing breaks, nothing is undocumented.

`make test` tries a little of the same input each time; `make drill` tries more, and new.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from accounts.choices import ApiScope
from sharing.services.receiving import acknowledge_release
from sharing.services.requests import ask_back, take_request
from tests.accounts.calling import HERE, make_client, token_of
from tests.sharing.making_partners import make_partnered, make_request, share

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(yaml.safe_load(Path("docs/openapi.yaml").read_text(encoding="utf-8")))
SERVICE = get_wsgi_application()


def called_from_here(environ: dict[str, Any], start: Any) -> Any:
    """The service, called from the address that tests let in."""
    return SERVICE(environ | {"REMOTE_ADDR": HERE}, start)


SCHEMA.app = called_from_here


def is_for_tokens(operation: Any) -> bool:
    """Whether a machine client may call it."""
    return any("client" in way for way in operation.definition.raw.get("security", []))


OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if is_for_tokens(each.ok())}
EXAMPLES = 100 if hypothesis.settings.get_current_profile_name() == "new" else 12


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the test's connection open between calls, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def keys(client: Client) -> tuple[str, list[str]]:
    """A token, and keys of everything that it may and may not see."""
    partner = make_partnered(client)
    other = share(partner.nominal, partner.agency, partner.agreement)
    acknowledge_release(actor=partner.client.user, release=other)
    officer = partner.nominal.offender_manager
    asked = [make_request(officer=officer, agency=partner.agency) for _ in range(2)]
    taken = take_request(actor=officer, request=asked[0])
    ask_back(actor=officer, request=taken, text="Which of the two?", version=taken.version)
    hidden = make_partnered(client).release
    found = [partner.release, other, hidden, *asked]
    return partner.token, [str(row.public_id) for row in found]


def ways(operation: Any) -> st.SearchStrategy[Any]:
    """Calls that the description allows, and calls that it does not."""
    able = [operation.as_strategy(GenerationMode.POSITIVE)]
    if operation.body or operation.query or operation.path_parameters:
        able.append(operation.as_strategy(GenerationMode.NEGATIVE))
    return st.one_of(able)


def test_every_address_for_tokens_is_tried():
    assert len(OPERATIONS) == 15


@pytest.mark.parametrize("label", list(OPERATIONS))
def test_address_breaks_at_nothing_and_answers_as_documented(label, client, settings):
    settings.API_CALLS_PER_MINUTE = 10**6
    operation = OPERATIONS[label]
    scope = {name for way in operation.definition.raw["security"] for name in way.get("client", [])}
    if scope == {str(ApiScope.TRAVEL_ALERTS)}:
        token, known = border_token(client), ["nothing"]
    else:
        token, known = keys(client)
    serial, statuses = count(), set()

    @hypothesis.settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(case=ways(operation), key=st.sampled_from([None, *known]))
    def call(case: Any, key: str | None) -> None:
        """Call it once, for a person and with a key of its own, and hold the answer against the description."""
        if key and "key" in (case.path_parameters or {}):
            case.path_parameters["key"] = key
        headers = {"Authorization": f"Bearer {token}", "On-Behalf-Of": "A. Worker", "Idempotency-Key": f"request-{next(serial)}"}
        case.headers = headers
        response = case.call()
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    with one_connection():
        call()
    assert statuses & {200, 201, 202, 404, 422, 400}
    assert not statuses & {401, 403, 405}


def border_token(client: Client) -> str:
    """A token of a border authority."""
    return token_of(client, *make_client())

