"""Entities are made one, and taken apart again to the last link."""

from __future__ import annotations

import pytest

from accounts.errors import DomainError, NotPermitted
from accounts.permissions import Perm
from intelligence.choices.links import LinkState
from intelligence.models import Entity, Link, PostcodePoint
from intelligence.reports.links import links_at
from intelligence.services.entities import change_entity, merge_entities, unmerge_entities
from intelligence.services.link_suggesting import suggest_links
from intelligence.services.links import link_things
from tests.factories import make_exclusion, make_nominal
from tests.intelligence.making_links import FACTS, PHONE, POOL, entity_of, link_new
from tests.intelligence.making_reports import make_bureau

pytestmark = pytest.mark.django_db
WHY = "The same pool"


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def bureau(nominal):
    return make_bureau(nominal.force)


@pytest.fixture
def pools(bureau, nominal):
    """Two entries of one place, each linked to somebody else and to one person both."""
    first, second = entity_of(link_new(bureau, nominal, "seen", POOL)), entity_of(link_new(bureau, nominal, "seen", POOL))
    for pool in (first, second):
        link_things(actor=bureau, one=pool, other=make_nominal(unit=nominal.unit), kind="seen", **FACTS)
    return first, second


def state():
    """Every link with its ends, besides the answer that two are two."""
    links = Link.objects.exclude(kind="same")
    return {(link.pk, link.pair, tuple(link.ends.values_list("nominal", "entity", "report").order_by("pk"))) for link in links}


def linked(bureau, entity):
    """How many links an entity has."""
    return links_at(bureau, entity, Perm.LINK_INTELLIGENCE).count()


def test_two_are_made_one_and_taken_apart_to_the_last_link(bureau, pools):
    first, second = pools
    before = state()
    merge = merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    assert linked(bureau, first) == 3  # what both had stays with the second
    assert linked(bureau, second) == 1
    assert list(Entity.objects.for_user(bureau).standing()) == [first]
    unmerge_entities(actor=bureau, merge=merge, reason="Two pools after all")
    assert state() == before
    assert Entity.objects.for_user(bureau).standing().count() == 2
    with pytest.raises(DomainError, match="already"):
        unmerge_entities(actor=bureau, merge=merge, reason="Again")


def test_what_is_added_between_stays_with_the_one_that_stood(bureau, pools, nominal):
    first, second = pools
    merge = merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    link_things(actor=bureau, one=first, other=make_nominal(unit=nominal.unit), kind="seen", **FACTS)
    unmerge_entities(actor=bureau, merge=merge, reason="Two pools")
    assert (linked(bureau, first), linked(bureau, second)) == (4, 3)  # with the answer that they are two


def test_what_was_taken_apart_is_not_suggested_again_for_its_name(bureau, pools):
    first, second = pools
    suggest_links(actor=None)
    suggested = Link.objects.get(kind="same")
    merge = merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    suggest_links(actor=None)
    assert not Link.objects.filter(pk=suggested.pk).exists()
    unmerge_entities(actor=bureau, merge=merge, reason="Two pools after all")
    suggest_links(actor=None)
    assert Link.objects.get(kind="same").state == LinkState.REFUSED


@pytest.mark.parametrize("order", ["again", "into itself", "into a merged one"])
def test_what_was_made_one_is_not_made_one_again(bureau, pools, nominal, order):
    first, second = pools
    third = entity_of(link_new(bureau, nominal, "seen", POOL))
    merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    kept, merged = {"again": (third, second), "into itself": (first, first), "into a merged one": (second, third)}[order]
    with pytest.raises(DomainError):
        merge_entities(actor=bureau, kept=kept, merged=merged, reason=WHY)


def test_only_the_newest_of_a_chain_is_taken_apart(bureau, pools, nominal):
    first, second = pools
    third = entity_of(link_new(bureau, nominal, "seen", POOL))
    inner = merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    outer = merge_entities(actor=bureau, kept=third, merged=first, reason=WHY)
    with pytest.raises(DomainError, match="first"):
        unmerge_entities(actor=bureau, merge=inner, reason="Two")
    unmerge_entities(actor=bureau, merge=outer, reason="Two")
    unmerge_entities(actor=bureau, merge=inner, reason="Two")
    assert Entity.objects.standing().count() == 3


def test_different_kinds_are_not_one(bureau, pools, nominal):
    phone = entity_of(link_new(bureau, nominal, entity=PHONE))
    with pytest.raises(DomainError, match="same kind"):
        merge_entities(actor=bureau, kept=pools[0], merged=phone, reason=WHY)


def test_one_that_may_not_be_known_is_not_made_one_with_another(bureau, nominal):
    hidden = make_nominal(unit=nominal.unit)
    first, second = entity_of(link_new(bureau, nominal, "seen", POOL)), entity_of(link_new(bureau, hidden, "seen", POOL))
    make_exclusion(nominal=hidden, user=bureau)
    with pytest.raises(NotPermitted):
        merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)


def test_a_merge_shows_nobody_a_link_that_they_could_not_see(bureau, nominal):
    hidden, colleague = make_nominal(unit=nominal.unit), make_bureau(nominal.force)
    first, second = entity_of(link_new(bureau, nominal, "seen", POOL)), entity_of(link_new(bureau, hidden, "seen", POOL))
    make_exclusion(nominal=hidden, user=colleague)
    merge_entities(actor=bureau, kept=first, merged=second, reason=WHY)
    assert linked(bureau, first) == 2
    assert linked(colleague, first) == 1


def test_a_place_is_where_its_postcode_or_grid_reference_says(bureau, nominal):
    PostcodePoint.objects.create(postcode="NM1 2AB", easting=400_100, northing=300_200)
    pool = entity_of(link_new(bureau, nominal, "seen", POOL))
    assert (pool.easting, pool.northing) == (400_100, 300_200)
    change_entity(actor=bureau, entity=pool, version=1, name="Tollgate Pool", postcode="NM1 2AB", grid="SV 00000 00000")
    pool.refresh_from_db()
    assert (pool.easting, pool.postcode) == (0, "NM1 2AB")
    change_entity(actor=bureau, entity=pool, version=2, name="Tollgate Pools", postcode="NM1 2AB")
    pool.refresh_from_db()
    assert (pool.name, pool.easting) == ("Tollgate Pools", 0)  # an empty field takes nothing away


@pytest.mark.parametrize(
    ("entity", "field"),
    [
        ({"kind": "place", "name": "Pool", "postcode": "XX"}, "postcode"),
        ({"kind": "place", "name": "Pool", "grid": "somewhere"}, "grid"),
        ({"kind": "phone", "name": "none"}, "name"),
    ],
)
def test_what_is_wrong_with_an_entity_is_said_at_its_field(bureau, nominal, entity, field):
    with pytest.raises(DomainError) as caught:
        link_new(bureau, nominal, "seen" if entity["kind"] == "place" else "uses", entity)
    assert caught.value.field == field
