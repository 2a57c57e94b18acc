"""The table of moves of taskings, and which means need a written authority from which day on."""

from datetime import date

import pytest

from intelligence.choices.tasking import Means
from intelligence.rules.tasking import (
    AUTHORITY_RULES,
    LIVE,
    MOVES,
    Side,
    State,
    authority_rule_on,
    days_between,
    may_move,
    means_needing_authority,
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


def test_what_needs_an_authority_changes_with_the_day():
    assert means_needing_authority(["patrol", "online", "surveillance"], date(2010, 1, 1)) == ["surveillance"]
    assert means_needing_authority(["patrol", "online", "surveillance"], date(2026, 1, 1)) == ["online", "surveillance"]


def test_every_rule_names_known_means_and_its_source():
    assert all(rule.means <= set(Means.values) and rule.source for rule in AUTHORITY_RULES)
    assert authority_rule_on(date(2018, 8, 14)).since == date(2000, 9, 25)


def test_both_ends_of_a_time_count():
    assert days_between(date(2026, 2, 27), date(2026, 3, 1)) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
