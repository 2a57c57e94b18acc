"""Cutting texts into passages and joining what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.rules.passages import (
    APART,
    GAP,
    NAMES,
    PHONES,
    found_by,
    is_undecided,
    kept_of,
    needs_second_person,
    removed_of,
    split_passages,
    undecided,
    whole_of,
)

WORDS = st.text(st.characters(categories=["L", "N", "P", "Z", "Cc"]), max_size=200)


@pytest.mark.hypothesis
@given(WORDS)
def test_joined_passages_give_the_text_back(text):
    assert "".join(split_passages(text)) == text
    assert whole_of(undecided(text)) == text


@pytest.mark.hypothesis
@given(st.lists(st.tuples(st.uuids(), st.booleans()), min_size=1, max_size=8))
def test_copy_holds_what_stays_and_nothing_of_the_rest(rows):
    passages = [{"text": f"{word}. ", "keep": keep, "code": "" if keep else "victim"} for word, keep in rows]
    copy = kept_of(passages)

    assert all((str(word) in copy) == keep for word, keep in rows if [each for each, _ in rows].count(word) == 1)
    assert copy.count(GAP) == sum(not keep for _, keep in rows)


def test_sentences_and_lines_are_passages():
    assert split_passages("He is. She was!\nLine two\n\nThree") == ["He is. ", "She was!\n", "Line two\n\n", "Three"]


def test_reason_tells_the_recipient_of_no_victim_source_or_tactic():
    codes = ["victim", "informant", "tactics", "privileged", "not_needed"]

    assert removed_of([{"text": "x", "keep": False, "code": code} for code in codes]) == ["withheld", "not_needed"]


@pytest.mark.parametrize(
    ("data_class", "code", "apart", "expected"),
    [("conditions", "", False, False), ("conditions", "victim", False, True), ("conditions", "informant", False, True),
     ("conditions", "", True, True), ("sensitive", "", False, True), ("confidential", "", False, True),
     ("events", "not_needed", False, False)],
)  # fmt: skip
def test_who_needs_a_second_person(data_class, code, apart, expected):
    assert needs_second_person(data_class, [{"text": "x", "keep": not code, "code": code}], apart) is expected


@pytest.mark.parametrize("number", ["01632 960123", "+44 7700 900123", "(01632) 960 123", "07700900123"])
def test_telephone_numbers_are_found(number):
    assert found_by(f"Call {number} today.", []) == [PHONES]


def test_dates_and_references_are_no_telephones():
    assert found_by("On 12 03 2025 under V-000417 and 2024/123456.", []) == []


def test_names_are_found_as_whole_words():
    assert found_by("He met jane example.", ["Jane Example"]) == [NAMES]
    assert found_by("He met Janet.", ["Jane"]) == []
    assert found_by("Nothing.", ["Jane"], is_apart=True) == [APART]


def test_passage_without_an_answer_is_undecided():
    assert is_undecided([{"text": "a", "keep": True, "code": ""}, {"text": "b", "keep": None, "code": ""}])
    assert not is_undecided([{"text": "a", "keep": False, "code": "victim"}])
