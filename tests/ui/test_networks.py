"""A small network is laid out in rings; what hangs on something stands near it, and nothing stands on anything else."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.networks import LONGEST, RADII, lay_out


def named(*keys):
    """Names of these keys."""
    return {key: (f"Name of {key}", "Place") for key in keys}


def test_the_first_ring_stands_around_and_the_second_behind_what_it_hangs_on():
    network = lay_out("a", [["b", "c"], ["d"]], named(*"abcd"), [("a", "b", False), ("c", "a", False), ("d", "c", True)])
    spots = {spot.key: spot for spot in network.spots}
    assert dist((spots["a"].x, spots["a"].y), (spots["b"].x, spots["b"].y)) == pytest.approx(RADII[0], abs=1)
    near, far = (dist((spots["d"].x, spots["d"].y), (spots[key].x, spots[key].y)) for key in "cb")
    assert near < far
    assert [spot.line for spot in network.spots] == [1, 1, 2, 3]
    assert [(stroke.numbers, stroke.is_weak) for stroke in network.strokes] == [("1", False), ("2", False), ("3", True)]


def test_two_sources_of_one_link_are_one_line_that_is_weak_only_when_both_are():
    network = lay_out("a", [["b"], []], named("a", "b"), [("a", "b", True), ("b", "a", False)])
    (stroke,) = network.strokes
    assert (stroke.numbers, stroke.is_weak) == ("1, 2", False)


def test_a_long_name_is_shortened():
    network = lay_out("a", [], {"a": ("N" * 60, "Place")}, [])
    assert len(network.spots[0].name) == LONGEST


@pytest.mark.hypothesis
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_no_two_spots_meet_and_all_are_drawn(children):
    inner = [f"i{number}" for number in range(len(children))]
    hanging = [(f"o{number}-{each}", f"i{number}") for number, count in enumerate(children) for each in range(count)]
    edges = [("centre", key, False) for key in inner] + [(parent, key, False) for key, parent in hanging]
    keys = ["centre", *inner, *(key for key, _ in hanging)]
    network = lay_out("centre", [inner, [key for key, _ in hanging]], named(*keys), edges)
    assert sorted(spot.key for spot in network.spots) == sorted(keys)
    assert all(dist((one.x, one.y), (other.x, other.y)) > 20 for one, other in combinations(network.spots, 2))
    left, top, width, height = (int(each) for each in network.box.split())
    assert all(left < spot.x < left + width and top < spot.y < top + height for spot in network.spots)
