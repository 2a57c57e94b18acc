"""Two web servers, workers and schedulers with one database, behind one proxy: sessions, limits and jobs belong to all of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from config.processes import wait_for
from tests.drills.machine import Machine, prepared
from tests.drills.people import Person, people_at
from tests.nginx import running_proxy

LIMIT, A_MINUTE_AND_MORE = 12, 150
SEALED = "SELECT count(*), count(DISTINCT number), coalesce(max(number), 0) FROM audit_seal"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The database and the broker of all."""
    with prepared(tmp_path_factory.mktemp("hosts"), PAGES_PER_MINUTE=str(LIMIT), TRUSTED_PROXIES="127.0.0.1/32") as machine:
        yield machine


@pytest.fixture(scope="module")
def people(machine: Machine) -> list[Person]:
    """People who are signed in."""
    return people_at(machine.environment, 8)


@pytest.fixture(scope="module")
def proxy(machine: Machine, people: list[Person]) -> Iterator[str]:
    """The address of the proxy before both web servers."""
    with running_proxy([machine.start_web("web one", threads=2), machine.start_web("web two", threads=2)]) as address:
        yield address


def test_a_session_is_known_to_both_and_ended_on_both(proxy: str, people: list[Person]) -> None:
    me = people[0]
    answers = [me.ask(f"{proxy}/account/") for _ in range(6)]
    left = me.ask(f"{proxy}/sign-out/", {})
    after = [me.ask(f"{proxy}/account/") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert {len({answer.headers["X-Answered-By"] for answer in each}) for each in (answers, after)} == {2}
    assert left.status_code in {302, 303}
    assert {answer.status_code for answer in after} == {302}


def test_what_one_person_opens_is_counted_on_both_together(proxy: str, people: list[Person]) -> None:
    for person in people[4:]:  # until one is through within a minute of the clock, by which both count
        begun = time.time() // 60
        answers = [person.ask(f"{proxy}/nominals/{person.reference}/confidential/") for _ in range(2 * LIMIT)]
        if time.time() // 60 == begun:
            break
    else:
        pytest.fail("No minute was long enough")

    assert Counter(answer.status_code for answer in answers) == {200: LIMIT, 429: LIMIT}
    assert len({answer.headers["X-Answered-By"] for answer in answers if answer.status_code == 200}) == 2


def test_the_trail_has_the_callers_address(machine: Machine, proxy: str, people: list[Person]) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"), cookies={"vigil": people[2].cookie}) as browser:
        assert browser.get(f"{proxy}/nominals/{people[2].reference}/confidential/").status_code == 200

    found = machine.ask(f"SELECT DISTINCT host(ip_address) FROM audit_event WHERE actor_id = {people[2].key} AND channel = 'web'")  # noqa: S608
    assert found == [("127.0.0.2",)]


def test_a_host_that_falls_takes_nobody_with_it(machine: Machine, proxy: str, people: list[Person]) -> None:
    machine.end_part("web two")

    assert [people[3].ask(f"{proxy}/account/").status_code for _ in range(6)] == [200] * 6


def test_two_schedulers_and_two_workers_do_nothing_twice(machine: Machine, people: list[Person]) -> None:
    for name in ("worker one", "worker two", "beat one", "beat two"):
        machine.start_part(name)

    assert wait_for(lambda: machine.ask(SEALED)[0][0] > 0, A_MINUTE_AND_MORE)

    count, numbers, last = machine.ask(SEALED)[0]
    assert count == numbers == last
    assert machine.manage("verify_audit") == 0
