"""How a crossing compares with what was notified, which country words mean, when two reports are the same."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.rules import Line
from intelligence.choices.travel import AlertState, Direction, Finding
from intelligence.rules.places import country_of
from intelligence.rules.travel import MOVES, Ban, Crossing, Notified, compare_travel, fingerprint

LEFT = date(2026, 10, 3)
BACK = date(2026, 10, 10)


def notified(**values):
    days = {"notified_on": date(2026, 9, 1), "leaves_on": LEFT, "returns_on": BACK}
    return Notified(**{"key": 1, **days, "countries": ("Portugal",), "is_in_time": True, **values})


def compared(on=LEFT, *, direction=Direction.OUT, elsewhere="Portugal", journeys=None, bans=(), others=(), is_required=True):
    trips, crossing = [notified()] if journeys is None else journeys, Crossing(on, direction, elsewhere)
    return compare_travel(crossing, trips, bans, others, is_required=is_required, tolerance_days=1, nearby_days=14)


def back(days, **values):
    return compared(BACK + timedelta(days=days), direction=Direction.IN, **values)


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        ({}, Finding.CONSISTENT),
        ({"on": LEFT + timedelta(days=1)}, Finding.CONSISTENT),
        ({"on": LEFT + timedelta(days=2)}, Finding.OTHER_DETAILS),
        ({"on": LEFT - timedelta(days=15)}, Finding.NOT_NOTIFIED),
        ({"journeys": []}, Finding.NOT_NOTIFIED),
        ({"elsewhere": "Spain"}, Finding.OTHER_DETAILS),
        ({"elsewhere": "ALC"}, Finding.OTHER_DETAILS),
        ({"elsewhere": ""}, Finding.CONSISTENT),
        ({"elsewhere": "Somewhere"}, Finding.CONSISTENT),
        ({"journeys": [notified(is_in_time=False)]}, Finding.LATE),
        ({"journeys": [notified(notified_on=LEFT + timedelta(days=2))]}, Finding.LATE),
        ({"journeys": [notified(is_in_time=False)], "elsewhere": "Spain"}, Finding.OTHER_DETAILS),
        ({"direction": Direction.IN, "on": BACK}, Finding.CONSISTENT),
        ({"direction": Direction.IN, "on": date(2026, 12, 1), "journeys": [notified(returns_on=None)]}, Finding.CONSISTENT),
        ({"bans": [Ban(None, None)]}, Finding.BANNED),
        ({"bans": [Ban(LEFT + timedelta(days=1), None)]}, Finding.CONSISTENT),
        ({"bans": [Ban(None, LEFT - timedelta(days=1))]}, Finding.CONSISTENT),
        ({"is_required": False, "journeys": []}, Finding.NOT_REQUIRED),
        ({"is_required": False, "elsewhere": "Spain"}, Finding.NOT_REQUIRED),
        ({"is_required": False, "bans": [Ban(LEFT, LEFT)]}, Finding.BANNED),
    ],
    ids=range(20),
)
def test_the_worst_that_was_found_counts(given, finding):
    assert compared(**given).finding == finding


GONE = Crossing(LEFT, Direction.OUT)


@pytest.mark.parametrize(
    ("days", "given", "finding"),
    [
        (1, {}, Finding.CONSISTENT),
        (2, {}, Finding.LATE_RETURN),
        (14, {}, Finding.LATE_RETURN),
        (2, {"elsewhere": "Spain"}, Finding.LATE_RETURN),
        (2, {"bans": [Ban(None, None)]}, Finding.BANNED),
        (2, {"is_required": False}, Finding.NOT_REQUIRED),
        (-2, {}, Finding.OTHER_DETAILS),
        (30, {"others": [GONE]}, Finding.LATE_RETURN),
        (30, {}, Finding.NO_JOURNEY_OUT),
        (30, {"journeys": []}, Finding.NO_JOURNEY_OUT),
        (30, {"others": [GONE, Crossing(BACK, Direction.IN)]}, Finding.NO_JOURNEY_OUT),
        (30, {"others": [Crossing(BACK + timedelta(days=31), Direction.OUT)]}, Finding.NO_JOURNEY_OUT),
        (30, {"journeys": [], "others": [GONE]}, Finding.NOT_NOTIFIED),
        (30, {"others": [GONE, Crossing(BACK, Direction.IN), Crossing(BACK + timedelta(days=25), Direction.OUT)]}, Finding.NOT_NOTIFIED),
        (30, {"journeys": [], "others": [GONE, Crossing(BACK + timedelta(days=30), Direction.IN)]}, Finding.NOT_NOTIFIED),
        (30, {"is_required": False}, Finding.NOT_REQUIRED),
    ],
    ids=range(16),
)
def test_a_return_is_late_or_has_no_known_journey_out_or_is_of_travel_that_was_not_notified(days, given, finding):
    assert back(days, **given).finding == finding


def test_a_late_return_tells_both_days():
    assert back(3).lines[1:3] == [Line("Notified back by", "2026-10-10"), Line("Came back late", "2026-10-13")]


def test_a_return_says_what_is_known_of_the_journey_out():
    assert back(30).lines[-1] == Line("No journey out is known: none was notified, and the border saw none", "")
    assert back(30, journeys=[], others=[GONE]).lines[-1] == Line("The border saw the person leave", "2026-10-03")


def test_the_nearest_journey_is_the_one_that_was_meant():
    before, after = LEFT - timedelta(days=5), LEFT + timedelta(days=3)
    trips = [notified(key=1, leaves_on=before, returns_on=None), notified(key=2), notified(key=3, leaves_on=after)]
    assert compared(journeys=trips).journey == 2


def test_every_step_is_told_also_those_that_speak_for_the_person():
    lines = [line.words for line in compared(elsewhere="Spain", journeys=[notified(is_in_time=False)]).lines]
    assert lines == [
        "Seen at the border: leaving",
        "Notified day of leaving: the same",
        "Another country: the border saw Spain, notified was Portugal",
        "Notified late",
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the first look-up reads the lists of countries
@given(
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    direction=st.sampled_from(Direction),
    elsewhere=st.sampled_from(["Portugal", "Spain", "", "FAO"]),
    leaves=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    late=st.booleans(),
)
def test_nobody_who_need_not_notify_is_accused(on, direction, elsewhere, leaves, late):
    trips = [notified(leaves_on=leaves, returns_on=None, is_in_time=not late)]
    assert compared(on, direction=direction, elsewhere=elsewhere, journeys=trips, is_required=False).finding == Finding.NOT_REQUIRED


@given(days=st.integers(-1, 1), leaves=st.dates(date(2026, 1, 2), date(2026, 12, 30)))
def test_what_was_notified_in_time_and_is_near_enough_is_consistent(days, leaves):
    trips = [notified(leaves_on=leaves, returns_on=None, notified_on=leaves - timedelta(days=30))]
    assert compared(leaves + timedelta(days=days), journeys=trips).finding == Finding.CONSISTENT


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Portugal", "PT"), ("portugal", "PT"), ("PRT", "PT"), ("PT", "PT"), ("FAO", "PT"), ("Faro, Portugal", "PT"),
        ("Faro (Portugal)", "PT"),
        ("Turkey", "TR"), ("Faro", ""), ("Dover", ""), ("Spain, Portugal", ""), ("", ""), ("'; --", ""),
    ],
)  # fmt: skip
def test_words_mean_a_country_or_nothing(words, country):
    assert country_of(words) == country


@given(st.text(max_size=80))
def test_any_words_are_looked_up_without_an_error(words):
    assert len(country_of(words)) in {0, 2}


def test_the_same_report_has_the_same_fingerprint_whatever_its_spaces_capitals_and_time_zone():
    one = {"surname": "Sample  ", "travels_at": datetime(2026, 10, 3, 6, 40, tzinfo=UTC), "birth_day": 14}
    other = {"birth_day": 14, "travels_at": datetime(2026, 10, 3, 7, 40, tzinfo=timezone(timedelta(hours=1))), "surname": "SAMPLE"}
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint({**one, "birth_day": 15})


def test_facts_do_not_run_into_each_other():
    assert fingerprint({"surname": "ab", "given_names": "c"}) != fingerprint({"surname": "a", "given_names": "bc"})


def test_every_state_has_its_moves_and_a_report_never_becomes_unread_again():
    assert set(MOVES) == set(AlertState)
    assert not any(AlertState.RECEIVED in moves for moves in MOVES.values())
