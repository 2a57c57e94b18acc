"""How long an answer takes tells nobody of a hidden record: times of hidden and missing, taken turn by turn, come from one distribution.

The two are told apart where the median of their differences would be as large less than once in a thousand if labels meant nothing, and
it is more than a twentieth of the time itself and a fifth of a millisecond: less than that nobody hears through a network (the band).
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from tests.safety.test_access_matrix import Rollback
from tests.safety.test_hidden_records import hide, visible_scene

pytestmark = pytest.mark.django_db

SAMPLES, SHUFFLES, WARM = 200, 2000, 20
LEVEL, SHARE, LEAST = 0.001, 0.05, 0.0002
Act = Callable[[], object]


@dataclass
class Compared:
    """Medians of each and of how much the first took more, in seconds; and how often chance alone would part them so far."""

    first: float
    second: float
    more: float
    chance: float

    @property
    def differs(self) -> bool:
        """Whether somebody could tell the two apart."""
        return self.chance < LEVEL and abs(self.more) > max(SHARE * min(self.first, self.second), LEAST)


@pytest.fixture(autouse=True)
def _nothing_is_logged() -> Iterator[None]:
    """Thousands of refusals are not printed when a test fails."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def taken(act: Act) -> float:
    """Return how long an act takes; it is taken back, so that each finds the same."""
    try:
        with transaction.atomic():
            begin = time.perf_counter()
            act()
            end = time.perf_counter()
            raise Rollback
    except Rollback:
        return end - begin


def compare(first: Act, second: Act) -> Compared:
    """Take times of two acts turn by turn, in an order that chance changes, and shuffle the labels of each pair."""
    chance, pairs = random.Random(1), []
    for number in range(WARM + SAMPLES):
        if chance.random() < 0.5:
            pair = taken(first), taken(second)
        else:
            pair = taken(second), taken(first)
            pair = pair[1], pair[0]
        pairs += [pair] if number >= WARM else []
    differences = [one - other for one, other in pairs]
    observed = median(differences)
    as_far = sum(abs(median([each * chance.choice((-1, 1)) for each in differences])) >= abs(observed) for _ in range(SHUFFLES))
    return Compared(median(one for one, _ in pairs), median(other for _, other in pairs), observed, (as_far + 1) / (SHUFFLES + 1))


ADDRESSES = ("offenders:card", "offenders:nominal", "offenders:reason", "v1:nominal-detail")


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.SUPERVISOR])
def test_hidden_and_missing_take_the_same_time(role: Role, client: Client) -> None:
    actor, nominal = visible_scene(role)
    hidden = hide(actor, nominal)
    client.force_login(actor)
    found = {}
    for name in ADDRESSES:
        more = ["view_card"] if name == "offenders:reason" else []
        urls = [reverse(name, args=[reference, *more]) for reference in (hidden.reference, "V-999999")]
        assert {client.get(url).status_code for url in urls} <= {404}
        found[name] = compare(*(lambda url=url: client.get(url) for url in urls))
    print(role, found)
    assert {name: each for name, each in found.items() if each.differs} == {}


# What hits the hidden record, and the like of it that hits nobody.
ALIKE = {
    "Quillfeather": "Brindlewhisk",
    "Barnaby Quillfeather": "Mortimer Brindlewhisk",
    "01632 960417": "01632 960418",
    "AB12CDE": "AB12CDF",
}


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.SUPERVISOR])
def test_search_for_somebody_hidden_takes_as_long_as_for_nobody(role: Role, client: Client) -> None:
    actor, nominal = visible_scene(role)
    hide(actor, nominal)
    client.force_login(actor)

    def searching(text: str) -> Act:
        return lambda: client.post(reverse("offenders:find"), {"text": text}, headers={"HX-Request": "true"})

    found = {text: compare(searching(text), searching(like)) for text, like in ALIKE.items()}
    print(role, found)
    assert {text: each for text, each in found.items() if each.differs} == {}


def test_a_planted_difference_is_found(client: Client) -> None:
    """The drill can fail: where somebody hidden is asked for, an eighth of its time more is heard."""
    actor, nominal = visible_scene(Role.CONTROL_ROOM)
    hidden = hide(actor, nominal)
    client.force_login(actor)
    references = (hidden.reference, "V-999999", "V-999998")
    hidden_page, missing_page, another = (partial(client.get, reverse("offenders:card", args=[each])) for each in references)
    own_time = median(taken(missing_page) for _ in range(2 * WARM))

    def slower() -> None:
        hidden_page()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [own_time / 8])

    assert compare(slower, missing_page).differs
    assert not compare(another, missing_page).differs
