"""What belongs together: linking, deciding what the system suggests, ending what does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.references import known_to
from audit.services import record_event
from intelligence.choices.links import LinkState
from intelligence.guards.information import require_conditions, require_reason
from intelligence.guards.links import (
    require_confirmed,
    require_days,
    require_grade,
    require_kind,
    require_open,
    require_source,
    require_two,
)
from intelligence.models import Entity, InformationReport, Link, LinkEnd
from intelligence.models.links import OF_REPORTS
from intelligence.querysets.links import column_of
from intelligence.reports.information import clues_of
from intelligence.reports.links import between, pair_of, things_of
from intelligence.services.entities import find_or_add_entity
from offenders.guards import require_unchanged
from offenders.models import Nominal

FACTS = ("grade_source", "assessment", "handling", "conditions", "evidence", "basis", "note", "since", "until", "is_shared")
GIVES_AWAY = gettext_noop("This may give away the source of the report. Take it out, or let the bureau alone see the link.")
ALREADY = gettext_noop("These two are linked in this way already, from the same source.")


@transaction.atomic
def link_things(*, actor: User, one: Model, other: Model, kind: str, **facts: Any) -> Link:
    """Say that two of records, entities and reports belong together, with what that rests on and its grade.

    What was suggested is thereby confirmed. DomainError for a thing with itself, for a kind that cannot stand between the two, and for
    what is linked already.
    """
    authorise(actor, Perm.LINK_INTELLIGENCE)
    for thing in (one, other):
        require_known(actor, thing)
    return join(actor, one, other, kind, facts)


@transaction.atomic
def link_new_entity(*, actor: User, one: Model, kind: str, entity: dict[str, Any], **facts: Any) -> Link:
    """The same with an entity that is not there yet; one with the same number, mark or online name is taken instead of a second."""
    authorise(actor, Perm.LINK_INTELLIGENCE)
    require_known(actor, one)
    return join(actor, one, find_or_add_entity(actor, **entity), kind, facts)


def require_known(actor: User, thing: Model) -> None:
    """The actor may know of an end: to anybody else it is not there."""
    if isinstance(thing, Nominal):
        rows = known_to(actor)
    elif isinstance(thing, InformationReport):
        rows = InformationReport.objects.for_user(actor, Perm.VIEW_REPORT)
    else:
        rows = Entity.objects.for_user(actor).standing()
    if not rows.filter(pk=thing.pk).exists():
        raise NotPermitted(Perm.LINK_INTELLIGENCE)


def join(actor: User, one: Model, other: Model, kind: str, facts: dict[str, Any]) -> Link:
    """Confirm the link between two things that the actor may know."""
    require_two(one, other)
    require_kind(kind, one, other)
    if kind in OF_REPORTS:
        facts = facts | {"evidence": one if isinstance(one, InformationReport) else other}
    rows = between(one, other, kind).select_for_update(of=("self",))
    standing = rows.filter(evidence=facts.get("evidence")).first() or rows.filter(state=LinkState.SUGGESTED).first()
    if standing and standing.state == LinkState.CONFIRMED:
        raise DomainError(ALREADY)
    link = standing or Link(force=actor.organisation, kind=kind, created_by=actor)
    decide(actor, link, LinkState.CONFIRMED, ends=[one, other], **facts)
    if not standing:
        LinkEnd.objects.bulk_create([LinkEnd(link=link, **{column_of(thing): thing}) for thing in (one, other)])
    return link


def decide(actor: User, link: Link, state: LinkState, reason: str = "", *, ends: Sequence[Model] = (), **facts: Any) -> None:
    """Store what was decided about a link, by whom and why."""
    if state == LinkState.CONFIRMED:
        if link.kind not in OF_REPORTS:
            require_grade(facts.get("grade_source"), facts.get("assessment", ""), facts.get("handling", ""))
        require_conditions(facts.get("handling", ""), facts.get("conditions", ""))
        require_source(facts.get("evidence"), facts.get("basis", ""))
        require_days(facts.get("since"), facts.get("until"), localdate())
        if evidence := facts.get("evidence"):
            require_known(actor, evidence)
            require_source_kept(actor, evidence, ends or things_of(link), facts)
        link.evaluated_by = actor
        link.pair = pair_of(link.kind, ends or things_of(link), facts.get("evidence"))
    before = link.state
    for name in FACTS:
        if name in facts:
            setattr(link, name, facts[name])
    link.state, link.decided_by, link.decided_at, link.decision_reason = state, actor, now(), reason.strip()
    link.version += bool(link.pk)
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError as error:
        raise DomainError(ALREADY) from error
    record_event(Verb.CHANGED, link, reason=reason, act="Link decided", before=before, after=str(state))


def require_source_kept(actor: User, evidence: InformationReport, ends: Sequence[Model], facts: dict[str, Any]) -> None:
    """What readers of case files see of a link repeats nothing of whoever gave the report."""
    said = [facts.get("note", ""), facts.get("basis", ""), *(thing.name for thing in ends if isinstance(thing, Entity))]
    with row_security(actor):
        if facts.get("is_shared") and clues_of(actor, evidence, ". ".join(said)):
            raise DomainError(GIVES_AWAY, field="readers")


def lock_link(actor: User, link: Link, version: int | None) -> Link:
    """Hold a link that the actor may decide until the transaction ends."""
    rows = Link.objects.for_user(actor, Perm.LINK_INTELLIGENCE).select_for_update(of=("self",))
    locked: Link | None = rows.filter(pk=link.pk).first()
    if locked is None:
        raise NotPermitted(Perm.LINK_INTELLIGENCE)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def confirm_link(*, actor: User, link: Link, version: int, reason: str = "", **facts: Any) -> Link:
    """Confirm what was suggested, with what it rests on and its grade."""
    locked = lock_link(actor, link, version)
    require_open(locked)
    if locked.kind in OF_REPORTS:
        facts["evidence"] = next(thing for thing in things_of(locked) if isinstance(thing, InformationReport))
    decide(actor, locked, LinkState.CONFIRMED, reason, **facts)
    return locked


@transaction.atomic
def correct_link(*, actor: User, link: Link, version: int, reason: str, **facts: Any) -> Link:
    """Change the grade, source, conditions or readers of a link that holds, and say why."""
    locked = lock_link(actor, link, version)
    require_confirmed(locked)
    require_reason(reason)
    if locked.kind in OF_REPORTS:
        facts["evidence"] = locked.evidence
    decide(actor, locked, LinkState.CONFIRMED, reason, **facts)
    return locked


@transaction.atomic
def refuse_link(*, actor: User, link: Link, version: int, reason: str) -> Link:
    """Say that what was suggested does not belong together. It comes back only for another reason than those it had."""
    locked = lock_link(actor, link, version)
    require_open(locked)
    require_reason(reason)
    locked.refused_for = [*locked.refused_for, *(reason for reason in locked.reasons if reason not in locked.refused_for)]
    decide(actor, locked, LinkState.REFUSED, reason)
    return locked


@transaction.atomic
def end_link(*, actor: User, link: Link, version: int, reason: str) -> Link:
    """Say that a link does not hold, or never did. Nobody outside the bureau sees it any more."""
    locked = lock_link(actor, link, version)
    require_confirmed(locked)
    require_reason(reason)
    decide(actor, locked, LinkState.ENDED, reason, is_shared=False)
    return locked
