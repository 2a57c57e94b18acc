"""Dates, times and levels in the service's words."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from ui.templatetags.ui import in_sentence, uk_date, uk_datetime, uk_time


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 21), "21 November 2026"),
        ((1971, 3, 14), "14 March 1971"),
        ((1971, 3, None), "March 1971"),
        ((1971, None, None), "1971"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (None, ""),
    ],
)
def test_uk_date(value, words):
    assert uk_date(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (time(6, 40), "6:40am"),
        (time(21), "9pm"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(12, 5), "12:05pm"),
        (time(0, 5), "12:05am"),
        (None, ""),
    ],
)
def test_uk_time(value, words):
    assert uk_time(value) == words


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Through Vigil: the agency's system or browser", "through Vigil: the agency's system or browser"),
        ("A senior officer, with the press office", "a senior officer, with the press office"),
        ("MAPP chair", "MAPP chair"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_keep_their_names(words, inside):
    assert in_sentence(words) == inside


def test_uk_datetime_is_local_time():
    assert uk_datetime(datetime(2026, 7, 1, 5, 40, tzinfo=UTC)) == "1 July 2026 at 6:40am"
    assert uk_datetime(datetime(2026, 12, 1, 6, 40, tzinfo=UTC)) == "1 December 2026 at 6:40am"
    assert uk_datetime(None) == ""


@given(st.times())
def test_every_minute_of_the_day_has_its_own_words(value):
    later = value.replace(minute=(value.minute + 1) % 60)

    assert uk_time(value) != uk_time(later)


@pytest.mark.parametrize(
    ("level", "words", "look"),
    [
        ("very_high", "Very high risk", "app-risk--very_high"),
        ("low", "Low risk", "app-risk--low"),
        (None, "Risk not set", "govuk-tag--red"),
        ("x", "Risk not set", "govuk-tag--red"),
    ],
)
def test_risk_is_told_in_words(level, words, look):
    html = Template("{% load ui %}{% risk level %}").render(Context({"level": level}))

    assert words in html
    assert look in html
