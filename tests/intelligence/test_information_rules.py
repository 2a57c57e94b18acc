"""The rules of intelligence reports: moves, suggestions, older grades, names in running text, clues to a source."""

from datetime import date
from itertools import product

import pytest

from intelligence.rules.information import (
    MOVES,
    Side,
    State,
    marks_of_giver,
    may_move,
    names_in,
    read_older_grade,
    source_clues,
)


def test_the_table_of_moves_is_the_whole_of_it():
    allowed = {
        ("draft", "submitted", "author"), ("returned", "submitted", "author"), ("submitted", "returned", "bureau"),
        ("submitted", "evaluated", "bureau"), ("submitted", "rejected", "bureau"), ("returned", "rejected", "bureau"),
        ("evaluated", "evaluated", "bureau"), ("evaluated", "returned", "bureau"), ("evaluated", "released", "bureau"),
        ("evaluated", "rejected", "bureau"), ("released", "evaluated", "bureau"), ("released", "withdrawn", "bureau"),
    }  # fmt: skip
    assert {(before, after, side) for before, after, side in product(State, State, Side) if may_move(before, after, side)} == allowed
    assert {State.REJECTED, State.WITHDRAWN} & {before for before, _ in MOVES} == set()


@pytest.mark.parametrize(
    ("given", "read"),
    [("B24", (1, "A", "C")), ("e51", (2, "E", "P")), (" D / 4 / 5 ", (3, "D", "C")), ("B2", None), ("F24", None), ("B64", None)],
)
def test_an_older_grade_reads_in_the_scheme_of_today(given: str, read: object):
    assert read_older_grade(given, date(2026, 11, 1)) == read


def test_no_older_grade_is_read_before_there_was_a_scheme_to_read_it_in():
    assert read_older_grade("B24", date(2016, 3, 31)) is None


def test_names_are_found_in_running_text():
    text = "A man called Barnaby Quillfeather met Mary-Jane O'Neill Smith. He drives. Later Barnaby Quillfeather left."
    pairs = ["Mary-Jane O'Neill", "O'Neill Smith"]
    assert names_in(text) == ["Barnaby Quillfeather", "Mary-Jane O'Neill Smith", *pairs, "Later Barnaby Quillfeather", "Later Barnaby"]


def test_a_giver_is_known_again_by_number_and_by_name_in_any_order():
    assert marks_of_giver("Mrs Jean Carter", "07700 900123") == ["name carter jean", "phone 07700900123"]
    assert set(marks_of_giver("carter, JEAN", "+44 7700 900123")) == set(marks_of_giver("Mrs Jean Carter", "07700 900123"))
    assert marks_of_giver("Jean", "") == []  # one word is nobody in particular


def test_clues_name_what_the_text_repeats_and_nothing_else():
    names, details = ["Mrs Ottoline Birdwhistle"], ["She saw him through the lattice of her pergola", "Ring 07700 900417"]
    assert source_clues("He was seen at the pool.", names=names, details=details) == []
    assert source_clues("Seen by birdwhistle.", names=names, details=details) == ["the name birdwhistle"]
    assert source_clues("Call 07700900417.", names=names, details=details) == ["phone 07700900417"]
    assert source_clues("Somebody looked through the lattice of her pergola.", names=names, details=details) == [
        "the words “the lattice of her pergola”"
    ]
    assert source_clues("His wife says he left.", names=[], details=[]) == ["“His wife”"]
