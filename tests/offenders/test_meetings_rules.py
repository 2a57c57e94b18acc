"""Pure rules of referrals, meetings and minutes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.choices.meetings import MeetingState, MinutesState
from offenders.rules.meetings import (
    BASES,
    MEETING_MOVES,
    MINUTES_MOVES,
    PARTS,
    bases_on,
    basis_words,
    content_hash,
    may_move,
    missing_parts,
    needs_meeting,
)
from tests.offenders.making_meetings import TEXTS

COMPLETE = TEXTS | {"next_review_on": date(2026, 12, 24)}
D, S, A, X = MinutesState.DRAFT, MinutesState.SUBMITTED, MinutesState.APPROVED, MinutesState.SUPERSEDED


@pytest.mark.parametrize("before", list(MinutesState))
@pytest.mark.parametrize("after", list(MinutesState))
def test_minutes_move_only_along_these_ways(before, after):
    assert may_move(MINUTES_MOVES, before, after) == ((before, after) in {(D, S), (S, D), (S, A), (A, X)})


@pytest.mark.parametrize("before", list(MeetingState))
@pytest.mark.parametrize("after", list(MeetingState))
def test_meetings_move_only_along_these_ways(before, after):
    planned, held, cancelled = MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED
    assert may_move(MEETING_MOVES, before, after) == ((before, after) in {(planned, held), (planned, cancelled)})


LEVELS = st.sampled_from([None, 1, 2, 3])


@given(LEVELS, LEVELS)
def test_only_a_meeting_lowers_from_level_2_or_3(before, after):
    lowered = before in {2, 3} and after in {None, *range(1, before)}
    assert needs_meeting(before, after) == lowered


@given(LEVELS, LEVELS, LEVELS)
def test_no_way_round_by_two_steps(first, second, third):
    """What needs a meeting in one step needs it in at least one of two."""
    if needs_meeting(first, third):
        assert needs_meeting(first, second) or needs_meeting(second, third)


def test_the_fourth_category_counts_from_its_day():
    day = date(2022, 6, 28)
    assert {basis.category for basis in bases_on(day)} - {basis.category for basis in bases_on(day - timedelta(days=1))} == {4}


@given(st.dates(min_value=date(2004, 4, 5)))
def test_each_category_of_the_act_has_a_basis_on_every_day(day):
    assert {1, 2, 3} <= {int(basis.category) for basis in bases_on(day)}


def test_a_stored_basis_stays_readable():
    assert all(basis.source in basis_words(basis.code) for basis in BASES)
    assert basis_words("of-an-older-law") == "of-an-older-law"


def test_complete_minutes_lack_nothing():
    assert missing_parts(COMPLETE) == []


@pytest.mark.parametrize("name", [*PARTS])
def test_each_missing_part_is_named(name):
    assert missing_parts(COMPLETE | {name: None}) == [PARTS[name]]


@pytest.mark.parametrize("text", ["", "  ", "N/A", "n/a.", "Not applicable", "none"])
def test_not_applicable_needs_a_reason(text):
    assert missing_parts(COMPLETE | {"media_strategy": text}) == ["Media strategy"]
    assert missing_parts(COMPLETE | {"media_strategy": "Not applicable: no press has asked"}) == []


def test_confidentiality_is_read_out():
    assert missing_parts(COMPLETE | {"confidentiality_read": False}) == ["Confidentiality statement read out"]


def test_disclosing_says_to_whom_and_how():
    assert missing_parts(COMPLETE | {"disclosure": "disclose"}) == ["To whom to disclose", "How to disclose"]


def test_whoever_leaves_mappa_is_not_reviewed():
    assert missing_parts(COMPLETE | {"decided_level": 0, "decided_category": None, "next_review_on": None}) == []


TEXT_MAPS = st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=5)


@given(TEXT_MAPS, TEXT_MAPS)
def test_fingerprints_are_equal_exactly_for_equal_content(one, other):
    assert (content_hash(one) == content_hash(other)) == (one == other)
    assert content_hash(dict(reversed(one.items()))) == content_hash(one)
