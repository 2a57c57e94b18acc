"""Rules of scores, levels, moves and turns."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.choices.risk import FieldKind, SignOff
from offenders.rules.risk import (
    MOVES,
    FormField,
    check_plan,
    check_rhythm,
    check_scores,
    content_hash,
    fits,
    level_from,
    may_move,
    next_turn,
    score_field,
    what_it_takes,
)

S = SignOff
ALLOWED = {
    (S.DRAFT, S.SUBMITTED),
    (S.DRAFT, S.WITHDRAWN),
    (S.SUBMITTED, S.APPROVED),
    (S.SUBMITTED, S.RETURNED),
    (S.SUBMITTED, S.DRAFT),
    (S.RETURNED, S.SUBMITTED),
    (S.RETURNED, S.WITHDRAWN),
    (S.APPROVED, S.SUPERSEDED),
}


@pytest.mark.parametrize(("state", "to"), list(product(SignOff, SignOff)))
def test_every_move_is_allowed_or_not_as_the_table_says(state, to):
    assert may_move(state, to) == ((state, to) in ALLOWED)


def test_every_state_stands_in_the_table():
    assert set(MOVES) == set(SignOff)


ranges = st.tuples(st.integers(-100, 100), st.integers(0, 100)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(ranges, st.integers())
def test_a_number_is_taken_exactly_inside_its_range(limits, value):
    field = FormField("points", "Points", FieldKind.NUMBER, *limits)
    wrong = check_scores([field], {"points": value}, is_final=False)
    assert (not wrong) == (limits[0] <= value <= limits[1])
    if wrong:
        assert wrong == [(score_field("points"), f"Points must be a whole number from {limits[0]} to {limits[1]}")]


@given(st.one_of(st.booleans(), st.floats(), st.text(), st.lists(st.integers()), st.dictionaries(st.text(), st.integers())))
def test_what_is_no_number_never_fits_a_number_or_a_level(value):
    assert not fits(FormField("a", "A", FieldKind.NUMBER, 0, 10), value)
    assert not fits(FormField("a", "A", FieldKind.LEVEL), value)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, unique=True), st.text(min_size=1, max_size=20))
def test_a_choice_is_taken_exactly_from_its_list(options, value):
    field = FormField("band", "Band", FieldKind.CHOICE, options=tuple(options))
    assert (check_scores([field], {"band": value}, is_final=True) == []) == (value in options)


@given(st.lists(st.integers(1, 4), max_size=5))
def test_the_level_is_the_highest_that_a_field_gives(levels):
    form = [FormField(f"f{place}", "F", FieldKind.LEVEL, gives_level=True) for place in range(len(levels))]
    silent = FormField("silent", "S", FieldKind.LEVEL)
    scores = {f"f{place}": level for place, level in enumerate(levels)} | {"silent": 4}
    assert level_from([*form, silent], scores) == max(levels, default=None)


def test_a_draft_may_leave_out_what_the_end_may_not():
    field = FormField("points", "Points", FieldKind.NUMBER, 0, 6)
    assert check_scores([field], {}, is_final=False) == []
    assert check_scores([field], {}, is_final=True) == [("score_points", "Points: enter a whole number from 0 to 6")]
    assert check_scores([field], {"points": 0}, is_final=True) == []
    assert len(check_scores([field], {"other": 1}, is_final=False)) == 1


def test_what_it_takes_is_said_in_words():
    assert what_it_takes(FormField("a", "A", FieldKind.CHOICE, options=("Low", "High"))) == "one of: Low, High"
    assert what_it_takes(FormField("a", "A", FieldKind.LEVEL)) == "one of: low, medium, high, very high"
    assert "200" in what_it_takes(FormField("a", "A", FieldKind.TEXT))


json_values = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)


@given(st.dictionaries(st.text(), json_values), st.dictionaries(st.text(), json_values))
def test_equal_content_has_one_hash_and_other_content_another(one, other):
    assert (content_hash(one) == content_hash(other)) == (one == other)
    assert content_hash(dict(reversed(one.items()))) == content_hash(one)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 365), st.sampled_from(["days", "weeks"]), st.integers(-400, 4000))
def test_the_next_turn_is_in_step_and_the_first_after_both_days(due_on, every, unit, passed):
    today = due_on + timedelta(days=passed)
    step = timedelta(days=every * (7 if unit == "weeks" else 1))
    turn = next_turn(due_on, every, unit, today)
    assert turn > max(due_on, today)
    assert (turn - due_on) % step == timedelta(0)
    assert turn - step <= max(due_on, today)


def test_a_plan_needs_four_parts_and_a_review_ahead():
    today = date(2026, 11, 24)
    whole = {"supervision": "a", "monitoring": "b", "interventions": "c", "victim_safety": "d"}
    assert check_plan(whole, date(2026, 11, 25), today) == []
    assert [name for name, _ in check_plan(whole | {"monitoring": "  "}, today, today)] == ["monitoring", "review_on"]
    assert [name for name, _ in check_plan(whole, None, today)] == ["review_on"]


@pytest.mark.parametrize(
    ("every", "unit", "wrong"),
    [(None, "", None), (2, "weeks", None), (2, "", "every_unit"), (None, "days", "every"), (366, "days", "every")],
)
def test_a_rhythm_is_whole(every, unit, wrong):
    assert [name for name, _ in check_rhythm(every, unit)] == ([wrong] if wrong else [])
