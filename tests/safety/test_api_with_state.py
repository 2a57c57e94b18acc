"""The API called again and again by one caller who uses what earlier answers told: nothing breaks, nothing is undocumented.

The callers: a session of each role, a machine client with each scope alone, nobody. `make test` walks the same short way each time;
`make drill` walks longer ways, and new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import hypothesis
import hypothesis.strategies as st
import pytest
import time_machine
from django.conf import settings as configured
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.choices import ApiScope, Role
from offenders.search import index_names
from tests.accounts.calling import make_client, token_of
from tests.description import CHECKS, OPERATIONS, one_connection, scopes_of, ways
from tests.factories import make_birth
from tests.safety.scenes import make_actor, make_scene
from tests.safety.test_access_matrix import Rollback
from tests.sharing.making_partners import make_partnered, make_request

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]  # the inner functions are what hypothesis calls

IS_LONG = hypothesis.settings.get_current_profile_name() == "new"
WALKS, STEPS = (15, 20) if IS_LONG else (3, 10)  # the first is the simplest there is: always the same call
TELLING = {"key", "reference", "number", "public_id", "id", "cursor", "next", "previous"}  # what later calls can use of an answer
CURSOR = re.compile(r"[?&](?:cursor|after)=([^&]+)")
REFUSALS = {401, 403}


@dataclass
class Caller:
    """Whoever calls: the headers that say who, and the keys known by now."""

    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    calls: int = 0

    def learn(self, answer: Any) -> None:
        """Keep what an answer tells that can be asked for next."""
        for _, value in told(answer):
            found = CURSOR.search(str(value))
            text = found[1] if found else str(value)
            if value is not None and text not in self.known:
                self.known.append(text)


def told(answer: Any) -> Iterator[tuple[str, Any]]:
    """Each key, reference and place of the next page in an answer, however deep."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name in TELLING and isinstance(value, str | int):
                yield name, value
            yield from told(value)
    elif isinstance(answer, list):
        for each in answer:
            yield from told(each)


def session(role: Role) -> Caller:
    """Somebody in a browser, with records near and far, one hidden, and the form's token."""
    actor, browser = make_actor(role), Client()
    browser.force_login(actor)
    scenes = [make_scene(actor, relation) for relation in ("own", "force", "elsewhere", "excluded", "restricted")]
    for nominal in scenes:
        make_birth(nominal=nominal, year=1971, month=4, day=1)
    index_names([nominal.pk for nominal in scenes])
    token = "a" * 32
    names = {configured.SESSION_COOKIE_NAME: browser.cookies[configured.SESSION_COOKIE_NAME].value, configured.CSRF_COOKIE_NAME: token}
    return Caller({"X-CSRFToken": token}, names, [nominal.reference for nominal in scenes])


def machine(scope: ApiScope) -> Caller:
    """A system with one scope, what was shared with its agency and with another, and a request."""
    browser = Client()
    if scope == ApiScope.TRAVEL_ALERTS:
        return Caller({"Authorization": f"Bearer {token_of(browser, *make_client())}"})
    partner, other = make_partnered(browser, scopes=[str(scope)]), make_partnered(browser)
    asked = make_request(officer=partner.nominal.offender_manager, agency=partner.agency)
    known = [str(row.public_id) for row in (partner.release, other.release, asked)]
    return Caller({"Authorization": f"Bearer {partner.token}"}, known=known)


CALLERS: dict[str, Callable[[], Caller]] = {f"session of {role}": lambda role=role: session(role) for role in Role}
CALLERS |= {f"system for {scope}": lambda scope=scope: machine(scope) for scope in ApiScope}
CALLERS["nobody"] = lambda: Caller({})


def is_meant_for(name: str, operation: Any) -> bool:
    """Whether this caller has the way in: not whether it may do it."""
    scopes = scopes_of(operation)
    if scopes is None:
        return name.startswith("session")
    return name.startswith("system") and (not scopes or name.removeprefix("system for ") in scopes)


def is_routed(url: str) -> bool:
    """Whether an address leads to something: what stands in its place of a reference may make it none."""
    try:
        resolve(unquote(urlsplit(url).path))
    except Resolver404:
        return False
    return True


def step(name: str, caller: Caller, data: st.DataObject, seen: dict[int, int]) -> None:
    """Call something, mostly what is meant for this caller, mostly with what is known; hold the answer against the description."""
    mine = [label for label, each in OPERATIONS.items() if is_meant_for(name, each)]
    others = [label for label in OPERATIONS if label not in mine]
    asks_own = mine and data.draw(st.integers(0, 7)) < 7
    label = data.draw(st.sampled_from(mine if asks_own or not others else others), label="operation")
    operation = OPERATIONS[label]
    case = data.draw(ways(operation), label="call")
    for parameters in (case.path_parameters, case.query):
        for parameter in sorted((parameters or {}).keys() & {"key", "reference", "number", "cursor", "after"}):
            if caller.known and data.draw(st.integers(0, 3)) > 0:
                parameters[parameter] = data.draw(st.sampled_from(caller.known), label=parameter)
    caller.calls += data.draw(st.integers(0, 5)) > 0  # else the key of the request before, for the same thing or another
    case.headers = caller.headers | {"On-Behalf-Of": "A. Worker", "Idempotency-Key": f"request-{caller.calls}"}
    case.cookies = caller.cookies
    response = case.call()
    seen[response.status_code] = seen.get(response.status_code, 0) + 1
    case.validate_response(response, checks=CHECKS)
    if not asks_own:
        is_refused = response.status_code in REFUSALS or (response.status_code == 404 and not is_routed(response.request.path_url))
        assert is_refused, (label, response.status_code, response.content, case)
        return
    assert response.status_code != 401, label
    if response.status_code < 300:
        caller.learn(response.json())


@pytest.mark.parametrize("name", list(CALLERS))
def test_caller_who_remembers_breaks_nothing(name: str, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = settings.REFUSED_CALLS_PER_MINUTE = 10**6
    caller = CALLERS[name]()
    start, seen = list(caller.known), {}

    @hypothesis.settings(max_examples=WALKS, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(st.data())
    def walk(data: st.DataObject) -> None:
        """One way through the API, taken back at its end."""
        caller.known, caller.calls = list(start), 0
        try:
            with transaction.atomic():
                for _ in range(STEPS):
                    step(name, caller, data, seen)
                raise Rollback
        except Rollback:
            pass

    with one_connection():
        walk()
    assert sum(seen.values()) >= STEPS


@pytest.mark.parametrize("name", [f"session of {Role.OFFENDER_MANAGER}", *(f"system for {scope}" for scope in ApiScope)])
@time_machine.travel(datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC), tick=False)  # all in one minute
def test_one_call_too_many_is_answered_as_documented(name: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = CALLERS[name]()
    settings.API_CALLS_PER_MINUTE = settings.PAGES_PER_MINUTE = 1
    monkeypatch.setattr("accounts.throttles.UNHINDERED_TIMES", 1)
    statuses = {}
    for label, operation in OPERATIONS.items():
        if is_meant_for(name, operation):
            names = [part for part in ("key", "reference", "number") if f"{{{part}}}" in operation.path]
            case = operation.Case(path_parameters=dict.fromkeys(names, "V-000001"), headers=caller.headers, cookies=caller.cookies)
            with one_connection():
                case.call()
                answer = case.call()
            statuses[label] = answer.status_code
            case.validate_response(answer, checks=CHECKS)
    assert set(statuses.values()) == {429}
