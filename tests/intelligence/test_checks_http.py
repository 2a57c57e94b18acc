"""The way to another system over HTTP, against a real server: answers, silence, refusals, nonsense and tricks."""

from datetime import date

import pytest

from intelligence.adapters import AdapterError, Query
from intelligence.adapters.http_json import LARGEST_ANSWER, HttpJson
from intelligence.choices.checks import CheckResult, Failure
from tests.intelligence.foreign_system import TRACE, running_system

QUERY = Query("q-1", ("Sample", "Arthur"), "1971-03", {"pnc": ["1971/0000417H"]})


@pytest.fixture
def system():
    with running_system() as server:
        yield server


def ask(server, seconds=5.0, query=QUERY):
    return HttpJson(server.url, "invented-token", seconds).ask(query)


def failure_of(server, seconds=5.0):
    with pytest.raises(AdapterError) as error:
        ask(server, seconds)
    return error.value.failure


def test_answer_is_read_and_only_what_was_given_is_sent(system):
    result = ask(system)
    assert (result.result, result.reference, result.records_found) == (CheckResult.TRACE, "1971/0000417H", 2)
    assert (result.last_entry_on, result.details) == (date(2026, 10, 1), "Two warnings.")
    ask(system, query=Query("q-2"))
    sent = {"request": "q-1", "surname": "Sample", "given_names": "Arthur", "date_of_birth": "1971-03"}
    assert system.asked == [
        ("/checks", "Bearer invented-token", {**sent, "numbers": {"pnc": ["1971/0000417H"]}}),
        ("/checks", "Bearer invented-token", {"request": "q-2"}),
    ]


def test_short_answer_is_enough_and_long_texts_are_cut(system):
    system.will({"result": "no_trace"}, {**TRACE, "details": "x" * 9000})
    assert ask(system).records_found is None
    assert len(ask(system).details) == 4000


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        {"result": "maybe"},
        {"reference": "x"},
        {**TRACE, "records_found": -1},
        {**TRACE, "records_found": "2"},
        {**TRACE, "records_found": True},
        {**TRACE, "records_found": 10**9},
        {**TRACE, "last_entry_on": "yesterday"},
        {**TRACE, "last_entry_on": 5},
        {**TRACE, "details": ["a"]},
        {**TRACE, "details": "a\x00b"},
        {"result": "no_trace", "records_found": 1},
        {**TRACE, "details": "x" * LARGEST_ANSWER},
    ],
    ids=range(18),
)
def test_answers_that_do_not_fit_are_not_believed(system, answer):
    system.will(answer)
    assert failure_of(system) == Failure.BAD_ANSWER


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (500, Failure.OUTAGE),
        (503, Failure.OUTAGE),
        (429, Failure.OUTAGE),
        (401, Failure.REFUSED),
        (404, Failure.REFUSED),
        (204, Failure.BAD_ANSWER),
        (302, Failure.BAD_ANSWER),
        (307, Failure.BAD_ANSWER),
    ],
)
def test_status_tells_why_there_is_no_answer(system, status, failure):
    system.will(status)
    assert failure_of(system) == failure
    assert len(system.asked) == 1  # a redirect is not followed


def test_silence_ends_after_a_time(system):
    system.will(TRACE, pause=5)
    assert failure_of(system, 0.2) == Failure.TIMEOUT


def test_answer_in_drips_ends_after_the_same_time(system):
    system.is_dripping = True
    assert failure_of(system, 0.5) == Failure.TIMEOUT


def test_system_that_is_not_there_is_an_outage():
    with running_system() as gone:
        pass
    assert failure_of(gone) == Failure.OUTAGE


@pytest.mark.parametrize(
    "url", ["http://pnc.force.invalid/", "ftp://127.0.0.1/", "file:///etc/passwd", "nonsense", "http://127.0.0.1.force.invalid/"]
)
def test_nothing_travels_unencrypted(url):
    with pytest.raises(AdapterError) as error:
        HttpJson(url, "t").ask(QUERY)
    assert error.value.failure == Failure.REFUSED


def test_failure_holds_no_word_of_the_system(system):
    system.will({"result": "Arthur Sample"})
    with pytest.raises(AdapterError) as error:
        ask(system)
    assert "Sample" not in str(error.value)
