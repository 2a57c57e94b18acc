"""What people type is taken apart without a surprise; names of any script become plain words."""
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offenders.search.births import Birth, compare
from offenders.search.query import Query, read_query
from offenders.search.words import LONGEST_WORD, MOST_WORDS, forms_of, spelling_keys, words_of

TODAY = date(2026, 11, 24)
FIGURES = st.text("0123456789/.-+() VSFabc", max_size=40)


@given(st.one_of(st.text(max_size=200), FIGURES))
@example("\x00\ud800 \u202e")
@example("9" * 200)
@example("٣/٤/١٩٧١ ½²①")
def test_any_text_becomes_a_query_or_is_refused_with_a_reason(text: str):
    try:
        query = read_query(text, TODAY)
    except ValueError:
        return
    assert all(len(value) <= 40 for _, value in query.numbers)
    assert query.birth is None or query.birth.year <= TODAY.year


@given(st.text(max_size=100))
def test_words_are_plain_and_few(text: str):
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    for word in forms_of(text):
        assert word.isascii()
        assert word.isalnum()
        assert 0 < len(word) <= LONGEST_WORD


@given(st.text("abcdefghij", min_size=3, max_size=12), st.integers(0, 11), st.sampled_from("abcdefghij"))
def test_one_slip_leaves_a_key_in_common(word: str, at: int, letter: str):
    at %= len(word)
    slips = {word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]}
    slips.add(word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word)
    for slip in slips:
        assert not set(spelling_keys(word)).isdisjoint(spelling_keys(slip)) or len(slip) < 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anne-Marie O’Brien", ("anne", "marie", "obrien")),
        ("d'Angelo", ("dangelo",)),
        ("Nguyễn Văn Lê", ("nguyen", "van", "le")),
        ("Мухаммад Аль-Рашид", ("mukhammad", "al", "rashid")),
        ("محمد عبد الرحمن", ("mhmd", "abd", "rhmn")),
        ("王小明", ("wang", "xiao", "ming")),
        ("김민수", ("gim", "min", "su")),
        ("Łukasz Ødegård", ("lukasz", "odegard")),
        ("ＳＭＩＴＨ", ("smith",)),
        ("\U0001f600 --- ''", ()),
    ],
)
def test_names_in_plain_words(text: str, words: tuple[str, ...]):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("smith, john dob 14.3.1971", Query(("smith", "john"), Birth(1971, 3, 14))),
        ("14th of March 1971", Query((), Birth(1971, 3, 14))),
        ("March 14, 1971 smith", Query(("smith",), Birth(1971, 3, 14))),
        ("14/3/16 smith", Query(("smith",), Birth(2016, 3, 14))),
        ("14/3/17 smith", Query(("smith",), Birth(1917, 3, 14))),
        ("May Brown 1980", Query(("may", "brown"), Birth(1980))),
        ("van der Berg Jan", Query(("berg", "jan"))),
        ("Van Le", Query(("van", "le"))),
        ("V-417 smith", Query(("smith",), references=["V-000417"])),
        ("71/417H 265416/21G", Query(numbers=[("pnc", "1971/0000417H"), ("cro", "265416/21G")])),
        ("07700 900 123 smith", Query(("smith",), numbers=[("phone", "07700900123")])),
    ],
)
def test_queries(text: str, query: Query):
    assert read_query(text, TODAY) == query


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)))
def test_a_date_agrees_most_with_itself(born: date):
    whole = Birth(born.year, born.month, born.day)
    others = [Birth(born.year), Birth(born.year, born.month), Birth(born.year + 1, born.month, born.day), Birth(born.year + 30, 1, 1)]
    assert compare(whole, whole).weight == 1
    assert all(compare(whole, other).weight < 1 for other in others)
