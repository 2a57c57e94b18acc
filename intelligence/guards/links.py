"""What must hold before two things are linked, a link is decided, or two entities are made one."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from accounts.errors import DomainError
from intelligence.choices.information import Assessment, Handling, SourceGrade
from intelligence.choices.links import LinkKind, LinkState
from intelligence.models import Entity, InformationReport, Link
from intelligence.rules.links import End, may_stand_between


def sort_of(thing: Model) -> str:
    """Return what stands at an end: a kind of entity, a record, or a report."""
    if isinstance(thing, Entity):
        return thing.kind
    return End.REPORT if isinstance(thing, InformationReport) else End.RECORD


def require_two(one: Model, other: Model) -> None:
    """A link joins two different things."""
    if one == other:
        raise DomainError("This links a thing with itself. Choose another one.", field="other")


def require_kind(kind: str, one: Model, other: Model) -> None:
    """Such a link may stand between these two."""
    if kind not in LinkKind.values or not may_stand_between(kind, sort_of(one), sort_of(other)):
        raise DomainError("These two cannot be linked in this way. Choose another kind of link.", field="kind")


def require_grade(source: int | None, assessment: str, handling: str) -> None:
    """A link has a grade of the national scheme, and says whether it may go further."""
    if source not in SourceGrade.values:
        raise DomainError("Choose how the source is graded.", field="grade_source")
    if assessment not in Assessment.values:
        raise DomainError("Choose how the information is assessed.", field="assessment")
    if handling not in Handling.values:
        raise DomainError("Choose how it may be handled.", field="handling")


def require_source(evidence: InformationReport | None, basis: str) -> None:
    """A link says which report tells of it, or what else it rests on."""
    if evidence is None and not basis.strip():
        raise DomainError("Say which report tells of it, or what else it rests on.", field="basis")


def require_days(since: date | None, until: date | None, today: date) -> None:
    """It does not begin in the future, nor end before it begins."""
    if since and since > today:
        raise DomainError("The first day must be today or earlier.", field="since")
    if since and until and until < since:
        raise DomainError("The last day must not be before the first.", field="until")


def require_open(link: Link) -> None:
    """Nobody has decided it meanwhile."""
    if link.state != LinkState.SUGGESTED:
        raise DomainError("Somebody has decided this already. Open it again to see what they said.")


def require_confirmed(link: Link) -> None:
    """It holds now."""
    if link.state != LinkState.CONFIRMED:
        raise DomainError("This link does not hold now. Open it again to see where it stands.")


def require_mergeable(kept: Entity, merged: Entity) -> None:
    """Both stand, are of one kind and of one force, and are two."""
    if kept == merged:
        raise DomainError("This is the same one. Choose another one.", field="other")
    if merged.merged_into_id or kept.merged_into_id:
        raise DomainError("One of the two was made one with another already. Open the one that stands.", field="other")
    if kept.kind != merged.kind or kept.force_id != merged.force_id:
        raise DomainError("Only two of the same kind can be one and the same.", field="other")
