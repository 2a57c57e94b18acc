"""Which links may stand between what, how entities are known again, and where places are."""

from __future__ import annotations

import pytest

from intelligence.choices.links import EntityKind, LinkKind
from intelligence.rules.links import (
    BETWEEN,
    End,
    Position,
    canonical_value,
    kinds_between,
    may_stand_between,
    metres_between,
    read_grid_reference,
    shown_value,
)


def test_every_kind_of_link_has_its_ends():
    assert set(BETWEEN) == set(LinkKind)


@pytest.mark.parametrize(
    ("kind", "one", "other", "may"),
    [
        ("uses", End.RECORD, "vehicle", True),
        ("uses", "vehicle", End.RECORD, True),
        ("uses", "vehicle", "place", False),
        ("lives", "person", "place", True),
        ("lives", "phone", "place", False),
        ("tells_of", End.REPORT, "online", True),
        ("tells_of", End.RECORD, "online", False),
        ("alike", End.REPORT, End.REPORT, True),
        ("same", "person", "person", True),
        ("same", "person", "place", False),
        ("same", "person", End.RECORD, True),
        ("same", "place", End.RECORD, False),
        ("contact", "phone", "phone", True),
        ("near", "place", "place", True),
    ],
)
def test_a_link_stands_between_what_it_can_mean(kind, one, other, may):
    assert may_stand_between(kind, one, other) is may


def test_something_can_always_be_said_of_a_report():
    assert all(LinkKind.TELLS_OF in kinds_between(End.REPORT, kind) for kind in EntityKind)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        ("phone", "+44 7700 900417", "07700900417", "07700 900417"),
        ("vehicle", "nm71 abc", "NM71ABC", "NM71 ABC"),
        ("online", "@Darren_S417", "darren_s417", "@Darren_S417"),
        ("place", "  Tollgate   Pool ", "", "Tollgate Pool"),
    ],
)
def test_a_number_has_one_form_however_it_is_typed(kind, typed, value, shown):
    assert (canonical_value(kind, typed), shown_value(kind, typed)) == (value, shown)


@pytest.mark.parametrize(("kind", "typed"), [("phone", "ring me"), ("vehicle", "!!"), ("online", "two words"), ("online", "@")])
def test_what_cannot_be_one_says_how_it_should_look(kind, typed):
    with pytest.raises(ValueError, match="Enter"):
        canonical_value(kind, typed)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("SV 00000 00000", Position(0, 0)),
        ("TQ 300 800", Position(530_050, 180_050)),
        ("NT2555073500", Position(325_550, 673_500)),
        ("hp 4000 0000", Position(440_005, 1_200_005)),
    ],
)
def test_a_grid_reference_names_the_middle_of_its_square(text, position):
    assert read_grid_reference(text) == position


@pytest.mark.parametrize("text", ["", "TQ 30 80", "TQ 300 80", "T 300 800", "IQ 300 800", "AA 300 800", "TQ 300 800 x", "TQ 123456 123456"])
def test_what_is_no_grid_reference_is_refused(text):
    with pytest.raises(ValueError, match=r"grid reference"):
        read_grid_reference(text)


def test_distance_is_in_metres():
    assert metres_between(Position(0, 0), Position(300, 400)) == 500
