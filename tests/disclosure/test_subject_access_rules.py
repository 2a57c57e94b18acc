"""Whatever is decided, what goes out holds nothing that was removed; pages and counts add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from disclosure.choices.subject_access import Answer
from disclosure.rules.subject_access import (
    KEEP,
    answer_of,
    choices_of,
    contents_of,
    decide,
    keep_plain,
    lacks,
    needs_second,
    pages_of,
    reopen,
    seal_of,
    tally,
    told_of,
)


@dataclass
class Thing:
    """A thing held."""

    passages: list[dict[str, Any]]
    heading: str = "Visits"
    label: str = "Visit"


WORDS = st.text(alphabet="abcdefghij .", min_size=1, max_size=12)
CHOICES = st.sampled_from([KEEP, "others", "prevention"])
DECIDED = st.lists(st.lists(st.tuples(WORDS, CHOICES, st.booleans()), min_size=1, max_size=5), max_size=6)


def things(decided):
    """Make things of invented texts, each passage with a mark of its own."""
    made, number = [], 0
    for parts in decided:
        passages = []
        for words, _, is_found in parts:
            number += 1
            passages.append({"text": f"<{number}>{words}", "keep": None, "code": "", "found": ["A name"] * is_found})
        made.append(Thing(decide(passages, [choice for _, choice, _ in parts])))
    return made


@given(DECIDED)
def test_what_goes_out_is_exactly_what_stays(decided):
    made = things(decided)
    contents = contents_of(made)
    said = "".join(each["text"] for each in contents)
    for thing in made:
        for passage in thing.passages:
            assert (passage["text"].split(">")[0] + ">" in said) is passage["keep"]
    assert answer_of(made, contents) == (Answer.NOTHING if not made else Answer.BUNDLE if contents else Answer.WITHHELD)
    assert len(contents) == sum(KEEP in choices_of(thing.passages) for thing in made)


@given(DECIDED)
def test_a_second_person_reads_all_that_was_removed_or_suggested_and_a_return_opens_just_that(decided):
    for thing in things(decided):
        removed_or_found = [not each["keep"] or bool(each["found"]) for each in thing.passages]
        assert needs_second(thing.passages) == any(removed_or_found)
        assert [each["keep"] is None for each in reopen(thing.passages)] == removed_or_found


@given(DECIDED)
def test_pages_lose_nothing_and_cut_no_thing(decided):
    made = things(decided)
    assert [thing for page in pages_of(made) for thing in page] == made
    assert all(page for page in pages_of(made))


def test_long_things_have_pages_of_their_own():
    made = things([[("a", KEEP, False)] * 39, [("b", KEEP, False)], [("c", KEEP, False)] * 90, [("d", KEEP, False)]])
    assert [len(page) for page in pages_of(made)] == [2, 1, 1]


def test_keeping_the_plain_ones_touches_nothing_that_is_found_or_decided():
    passages = [
        {"text": "a", "keep": None, "code": "", "found": []},
        {"text": "b", "keep": None, "code": "", "found": ["A name"]},
        {"text": "c", "keep": False, "code": "others", "found": []},
    ]
    assert [each["keep"] for each in keep_plain(passages)] == [True, None, False]


def test_what_is_missing_is_counted_in_words():
    kept, open_one = {"keep": True, "found": []}, {"keep": None, "found": []}
    counted = tally([([kept, open_one], False, False, False), ([kept], True, True, False), ([kept], True, True, True)])
    assert (counted.passages, counted.decided, counted.unread) == (4, 3, 1)
    assert list(map(str, lacks(counted))) == [
        "Decide about each passage: 1 passage is undecided.", "Have a second person read what needs it: 1 thing is unread.",
    ]  # fmt: skip
    assert lacks(tally([])) == []


def test_each_reason_is_told_once_and_an_unknown_one_in_general_words():
    made = things([[("a", "others", False), ("b", "prevention", False), ("c", "others", False)]])
    assert told_of(made, {"others": "Not yours."}, "Held back.") == ["Held back.", "Not yours."]


def test_the_seal_is_written_in_one_way():
    assert seal_of(a=1, b=["é"]) == seal_of(b=["é"], a=1) != seal_of(a=1, b=["e"])
