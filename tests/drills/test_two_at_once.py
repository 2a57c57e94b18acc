"""Every act of every page, done by two people at the same moment: never more is done than when the second came after the first.

Generated from the URL table. What an act needs is read from its own form, so that a new act is tried without a word here. An act that the
reader of forms cannot get through is printed and does not fail: for these this drill shows nothing.

Each act is done on two like records: on one the second person comes after the first, on the other both at once, held back until both
have checked everything that they check without a lock. How often it was done, what was answered, and how many rows of which table came
or went must be the same.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import MultipleObjectsReturned
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from offenders.models import Nominal
from tests.factories import make_nominal, make_user
from tests.journeys.test_every_page import THINGS
from tests.routes import Route, all_routes
from tests.safety.test_access_matrix import Rollback

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "seven quiet herons at noon"
VARIANTS = 6  # ways to fill a form that are tried until one is accepted
TOGETHER = 1.5  # seconds that the first waits for the second
# Written down about each request whatever it did, or told to whoever did not do it: that differs with who was first.
NOT_THE_ACT = {
    "audit_event", "auditlog_logentry", "django_session", "accounts_signin", "audit_seal", "actions_notification",
}  # fmt: skip
ALONE = {"accounts:sign-out", "accounts:password", "accounts:second-factor", "accounts:second-factor-set-up", "accounts:recovery-codes"}
POSTS = [
    route for route in all_routes() if route.method == "post" and not route.is_for_tokens and not route.name.startswith(("v1:", "api"))
]


def is_about_a_record(route: Route) -> bool:
    """Whether somebody makes its thing on a record."""
    return route.name in THINGS or set(route.kwargs) == {"reference"}


ACTS = [route for route in POSTS if is_about_a_record(route) and route.name not in ALONE]
SUBJECTS = sorted({route.name.split(":")[0] for route in ACTS})


class Form(HTMLParser):
    """The fields of a page's form, as a browser would send them; `variant` chooses among the answers of a question."""

    def __init__(self, variant: int, known: dict[str, str]) -> None:
        super().__init__()
        self.known = known
        self.variant, self.fields, self.radios, self.select, self.options = variant, {}, {}, "", []
        self.files: set[str] = set()
        self.depth, self.found = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self.depth = int("/sign-out/" not in given.get("action", "") and "acting" not in given.get("action", ""))
        elif not self.depth or not name:
            if tag == "option" and self.select:
                self.options.append(given.get("value", ""))
        elif tag == "input":
            self.note_input(name, given)
        elif tag == "textarea":
            self.fields[name] = "Agreed by both of us"
        elif tag == "select":
            self.select, self.options = name, []

    def note_input(self, name: str, given: dict[str, str]) -> None:
        """Note an input by its kind."""
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind == "radio":
            self.radios.setdefault(name, []).append(value)
        elif kind == "checkbox":
            chosen = self.fields.setdefault(name, [])
            if isinstance(chosen, list) and (not chosen or self.variant % 2):
                chosen.append(value or "on")
        elif kind == "file":
            self.files.add(name)
        elif kind == "hidden" or value:
            self.fields[name] = value
        else:
            self.fields[name] = self.word_for(name, given)

    def word_for(self, name: str, given: dict[str, str]) -> str:
        """Return what somebody might type there."""
        if name in self.known or given.get("type") in self.known:
            return self.known.get(name) or self.known[given["type"]]
        day = localdate()
        for part, value in (("_day", day.day), ("_month", day.month), ("_year", day.year + self.variant // 2 % 2)):
            if name.endswith(part):
                return str(value)
        is_number = given.get("inputmode") == "numeric" or given.get("type") == "number"
        return "3" if is_number else "12:30" if "time" in name else "duty@agency.example" if "mail" in name else "Agreed"

    def handle_endtag(self, tag: str) -> None:
        """Choose from a list of options; leave the form."""
        if tag == "select" and self.select:
            able = [option for option in self.options if option]
            if able:
                self.fields[self.select] = able[self.variant % len(able)]
            self.select = ""
        elif tag == "form":
            self.depth = 0

    def data(self) -> dict[str, Any]:
        """Return what would be sent."""
        chosen = {name: values[self.variant % len(values)] for name, values in self.radios.items()}
        files = {name: SimpleUploadedFile("note.txt", b"A note") for name in self.files}
        return self.fields | chosen | files


def filled(client: Client, url: str, variant: int, known: dict[str, str]) -> dict[str, Any]:
    """Return what the form of a page would send, `known` answers included; what a mere button sends where there is no page."""
    page = client.get(url)
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return {"version": "1"}
    reference = re.search(r"V-\d{6,}", url)
    form = Form(variant, known | ({"confirmation": reference[0]} if reference else {}))
    form.feed(page.content.decode())
    return {name: value for name, value in form.data().items() if name != "csrfmiddlewaretoken"}


def is_done(response: HttpResponse) -> bool:
    """Whether the act was accepted: pages lead on after an act; files come at once."""
    leads_on = response.status_code in {302, 303} and "/reason/" not in response["Location"]
    return leads_on or (response.status_code == 200 and "attachment" in response.get("Content-Disposition", ""))


def tried(client: Client, url: str, variant: int, known: dict[str, str]) -> bool:
    """Whether an act would be accepted; taken back."""
    answers = []
    with suppress(Rollback), transaction.atomic():
        answers.append(client.post(url, filled(client, url, variant, known)))
        raise Rollback
    if os.environ.get("ACT") and not is_done(answers[0]):
        said = re.findall(r'class="govuk-error-message">(.*?)</p>|error-summary__list">(.*?)</ul>', answers[0].content.decode(), re.DOTALL)
        print(url, answers[0].status_code, [re.sub(r"<[^>]*>|\s+", " ", "".join(each)).strip() for each in said])
    return is_done(answers[0])


@dataclass
class Team:
    """Two people with every role of the police, in one unit."""

    people: list[User]

    def __post_init__(self) -> None:
        self.clients = [Client(raise_request_exception=False) for _ in self.people]
        for client, person in zip(self.clients, self.people, strict=True):
            client.force_login(person)
        self.third = make_user(unit=self.people[0].unit)
        self.known = {"user": self.third.username, "password": PASSWORD}

    def make(self) -> Nominal:
        """A record of the first."""
        return make_nominal(unit=self.people[0].unit, offender_manager=self.people[0])


def address(route: Route, nominal: Nominal) -> str:
    """Make what an act is about; return the act's address."""
    return reverse(route.name, kwargs=THINGS[route.name](nominal) if route.name in THINGS else {"reference": nominal.reference})


def way_in(route: Route, team: Team) -> tuple[list[Client], int] | None:
    """Return who can do an act, each alone, and how the form is filled; None where nothing that was tried is accepted."""
    with suppress(Rollback), transaction.atomic():
        url = address(route, team.make())
        for variant in range(VARIANTS):
            able = [client for client in team.clients if tried(client, url, variant, team.known)]
            if able:
                team.found = [able[0], able[-1]], variant
                raise Rollback
        team.found = None
        raise Rollback
    return team.found


def rows() -> Counter[str]:
    """Return how many rows each table has, without the trail."""
    names = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - NOT_THE_ACT)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names))  # noqa: S608 - our own tables
        found = Counter(dict(cursor.fetchall()))
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
    return found


@contextmanager
def held_back(barrier: Barrier) -> Iterator[None]:
    """Hold this connection back before its first lock or change until the other is there too, so that the two overlap."""
    is_held = [True]

    def wait_for_the_other(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        table = sql.split("(", maxsplit=1)[0]
        is_change = sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(f'"{name}"' in table for name in NOT_THE_ACT)
        if is_held[0] and (is_change or "FOR UPDATE" in sql or "FOR NO KEY" in sql or "advisory" in sql):
            is_held[0] = False
            with suppress(BrokenBarrierError):
                barrier.wait(TOGETHER)
        return execute(sql, *rest)

    with connection.execute_wrapper(wait_for_the_other):
        yield


def both(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """Do two acts at once, each on a connection of its own."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            connection.ensure_connection()
            with held_back(barrier):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def what_came(route: Route, team: Team, clients: list[Client], variant: int, do: Callable[..., list[HttpResponse]]) -> tuple[Any, ...]:
    """Do an act twice on a new record; return how often it was done, whether anything broke, and which rows came and went."""
    with transaction.atomic():
        url = address(route, team.make())
    sent = [filled(client, url, variant, team.known) for client in clients]
    before = rows()
    answers = do([lambda client=client, data=data: client.post(url, data) for client, data in zip(clients, sent, strict=True)])
    after = rows()
    changes = {name: after[name] - before[name] for name in sorted(after | before) if after[name] != before[name]}
    return sum(map(is_done, answers)), sorted(answer.status_code for answer in answers if answer.status_code >= 500), changes


def in_turn(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """Do two acts one after the other."""
    return [act() for act in acts]


def difference(route: Route, team: Team, clients: list[Client], variant: int) -> str:
    """Return what is different when two come at once; nothing where all is well.

    At once goes first: what belongs to no record, such as a dated rule, can be done only once in one world.
    """
    got = what_came(route, team, clients, variant, both)
    wanted = what_came(route, team, clients, variant, in_turn)
    is_well = got == wanted if wanted[0] else got[0] == 1 and not got[1]
    return "" if is_well else f"at once {got}, in turn {wanted}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_two_people_do_no_more_at_once_than_in_turn(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.HTML.write_pdf", lambda *_args, **_kwargs: b"%PDF-1.7")
    roles = [role for role in Role if role != Role.PARTNER]
    first = make_user(*roles)
    people = [first, make_user(*roles, unit=first.unit)]
    for person in people:
        person.set_password(PASSWORD)
        person.save()
    team = Team(people)
    wrong, unreached, races = {}, [], 0
    only = os.environ.get("ACT", "")  # a pattern of names makes it shorter
    for route in ACTS:
        if route.name.startswith(f"{subject}:") and re.search(only, route.name):
            try:
                found = way_in(route, team)
                problem = difference(route, team, *found) if found else ""
            except (MultipleObjectsReturned, IntegrityError):  # one of its kind, such as a dated rule, which an act before changed
                found = None
            if found is None:
                unreached.append(route.name)
            elif problem:
                wrong[route.name] = problem
                print(f"{route.name}: {problem}", flush=True)
            races += found is not None
    print(f"{subject}: {races} acts raced, {len(unreached)} not reached: {unreached}", flush=True)
    assert wrong == {}
