"""Entities: added with their first link, changed, made one and taken apart again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.links import LinkKind, LinkState
from intelligence.guards.information import require_reason
from intelligence.guards.links import require_mergeable
from intelligence.models import Entity, EntityMerge, Link, LinkEnd, PostcodePoint
from intelligence.reports.links import pair_of, things_of
from intelligence.rules.links import THINGS, Position, canonical_value, read_grid_reference, read_postcode, shown_value
from intelligence.rules.suggesting import alike_names
from offenders.guards import require_unchanged


def find_or_add_entity(actor: User, *, kind: str, name: str, postcode: str = "", grid: str = "", note: str = "") -> Entity:
    """Return the entity of the actor's force that is known by this number, mark or online name, or a new one."""
    values = read_entity(kind, name, postcode, grid)
    entity = Entity(force=actor.organisation, kind=kind, note=note, created_by=actor, **values)
    if kind not in THINGS:
        entity.save()
        return entity
    rows = Entity.objects.standing().filter(force=entity.force, kind=kind, value=entity.value)
    return rows.first() or rows.get_or_create(
        force=entity.force, kind=kind, value=entity.value, merged_into=None,
        defaults={"name": entity.name, "note": note, "created_by": actor},
    )[0]  # fmt: skip


def read_entity(kind: str, name: str, postcode: str, grid: str) -> dict[str, Any]:
    """Return the columns by which an entity is known; DomainError at the field that is wrong."""
    try:
        values: dict[str, Any] = {"name": shown_value(kind, name), "value": canonical_value(kind, name)}
    except ValueError as error:
        raise DomainError(str(error), field="name") from error
    return values | read_place(postcode, grid)


def read_place(postcode: str, grid: str) -> dict[str, Any]:
    """Return where a place is: by its grid reference, else by its postcode where that is known."""
    try:
        written = read_postcode(postcode)
    except ValueError as error:
        raise DomainError(str(error), field="postcode") from error
    try:
        position = read_grid_reference(grid) if grid.strip() else position_of(written)
    except ValueError as error:
        raise DomainError(str(error), field="grid") from error
    easting, northing = position or (None, None)
    return {"postcode": written, "easting": easting, "northing": northing}


def position_of(postcode: str) -> Position | None:
    """Return where a postcode lies, where that is known."""
    point = PostcodePoint.objects.filter(postcode=postcode).first() if postcode else None
    return Position(point.easting, point.northing) if point else None


def lock_entity(actor: User, entity: Entity, version: int | None = None) -> Entity:
    """Hold an entity of which the actor may know until the transaction ends."""
    locked: Entity | None = Entity.objects.for_user(actor).select_for_update(of=("self",)).filter(pk=entity.pk).first()
    if locked is None:
        raise NotPermitted(Perm.LINK_INTELLIGENCE)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def change_entity(*, actor: User, entity: Entity, version: int, name: str, postcode: str = "", grid: str = "", note: str = "") -> Entity:
    """Change how an entity is called and where it is. A number, mark or online name stays: another one is another entity."""
    locked = lock_entity(actor, entity, version)
    values = {"note": note} if locked.kind in THINGS else {"name": shown_value(locked.kind, name), "note": note}
    if locked.kind == "place":
        place = read_place(postcode, grid)
        keeps = not grid.strip() and place["postcode"] == locked.postcode
        values |= {} if keeps else place
    for field, value in values.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save(update_fields=[*values, "version"])
    record_event(Verb.CHANGED, locked, act="Entity changed")
    return locked


@transaction.atomic
def merge_entities(*, actor: User, kept: Entity, merged: Entity, reason: str) -> EntityMerge:
    """Make two entities one: the links of the second go over to the first. Who may see a link does not change.

    A link between the two, and one that the first has already, stay behind.
    """
    first, second = (lock_entity(actor, each) for each in (kept, merged))
    require_mergeable(first, second)
    require_reason(reason)
    moved = [end for end in LinkEnd.objects.filter(entity=second).select_related("link").order_by("pk") if move_end(end, first)]
    second.merged_into = first
    second.save(update_fields=["merged_into"])
    merge = EntityMerge.objects.create(kept=first, merged=second, reason=reason, by=actor)
    merge.moved.set(moved)
    record_event(Verb.CHANGED, first, reason=reason, act="Entities made one", other=second.pk, links=len(moved))
    return merge


@transaction.atomic
def unmerge_entities(*, actor: User, merge: EntityMerge, reason: str) -> EntityMerge:
    """Take two entities apart again: the links that moved go back, what was added since stays."""
    kept = lock_entity(actor, merge.kept)
    locked = EntityMerge.objects.select_for_update(of=("self",)).select_related("merged").get(pk=merge.pk)
    if locked.undone_at:
        raise DomainError("Somebody has taken these apart already.")
    if kept.merged_into_id:
        raise DomainError("The entity that stayed was made one with another since. Take those apart first.")
    require_reason(reason)
    locked.merged.merged_into = None
    locked.merged.save(update_fields=["merged_into"])
    for end in locked.moved.filter(entity=kept).select_related("link").order_by("pk"):
        move_end(end, locked.merged)
    remember_two(actor, kept, locked.merged, reason)
    locked.undone_by, locked.undone_at, locked.undo_reason = actor, now(), reason
    locked.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    record_event(Verb.CHANGED, kept, reason=reason, act="Entities taken apart", other=locked.merged_id)
    return locked


def remember_two(actor: User, one: Entity, other: Entity, reason: str) -> None:
    """Keep as a refusal that these are two, so that a like name does not suggest again what somebody has just said no to."""
    reasons = [alike_names(one.name, other.name)]
    values = {"state": LinkState.REFUSED, "reasons": reasons, "refused_for": reasons, "decided_by": actor, "decided_at": now()}
    link, is_new = Link.objects.update_or_create(
        pair=pair_of(LinkKind.SAME, [one, other]),
        defaults={**values, "decision_reason": reason},
        create_defaults={**values, "decision_reason": reason, "force": one.force, "kind": LinkKind.SAME, "created_by": actor},
    )
    if is_new:
        LinkEnd.objects.bulk_create([LinkEnd(link=link, entity=entity) for entity in (one, other)])


def move_end(end: LinkEnd, entity: Entity) -> bool:
    """Let a link end at another entity; False where that would join it with itself or repeat another link."""
    link = end.link
    others = [thing for thing in things_of(link) if thing != end.entity]
    pair = pair_of(link.kind, [*others, entity], link.evidence)
    if entity in others or Link.objects.filter(pair=pair).exists():
        return False
    end.entity, link.pair = entity, pair
    end.save(update_fields=["entity"])
    link.save(update_fields=["pair"])
    return True
