"""Functions that make entities and links between them, records and reports."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from accounts.models import User
from intelligence.choices.links import LinkState
from intelligence.models import Entity, Link, LinkEnd
from intelligence.querysets.links import column_of
from intelligence.reports.links import pair_of
from intelligence.services.links import link_new_entity
from tests.intelligence.making_reports import make_bureau

FACTS = {"grade_source": 2, "assessment": "B", "handling": "P", "basis": "Seen on patrol"}
VAN = {"kind": "vehicle", "name": "nm71 abc"}
PHONE = {"kind": "phone", "name": "07700 900417"}
POOL = {"kind": "place", "name": "Tollgate Pool", "postcode": "NM1 2AB"}


def link_new(by: User, one: Any, kind: str = "uses", entity: dict[str, Any] | None = None, **facts: Any) -> Link:
    """Link something to an entity that the bureau adds."""
    return link_new_entity(actor=by, one=one, kind=kind, entity=entity or VAN, **FACTS | facts)


def entity_of(link: Link) -> Entity:
    """The entity at an end of a link, the newer of two."""
    return Entity.objects.filter(ends__link=link).latest("pk")


def make_entity_row(*, by: User, kind: str = "place", name: str = "Tollgate Pool", **values: Any) -> Entity:
    """An entity without its services."""
    return Entity.objects.create(force=by.organisation, kind=kind, name=name, created_by=by, **values)


def make_link_row(*, one: Any, other: Any, kind: str, by: User | None = None, state: str = "confirmed", **values: Any) -> Link:
    """A link between two things, whoever may know of them, put together without its services."""
    by = by or make_bureau(one.force)
    said = {} if state == LinkState.SUGGESTED else FACTS | {"decided_by": by, "decided_at": now(), "evaluated_by": by}
    if state in {LinkState.REFUSED, LinkState.ENDED}:
        said["decision_reason"] = "Another van"
    pair = pair_of(kind, [one, other], values.get("evidence"))
    link = Link.objects.create(force=by.organisation, kind=kind, state=state, pair=pair, created_by=by, **said | values)
    LinkEnd.objects.bulk_create([LinkEnd(link=link, **{column_of(thing): thing}) for thing in (one, other)])
    return link
