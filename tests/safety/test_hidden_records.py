"""With and without a hidden record: nothing that a person can ask of the service may differ.

`make drill` asks for every page as every role; `make test` for all that a control room may open and, by turns, those who work with records,
for a quarter of what other roles may, and for one of 24 that a role has no right to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import ROLE_RIGHTS, Access, Perm
from offenders.choices import IdentifierKind
from offenders.models import Nominal
from offenders.rules import pnc_check_letter
from offenders.search import index_names
from tests.factories import make_birth, make_exclusion, make_identifier, make_name, make_nominal, make_notice, make_section, make_user
from tests.routes import Route, all_routes
from tests.safety.expectations import TEAM
from tests.safety.scenes import make_actor
from tests.safety.test_access_matrix import EVERYTHING, ask

pytestmark = pytest.mark.django_db

PNC = f"1971/0000417{pnc_check_letter(1971, 417)}"
UNSEEN_SECTIONS = (Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.OPERATIONAL)  # from whom a confidential section is kept
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GET_PAGES = [route for route in all_routes() if route.method == "get" and not route.kwargs and route.permission != Access.PUBLIC]
RECORD_PAGES = [
    route for route in all_routes() if route.method == "get" and route.kwargs == ("reference",) and isinstance(route.permission, Perm)
]
# Numbers of the whole force, which must count everybody (docs/decisions/0029), or of the whole service. They may differ by what is hidden;
# nothing may name it.
COUNTS = re.compile(r"governance:(figures|indicators|health)")
REFUSED_BEFORE_LOOKING = {Perm.REVIEW_ACCESS}  # a right about no single record: whoever lacks it learns of none
SEARCHES = (
    "Quillfeather",
    "Quilfeather",
    "Barnaby Quillfeather",
    "14/3/1971",
    "1971/0000417H",
    "01632 960417",
    "AB12CDE",
    "Sample",
    "Quillfeather 1971",
)
PARTS_THAT_CHANGE = (
    r'name="csrfmiddlewaretoken" value="[^"]+"',
    r"/find/[0-9a-f-]{36}/",
    r"before=\d+",
    r"/audit/\d+/",
    r'<span id="entries-waiting">\d+</span>',  # how long the log of all forces has grown since its last seal
    r"<strong>[0-9a-f-]{36}</strong>",  # the request's own reference
)
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+\b|s\d+_x\d+")  # texts, numbers, names of savepoints


def body(response: HttpResponse) -> str:
    """The answer's text without what changes from one request to the next."""
    if response["Content-Type"].startswith("application/") and "json" not in response["Content-Type"]:
        return response.content.hex()
    text = response.content.decode()
    for pattern in PARTS_THAT_CHANGE:
        text = re.sub(pattern, "", text)
    return text


def seen(response: HttpResponse) -> tuple[Any, ...]:
    """All that a person can tell from an answer."""
    varying = {"X-Request-ID", "HX-Push-Url", "Content-Length", "Location"}
    headers = {name: value for name, value in response.items() if name not in varying}
    location = re.sub(r"[0-9a-f-]{36}", "", response.get("Location", ""))
    return response.status_code, headers, location, body(response)


def told(name: str, answer: tuple[Any, ...]) -> tuple[Any, ...]:
    """All of an answer that must stay the same: of a page of numbers all but the numbers."""
    return answer[:-1] if COUNTS.match(name) else answer


def statements(captured: CaptureQueriesContext) -> list[str]:
    """The statements that the database was asked, without the values in them: their number and kind is what an answer's time tells of."""
    return [VALUES.sub("?", query["sql"]) for query in captured]


def hide(actor: User, unit_of: Nominal) -> Nominal:
    """Make a record that the actor must not know of, as easy to hit as can be."""
    hidden = make_nominal(
        unit=unit_of.unit, surname="Quillfeather", given_names="Barnaby", is_restricted=True, offender_manager=unit_of.offender_manager
    )
    make_exclusion(nominal=hidden, user=actor)
    make_name(nominal=hidden, surname="Sample", given_names="Alexander")
    make_birth(nominal=hidden, year=1971, month=3, day=14)
    make_identifier(nominal=hidden, kind=IdentifierKind.PNC, value="1971/0000417H")
    make_identifier(nominal=hidden, kind=IdentifierKind.PHONE, value="01632960417")
    make_identifier(nominal=hidden, kind=IdentifierKind.VEHICLE, value="AB12CDE")
    make_notice(nominal=hidden, reported_by=unit_of.offender_manager)
    index_names([hidden.pk])
    return hidden


def visible_scene(role: Role) -> tuple[User, Nominal]:
    """An actor and a record that the actor may see, where the role sees any."""
    actor = make_actor(role)
    nominal = make_nominal(unit=actor.unit, offender_manager=make_user(unit=actor.unit)) if actor.unit else make_nominal()
    make_birth(nominal=nominal, year=1971, month=4, day=1)
    index_names([nominal.pk])
    return actor, nominal


def turn_of(route: Route, roles: Sequence[Role]) -> Role:
    """Return whose turn it is to ask for a page; the same each time."""
    return roles[crc32(str(route).encode()) % len(roles)]


def asked_by(role: Role, routes: list[Route]) -> list[Route]:
    """Return the pages for which this run asks as a role; the same ones each time."""

    def may(each: Role, route: Route) -> bool:
        return route.permission in {Access.SIGNED_IN, *ROLE_RIGHTS[each]}

    def is_asked(route: Route) -> bool:
        workers = [each for each in sorted(TEAM) if may(each, route)]
        if EVERYTHING or (role == Role.CONTROL_ROOM and may(role, route)):
            return True
        if role in workers:
            return role == turn_of(route, workers)
        return crc32(f"{route} {role}".encode()) % (4 if may(role, route) else 24) == 0

    return [route for route in routes if is_asked(route)]


def getting(client: Client, url: str) -> Callable[[], HttpResponse]:
    """A request for a page."""
    return lambda: ask(client, "get", url)


def compare(client: Client, requests: dict[str, Callable[[], HttpResponse]], hide_something: Callable[[], object]) -> list[str]:
    """Return the requests whose answers differ once something is hidden, or whose numbers name it."""
    with time_machine.travel(NOON, tick=False):
        before = {name: seen(request()) for name, request in requests.items()}
        hide_something()
        after = {name: seen(request()) for name, request in requests.items()}
    named = [name for name, answer in after.items() if COUNTS.match(name) and "QUILLFEATHER" in answer[-1].upper()]
    return named + [name for name in requests if told(name, before[name]) != told(name, after[name])]


@pytest.mark.parametrize("role", list(Role))
def test_pages_do_not_tell_of_a_hidden_record(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    client.force_login(actor)
    requests = {route.name: getting(client, reverse(route.name)) for route in asked_by(role, GET_PAGES)}
    of_record = asked_by(role, RECORD_PAGES)
    requests |= {route.name: getting(client, reverse(route.name, args=[nominal.reference])) for route in of_record}
    assert compare(client, requests, lambda: hide(actor, nominal)) == []


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.SUPERVISOR, Role.INTELLIGENCE])
def test_searches_do_not_tell_of_a_hidden_record(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    client.force_login(actor)

    def html(text: str) -> Callable[[], HttpResponse]:
        return lambda: client.post(reverse("offenders:find"), {"text": text}, headers={"HX-Request": "true"})

    def api(text: str) -> Callable[[], HttpResponse]:
        return lambda: client.post(reverse("v1:nominal-search"), {"text": text}, content_type="application/json")

    requests = {f"page {text}": html(text) for text in SEARCHES} | {f"api {text}": api(text) for text in SEARCHES}
    assert compare(client, requests, lambda: hide(actor, nominal)) == []


def test_search_finds_the_same_record_for_somebody_who_may_know_it(client: Client):
    """The scene is one in which a leak would show: whoever may see the record hits it with each of these texts."""
    actor, nominal = visible_scene(Role.CONTROL_ROOM)
    hidden = hide(actor, nominal)
    client.force_login(nominal.offender_manager)
    for text in SEARCHES:
        response = client.post(reverse("offenders:find"), {"text": text}, headers={"HX-Request": "true"})
        assert hidden.reference in response.content.decode() + response.get("HX-Redirect", "") + response.get("Location", ""), text


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.SUPERVISOR])
def test_searches_ask_the_database_the_same_whether_a_hidden_record_is_hit_or_not(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    client.force_login(actor)

    def asked() -> dict[str, list[str]]:
        """Search by each text, as a page and by the API; return the questions to the database, without each spelling that one allows."""
        found = {}
        for text in SEARCHES:
            with CaptureQueriesContext(connection) as captured:
                client.post(reverse("offenders:find"), {"text": text}, headers={"HX-Request": "true"})
                client.post(reverse("v1:nominal-search"), {"text": text}, content_type="application/json")
            found[text] = [statement.split("WHERE")[0][:120] for statement in statements(captured)]
        return found

    with time_machine.travel(NOON, tick=False):
        asked()  # the first requests of a session do more
        before = asked()
        hide(actor, nominal)
        assert asked() == before


@pytest.mark.parametrize("role", UNSEEN_SECTIONS)
def test_pages_do_not_tell_of_a_confidential_section(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    client.force_login(actor)
    asked = [route for route in RECORD_PAGES if EVERYTHING or role == turn_of(route, UNSEEN_SECTIONS)]
    requests = {route.name: getting(client, reverse(route.name, args=[nominal.reference])) for route in asked}
    assert compare(client, requests, lambda: make_section(nominal=nominal)) == []


@pytest.mark.parametrize("role", list(Role))
@time_machine.travel(NOON, tick=False)  # so that no note of "last seen" falls between two requests
def test_hidden_and_missing_answer_alike(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    hidden = hide(actor, nominal)
    client.force_login(actor)
    client.get(reverse("accounts:account"))  # the session's first request does more than the others
    refused_by_the_api = {403} if role in {Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER} else set()
    for route in asked_by(role, RECORD_PAGES):
        answers, asked = [], []
        for reference in (hidden.reference, "V-999999"):
            with CaptureQueriesContext(connection) as captured:
                response = ask(client, "get", reverse(route.name, args=[reference]))
            answers.append((response.status_code, body(response).replace(reference, "")))
            asked.append(statements(captured))
        assert answers[0] == answers[1], route
        before_looking = {403} if route.permission in REFUSED_BEFORE_LOOKING - set(ROLE_RIGHTS[role]) else {404}
        assert answers[0][0] in (refused_by_the_api if route.name.startswith("v1:") else set()) | before_looking, route
        assert asked[0] == asked[1], route
