"""Every address, every role, every relation to the record: generated from the URL table (nothing can be left out).

`make drill` tries every combination. `make test` tries every address as whoever works with records in the relation that tells most,
whose record it is (by turns where all of them may reach it), and the others by turns; pages about no record as two of each sort by turns.
The same combinations each time.
"""

from __future__ import annotations

import os
import re
from copy import deepcopy
from itertools import product
from typing import Any
from urllib.parse import unquote_plus
from zlib import crc32

import pytest
from auditlog.context import disable_auditlog
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from PIL import ImageFile

from accounts.choices import ApiScope, Role
from accounts.permissions import ROLE_RIGHTS, Access, Perm
from tests.routes import Route, all_routes
from tests.safety.expectations import EXPECTED, NOBODY, PAGES, RELATIONS, TEAM
from tests.safety.objects import OBJECTS, OWN_RULES, TRIED_ELSEWHERE
from tests.safety.scenes import make_actor, make_scene

pytestmark = pytest.mark.django_db

ROUTES = all_routes()
TOKEN_ROUTES = [route for route in ROUTES if route.is_for_tokens]
RECORD_ROUTES = [route for route in ROUTES if "reference" in route.kwargs or route.name in OBJECTS]
PAGE_ROUTES = [route for route in ROUTES if not route.kwargs and route.permission != Access.PUBLIC and not route.is_for_tokens]
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
EVERYTHING = os.environ.get("EVERY_COMBINATION") == "1"
NAMES = ("Sample", "Alex")  # of the person on record, as tests.factories names everybody
TELLING = {"own"}
WORKERS = TEAM


def rights_on_records(role: Role) -> tuple[Any, ...]:
    """What a role may do with records; roles that are alike in this are of one kind."""
    return tuple(ROLE_RIGHTS[role].get(perm) for perm in EXPECTED)


ONE_OF_EACH_KIND = {rights_on_records(role): role for role in reversed(Role) if any(rights_on_records(role))}.values()


def turn_of(route: Route) -> tuple[Role, str]:
    """Return whose turn it is to try an address besides those who work with records, so that each is tried by somebody else."""
    turns = list(product(sorted(set(ONE_OF_EACH_KIND) - WORKERS), RELATIONS))
    return turns[crc32(str(route).encode()) % len(turns)]


def workers_at(route: Route, relation: str) -> frozenset[Role]:
    """Return whoever works with records and tries an address: each of them, but only one by turns where all of them may reach it."""
    if any(expected_outcomes(route, role, relation) != {"reached"} for role in WORKERS):
        return WORKERS
    return frozenset({sorted(WORKERS)[crc32(str(route).encode()) % len(WORKERS)]})


def is_tried(route: Route, role: Role, relation: str) -> bool:
    """Whether a combination belongs to this run; the same ones each time."""
    if EVERYTHING or (relation in TELLING and role in workers_at(route, relation)) or (role, relation) == turn_of(route):
        return True
    number = crc32(f"{route} {role} {relation}".encode())
    often = 16 if relation in TELLING or relation == "excluded" else 96
    return number % (often if role in ONE_OF_EACH_KIND else 144) == 0


def may_open(role: Role, route: Route) -> bool:
    """Say whether a role may open a page about no single record, by the hand-written table."""
    return route.permission == Access.SIGNED_IN or role in PAGES[Perm(route.permission)]


def roles_at(route: Route) -> set[Role]:
    """Return who tries a page about no single record: by turns two whom it opens to and two whom it refuses; in `make drill` everybody."""
    if EVERYTHING:
        return set(Role)
    turn = crc32(str(route).encode())
    opens, refuses = ([role for role in Role if may_open(role, route) == may] for may in (True, False))
    return {roles[(turn + step) % len(roles)] for roles in (opens, refuses) if roles for step in (0, 1)}


@pytest.fixture(autouse=True)
def _papers_are_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may have a paper is tried here; setting it takes a second, and how it looks is tried with each paper.

    The import of WeasyPrint lets Pillow take damaged pictures, which other tests of this process want refused.
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    monkeypatch.setattr("weasyprint.HTML.write_pdf", lambda *_args, **_kwargs: b"%PDF-1.7")


class Rollback(Exception):
    """Takes back what a request did."""


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """Send an empty request and take back whatever it did, the signing out too."""
    answers: list[Any] = []
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            data = {"content_type": "application/json", "data": {}} if url.startswith("/api/") and method == "post" else {}
            answers.append(getattr(client, method)(url, **data))
            raise Rollback
    except Rollback:
        client.cookies = cookies
        return answers[0]


def outcome(response: HttpResponse) -> str:
    """Say in a word what became of a request."""
    if response.status_code >= 500:
        return "broke"
    if response.status_code == 302 and "/reason/" in response["Location"]:
        return "asked for a reason"
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next"):
        return "asked to sign in"
    return {403: "refused", 404: "hidden"}.get(response.status_code, "reached")


def left_behind(response: HttpResponse, *names: str) -> list[str]:
    """Say what of an answer stays where others could find it: the page itself, or a name in its title, its file or where it leads."""
    title = TITLE.search(response.content) if response.get("Content-Type", "").startswith("text/html") and not response.streaming else None
    said = {
        "title": title[1].decode() if title else "",
        "file": response.get("Content-Disposition", ""),
        "address": unquote_plus(response.get("Location", "")),
    }
    found = [f"{place} says {text}" for place, text in said.items() if any(name.lower() in text.lower() for name in names)]
    return found if "no-store" in response.get("Cache-Control", "") else [*found, "may be kept"]


def expected_outcomes(route: Route, role: Role, relation: str) -> set[str]:
    """Say what may become of a request, by the hand-written table."""
    if custom := OWN_RULES.get(route.name):
        return custom(role, relation)
    if role in EXPECTED[route.permission].get(relation, NOBODY):
        return {"reached"}
    if role not in EXPECTED[Perm.VIEW_MARKER].get(relation, NOBODY):
        return {"hidden"} if set(route.kwargs) == {"reference"} and not route.name.startswith("v1:") else {"hidden", "refused"}
    if set(route.kwargs) != {"reference"} or route.name.startswith("v1:"):  # the API asks for no reasons
        return {"hidden", "refused", "asked for a reason"}
    return {"refused", "asked for a reason"}


def test_what_an_answer_leaves_behind_is_found():
    kept = HttpResponse("<title>Card of Alex\n</title>", headers={"Content-Disposition": 'attachment; filename="sample.pdf"'})
    led = HttpResponse(status=302, headers={"Location": "/find/?q=al%45x", "Cache-Control": "no-store"})
    found = [what.split(" says ")[0] for answer in (kept, led) for what in left_behind(answer, *NAMES)]
    assert found == ["title", "file", "may be kept", "address"]


def test_every_address_declares_its_rule():
    assert [str(route) for route in ROUTES if not isinstance(route.permission, Perm | Access)] == []


def test_every_address_is_tried():
    """What an address with arguments is about stands in a table of this folder; without arguments it is tried as it is."""
    tried = {route.name for route in RECORD_ROUTES} | {route.name for route in PAGE_ROUTES} | TRIED_ELSEWHERE
    public = {route.name for route in ROUTES if route.permission == Access.PUBLIC or route.is_for_tokens}
    accounts = {route.name for route in ROUTES if route.name.startswith("accounts:")}  # test_accounts_matrix.py
    assert {route.name for route in ROUTES} - tried - public - accounts == set()
    assert {route.name for route in RECORD_ROUTES if set(route.kwargs) - {"reference"}} - OBJECTS.keys() == set()


def test_every_address_is_tried_as_whoever_works_with_records_and_as_somebody_who_does_not():
    everything = {str(route) for route in RECORD_ROUTES}
    assert {str(route) for route in RECORD_ROUTES if any(is_tried(route, role, "own") for role in WORKERS)} == everything
    closed = {str(route) for route in RECORD_ROUTES for role in WORKERS if expected_outcomes(route, role, "own") != {"reached"}}
    for role in WORKERS:
        tried = {str(route) for route in RECORD_ROUTES if is_tried(route, role, "own")}
        assert tried > closed
        assert len(tried - closed) > len(everything - closed) / 3
    others = set(ONE_OF_EACH_KIND) - WORKERS
    assert {str(route) for route in RECORD_ROUTES if any(is_tried(route, *each) for each in product(others, RELATIONS))} == everything


def test_every_page_is_tried_as_somebody_who_may_open_it_and_as_somebody_who_may_not():
    for route in PAGE_ROUTES:
        may = {role: may_open(role, route) for role in Role}
        assert {may[role] for role in roles_at(route)} == set(may.values())


@pytest.mark.parametrize("role", list(Role))
def test_addresses_about_a_record(role: Role, client: Client):
    actor = make_actor(role)
    client.force_login(actor)
    scenes = {relation: make_scene(actor, relation) for relation in RELATIONS}
    wrong = []
    for relation, nominal in scenes.items():
        tried = [route for route in RECORD_ROUTES if is_tried(route, role, relation)]
        with disable_auditlog():  # who made the things is of no matter to who may see them
            made = {name: OBJECTS[name](nominal) for name in sorted({route.name for route in tried} & OBJECTS.keys())}
        for route in tried:
            url = reverse(route.name, kwargs=made.get(route.name, {"reference": nominal.reference}))
            response = ask(client, route.method, url)
            if (got := outcome(response)) not in (wanted := expected_outcomes(route, role, relation)):
                wrong.append(f"{route} / {relation}: {got}, not {' or '.join(sorted(wanted))}")
            wrong += [f"{route} / {relation}: {what}" for what in left_behind(response, *NAMES)]
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_addresses_about_no_single_record(role: Role, client: Client):
    client.force_login(make_actor(role))
    wrong = []
    for route in PAGE_ROUTES:
        if role not in roles_at(route):
            continue
        response = ask(client, route.method, reverse(route.name))
        got = outcome(response)
        wrong += [f"{route}: {what}" for what in left_behind(response)]
        if got != ("reached" if may_open(role, route) else "refused"):
            wrong.append(f"{route}: {got}")
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_no_session_opens_an_address_for_tokens(role: Role, client: Client):
    client.force_login(make_actor(role))
    answers = {str(route): ask(client, route.method, reverse(route.name, kwargs=dict.fromkeys(route.kwargs, 1))) for route in TOKEN_ROUTES}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(map(str, TOKEN_ROUTES), 401)


def test_every_address_for_tokens_names_its_scope():
    names = {route.view.cls.required_scope for route in TOKEN_ROUTES if route.permission != Access.TOKEN}
    assert names <= set(ApiScope)
    assert {route.name for route in TOKEN_ROUTES if route.view.cls.required_scope is None} == {"v1:whoami"}


@pytest.mark.parametrize("route", [route for route in ROUTES if route.permission != Access.PUBLIC], ids=str)
def test_strangers_are_sent_to_sign_in(route: Route, client: Client):
    samples = {"reference": "V-000001", "other": "V-000002", "token": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    kwargs = {name: samples.get(name, samples["token"] if "id" in name or name == "item" else 1) for name in route.kwargs}
    kwargs |= {"permission": "view_card"} if "permission" in route.kwargs else {}
    kwargs |= {"kind": "name"} if "kind" in route.kwargs else {}
    try:
        url = reverse(route.name, kwargs=kwargs)
    except NoReverseMatch as error:
        pytest.fail(f"{route}: no sample address ({error})")
    response = ask(client, route.method, url)
    assert (response.status_code, response.get("Location", "").split("?")[0]) in {(302, "/sign-in/"), (401, "")}
