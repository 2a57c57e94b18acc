"""The doors for agencies' systems against what their description allows and what it does not: nothing breaks, nothing is undocumented.

`make test` tries a little of the same input each time; `make drill` tries more, and new.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
from django.test import Client

from accounts.choices import ApiScope
from sharing.services.receiving import acknowledge_release
from sharing.services.requests import ask_back, take_request
from tests.accounts.calling import make_client, token_of
from tests.description import CHECKS, OPERATIONS, one_connection, scopes_of, ways
from tests.sharing.making_partners import make_partnered, make_request, share

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]  # the inner functions are what hypothesis calls
FOR_TOKENS = {label: each for label, each in OPERATIONS.items() if scopes_of(each) is not None}
EXAMPLES = 100 if hypothesis.settings.get_current_profile_name() == "new" else 12


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


def test_every_address_for_tokens_is_tried():
    assert len(FOR_TOKENS) == 15


@pytest.mark.parametrize("label", list(FOR_TOKENS))
def test_address_breaks_at_nothing_and_answers_as_documented(label, client, settings):
    settings.API_CALLS_PER_MINUTE = 10**6
    operation = FOR_TOKENS[label]
    if scopes_of(operation) == {str(ApiScope.TRAVEL_ALERTS)}:
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

