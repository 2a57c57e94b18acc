"""The table of moves of taskings, and which means need a written authority from which day on."""

from datetime import date

import pytest

from intelligence.rules.tasking import (
    LIVE,
    MOVES,
    Side,
    State,
    days_between,
    may_move,
)


def test_nothing_leads_back_from_the_end_or_to_a_draft():
    assert [move for move in MOVES if move[0] == State.ENDED or move[1] == State.DRAFT] == []


@pytest.mark.parametrize("before", LIVE)
def test_a_live_tasking_is_reviewed_by_the_reviewer_and_ended_by_others_and_by_the_system(before):
    assert may_move(before, State.EXTENDED, Side.REVIEWER)
    assert may_move(before, State.ENDED, Side.SYSTEM)
    assert not may_move(before, State.REVIEWED, Side.RAISER)
    assert not may_move(before, State.LIVE, Side.RAISER)


def test_a_draft_is_its_raisers():
    assert {side for side in Side if may_move(State.DRAFT, State.LIVE, side)} == {Side.RAISER}
    assert not may_move(State.DRAFT, State.ENDED, Side.SYSTEM)


def test_both_ends_of_a_time_count():
    assert days_between(date(2026, 2, 27), date(2026, 3, 1)) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
