"""Every act of every page, done by two people at the same moment: never more is done than when the second came after the first.

Generated from the URL table. What an act needs is read from its own form, so that a new act is tried without a word here. Acts
that the reader of forms does not get through to are listed with a reason (not_reached.py).

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
from copy import deepcopy
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import MultipleObjectsReturned
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Nominal
from tests.drills.filling import YEARS, filled, is_done, what_is_wrong
from tests.drills.not_reached import NOT_REACHED
from tests.drills.ways import ANSWERS, MADE, what_is_known
from tests.factories import make_nominal, make_user
from tests.journeys.test_every_page import THINGS
from tests.routes import Route, all_routes
from tests.safety.test_access_matrix import Rollback

pytestmark = pytest.mark.django_db(transaction=True)

ONLY = os.environ.get("ACT", "")  # a pattern of names makes it shorter, and tells why an act is not reached
PASSWORD = "seven quiet herons at noon"
VARIANTS = len(YEARS)  # ways to fill a form that are tried until one is accepted
TOGETHER = 1.5  # seconds that the first waits for the second
# Written down about each request whatever it did, or told to whoever did not do it: that differs with who was first.
NOT_THE_ACT = {
    "audit_event", "auditlog_logentry", "django_session", "accounts_signin", "audit_seal", "actions_notification",
    "offenders_word",  # each word once, whoever writes it first
}  # fmt: skip
Came = tuple[int, list[int], dict[str, int]]  # how often it was done, what broke, how many rows of which table came or went
# About one's own session alone.
ALONE = {
    "accounts:sign-in", "accounts:sign-out", "accounts:password", "accounts:second-factor", "accounts:second-factor-set-up",
    "accounts:recovery-codes", "accounts:keep-alive", "accounts:acting-role",
}  # fmt: skip
POSTS = [
    route for route in all_routes() if route.method == "post" and not route.is_for_tokens and not route.name.startswith(("v1:", "api"))
]


def can_be_made(route: Route) -> bool:
    """Whether somebody makes its thing on a record, or it is about nothing that is there before."""
    return route.name in THINGS or route.name in MADE or set(route.kwargs) <= {"reference"}


# Changes of dated rules last: the acts before go by the rules that stand.
ACTS = sorted(
    (route for route in POSTS if can_be_made(route) and route.name not in ALONE), key=lambda route: route.permission == Perm.CHANGE_RULES
)
SUBJECTS = sorted({route.name.split(":")[0] for route in ACTS})


@dataclass
class Team:
    """Two people with every role of the police, in one unit, and what they may name in a form."""

    people: list[User]

    def __post_init__(self) -> None:
        self.clients = [Client(raise_request_exception=False) for _ in self.people]
        for client, person in zip(self.clients, self.people, strict=True):
            client.force_login(person)
        self.known = what_is_known(self.people, PASSWORD)

    def make(self) -> Nominal:
        """A record of the first."""
        return make_nominal(unit=self.people[0].unit, offender_manager=self.people[0])

    def address(self, route: Route) -> str:
        """Make what an act is about, on a new record; return the act's address."""
        nominal = self.make()
        make = MADE.get(route.name) or THINGS.get(route.name)
        return reverse(route.name, kwargs=make(nominal) if make else dict.fromkeys(route.kwargs, nominal.reference))

    def fill(self, client: Client, route: Route, url: str, variant: int) -> dict[str, Any]:
        """Return what somebody of the team would send."""
        answers = ANSWERS.get(route.name, {})
        return filled(client, url, variant, self.known, {name: self.known.get(str(value), value) for name, value in answers.items()})

    def tried(self, client: Client, route: Route, url: str, variant: int) -> bool:
        """Whether an act would be accepted; taken back, a session that was begun anew too."""
        answers, cookies = [], deepcopy(client.cookies)
        with suppress(Rollback), transaction.atomic():
            sent = self.fill(client, route, url, variant)
            answers.append(client.post(url, sent))
            raise Rollback
        client.cookies = cookies
        if ONLY and not is_done(answers[0]):
            print(route.name, variant, answers[0].status_code, what_is_wrong(answers[0]), sent, flush=True)
        return is_done(answers[0])

    def way_in(self, route: Route) -> tuple[list[Client], int] | None:
        """Return who can do an act, each alone, and how the form is filled; None where nothing that was tried is accepted."""
        found = []
        with suppress(Rollback), transaction.atomic():
            url = self.address(route)
            for variant in range(VARIANTS):
                able = [client for client in self.clients if self.tried(client, route, url, variant)]
                if able:
                    found.append(([able[0], able[-1]], variant))
                    break
            raise Rollback
        return found[0] if found else None


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


def what_came(route: Route, team: Team, clients: list[Client], variant: int, do: Callable[..., list[HttpResponse]]) -> Came:
    """Do an act twice on a new record; return how often it was done, whether anything broke, and which rows came and went."""
    with transaction.atomic():
        url = team.address(route)
    sent = [team.fill(client, route, url, variant) for client in clients]
    before = rows()
    answers = do([lambda client=client, data=data: client.post(url, data) for client, data in zip(clients, sent, strict=True)])
    after = rows()
    changes = {name: after[name] - before[name] for name in sorted(after | before) if after[name] != before[name]}
    return sum(map(is_done, answers)), sorted(answer.status_code for answer in answers if answer.status_code >= 500), changes


def in_turn(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """Do two acts one after the other."""
    return [act() for act in acts]


def is_well(got: Came, wanted: Came) -> bool:
    """Whether two at once did no more than in turn; where in turn even one cannot, one of the two did it."""
    if not wanted[0]:
        return got[0] == 1 and not got[1]
    return 1 <= got[0] <= wanted[0] and got[1:] == wanted[1:]


def difference(route: Route, team: Team, clients: list[Client], variant: int) -> str:
    """Return what is different when two come at once; nothing where all is well.

    At once goes first: what belongs to no record, such as a dated rule, can be done only once in one world. The first act of its kind may
    also do what waited from other acts, so where only rows differ it is done at once again.
    """
    got = what_came(route, team, clients, variant, both)
    wanted = what_came(route, team, clients, variant, in_turn)
    if not is_well(got, wanted) and got[:2] == wanted[:2]:
        got = what_came(route, team, clients, variant, both)
    return "" if is_well(got, wanted) else f"at once {got}, in turn {wanted}"


def race(route: Route, team: Team) -> str | None:
    """Let two people do an act; return what went wrong, None where the act is not reached."""
    try:
        found = team.way_in(route)
        return difference(route, team, *found) if found else None
    except (MultipleObjectsReturned, IntegrityError) as error:  # one of its kind, such as a dated rule, which an act before changed
        print(route.name, error, flush=True)
        return None


def make_team() -> Team:
    """Two people who may do everything, also what asks for their password again."""
    roles = [role for role in Role if role != Role.PARTNER]
    first = make_user(*roles)
    people = [first, make_user(*roles, unit=first.unit)]
    for person in people:
        person.set_password(PASSWORD)
        person.save()
    return Team(people)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_two_people_do_no_more_at_once_than_in_turn(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.HTML.write_pdf", lambda *_args, **_kwargs: b"%PDF-1.7")
    team = make_team()
    routes = [route for route in ACTS if route.name.startswith(f"{subject}:") and re.search(ONLY, route.name)]
    came = {route.name: race(route, team) for route in routes}
    wrong = {name: problem for name, problem in came.items() if problem}
    unreached = {name for name, problem in came.items() if problem is None}
    print(f"{subject}: {len(came) - len(unreached)} acts raced; not reached: {sorted(unreached)}; wrong: {wrong}", flush=True)
    assert wrong == {}
    assert unreached == NOT_REACHED.keys() & came.keys()


def test_list_of_what_is_not_reached_names_acts() -> None:
    assert {route.name for route in ACTS} >= NOT_REACHED.keys()
