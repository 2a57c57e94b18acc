"""What the safety tests need to try addresses about links and entities."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from intelligence.models import EntityMerge
from offenders.models import Nominal
from tests.intelligence.making_links import make_entity_row, make_link_row
from tests.intelligence.making_reports import make_bureau, make_released_row, make_row
from tests.safety.expectations import SAME_FORCE


def pool(nominal: Nominal, name: str = "Tollgate Pool") -> dict:
    """A place at which the person was seen."""
    by = make_bureau(nominal.force)
    entity = make_entity_row(by=by, name=name)
    make_link_row(one=nominal, other=entity, kind="seen", by=by)
    return {"public_id": entity.public_id}


def two_pools(nominal: Nominal) -> dict:
    """Two of them."""
    return pool(nominal) | {"other_id": pool(nominal, "Tollgate Baths")["public_id"]}


def made_one(nominal: Nominal) -> dict:
    """Two of them that were made one."""
    by = make_bureau(nominal.force)
    kept, merged = make_entity_row(by=by), make_entity_row(by=by)
    moved = make_link_row(one=nominal, other=kept, kind="seen", by=by)
    merge = EntityMerge.objects.create(kept=kept, merged=merged, reason="One pool", by=by)
    merge.moved.set(moved.ends.filter(entity=kept))
    return {"public_id": merge.public_id}


def link(state: str) -> Callable[[Nominal], dict]:
    """A link of the person with a place, in some state."""

    def make(nominal: Nominal) -> dict:
        by = make_bureau(nominal.force)
        return {"public_id": make_link_row(one=nominal, other=make_entity_row(by=by), kind="seen", by=by, state=state).public_id}

    return make


def bureau(role: Role, relation: str) -> set[str]:
    """The bureau of the force, where it may know of the record."""
    if role != Role.INTELLIGENCE:
        return {"refused"}
    return {"reached"} if relation in SAME_FORCE else {"hidden"}


def bureau_with_report(role: Role, relation: str) -> set[str]:
    """As the report itself."""
    if role != Role.INTELLIGENCE:
        return {"refused"}
    return {"reached"} if relation in {*SAME_FORCE, "restricted"} else {"hidden"}


ENTITY_PAGES = ("entity", "entity-change", "entity-link", "entity-same")
OBJECTS: dict[str, Callable[[Nominal], dict]] = {f"intelligence:{name}": pool for name in ENTITY_PAGES}
OBJECTS |= {
    "intelligence:entity-one": two_pools,
    "intelligence:entity-apart": made_one,
    "intelligence:link": link("confirmed"),
    "intelligence:link-correct": link("confirmed"),
    "intelligence:link-end": link("confirmed"),
    "intelligence:link-confirm": link("suggested"),
    "intelligence:link-refuse": link("suggested"),
    "intelligence:report-link": lambda nominal: {"public_id": make_row(nominal=nominal).public_id},
}
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = dict.fromkeys(OBJECTS, bureau)
OWN_RULES["intelligence:report-link"] = bureau_with_report
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    by = make_bureau(nominal.force)
    place = make_entity_row(by=by, name=f"Place {number}")
    make_link_row(one=nominal, other=place, kind="seen", by=by, is_shared=True)
    make_link_row(one=nominal, other=make_entity_row(by=by, name=f"Other {number}"), kind="seen", by=by, state="suggested")
    report = make_released_row(nominal=nominal)
    make_link_row(one=report, other=place, kind="tells_of", by=by, evidence=report, is_shared=True)
    merge = EntityMerge.objects.create(kept=place, merged=make_entity_row(by=by, name=f"Twin {number}"), reason="One place", by=by)
    merge.moved.set(place.ends.all())
