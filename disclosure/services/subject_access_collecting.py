"""Collecting what is held about whoever asks: source by source, each in the rights of somebody who may read it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event, record_read
from disclosure.choices.subject_access import State
from disclosure.guards.subject_access import require_record, require_words
from disclosure.models import BundleItem, Collected, SubjectRequest
from disclosure.reports.personal import Source, held_sources, may_read, read_source, suggest
from disclosure.reports.subject_access import sources_of
from disclosure.services.subject_access import BY_ITSELF, HELP, hold_subject_request, keep

CLAIM_LASTS = timedelta(minutes=10)
APART = 10_000  # positions between two sources


@transaction.atomic
def start_collecting(*, actor: User, request: SubjectRequest, version: int | None = None) -> SubjectRequest:
    """Have a worker collect, in the actor's rights, each source that nobody has collected yet. Begun anew where a worker was lost."""
    locked = hold_subject_request(actor, request, version, Perm.VIEW_SUBJECT_REQUEST)
    require_record(locked)
    if locked.claimed_at and locked.claimed_at > now() - CLAIM_LASTS:
        raise DomainError("This is being collected now. Load the page again in a moment.")
    if not sources_open_to(actor, locked):
        raise DomainError("There is nothing left that you may read. Somebody who may read it must collect it.")
    locked.collector, locked.claimed_at = actor, None
    keep(locked, "collector", "claimed_at")
    record_event(Verb.CHANGED, locked, act="Collecting begun")
    transaction.on_commit(lambda: run_later(locked.pk), robust=True)
    return locked


def sources_open_to(user: User, request: SubjectRequest) -> list[Source]:
    """Return the sources that nobody has collected yet and the user may read."""
    return [line.source for line in sources_of(user, request) if line.may_collect]


def run_later(request_id: int) -> None:
    """Leave it to a worker."""
    from disclosure.tasks import collect_subject_request  # noqa: PLC0415  (tasks import services)

    collect_subject_request.delay(request_id)


def run_collection(*, actor: User | None, request_id: int) -> None:
    """Collect for whoever asked for it. Safe to call twice and at the same time: whoever claims the row collects."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIM_LASTS)
    if not SubjectRequest.objects.filter(free, pk=request_id, collector__isnull=False).open().update(claimed_at=now()):
        return
    request = SubjectRequest.objects.select_related("collector", "nominal").get(pk=request_id)
    try:
        if collector := actor or request.collector:
            with acting_as(collector):
                collect(actor=collector, request=request)
    finally:
        SubjectRequest.objects.filter(pk=request_id).update(claimed_at=None, collector=None)


def collect(*, actor: User, request: SubjectRequest) -> None:
    """Collect each source that is open to the actor, one after the other, so that what is done stays done."""
    for source in sources_open_to(actor, request):
        collect_source(actor, request, source)


@transaction.atomic
def collect_source(actor: User, request: SubjectRequest, source: Source) -> None:
    """Store what one source holds, cut into passages, with nothing decided; and what it means for the request."""
    locked = hold_subject_request(actor, request, perm=Perm.VIEW_SUBJECT_REQUEST)
    require_record(locked)
    nominal = locked.nominal
    if nominal is None or not may_read(actor, nominal, source) or locked.collected.filter(source=source.name).exists():
        return
    pieces = read_source(actor, nominal, source)
    record_read(
        Verb.VIEWED, nominal, act="Collected for a request for one's own data", rows=source.name, keys=[each.key for each in pieces]
    )
    first = position_of(source)
    passages = suggest(actor, nominal, pieces)
    BundleItem.objects.bulk_create(
        BundleItem(
            request=locked, source=source.name, key=piece.key, position=first + number, heading=piece.heading, label=piece.label[:200],
            passages=parts, collected_by=actor,
        )
        for number, (piece, parts) in enumerate(zip(pieces, passages, strict=True)) if parts
    )  # fmt: skip
    Collected.objects.create(request=locked, source=source.name, by=actor)
    record_event(Verb.CHANGED, locked, act="Source collected", source=source.name, items=len(pieces))
    if not {each.name for each in held_sources()} - set(locked.collected.values_list("source", flat=True)):
        finish(actor, locked)


def position_of(source: Source) -> int:
    """Return where the things of a source begin."""
    return [each.name for each in held_sources()].index(source.name) * APART


def finish(actor: User, request: SubjectRequest) -> None:
    """Let the deciding begin; the unit has helped."""
    request.state = State.DECIDING
    keep(request, "state")
    complete_actions_about(actor=actor, subject=request, kind=HELP, outcome="Everything is collected", late_reason=BY_ITSELF)


@transaction.atomic
def leave_out_sources(*, actor: User, request: SubjectRequest, version: int | None, reason: str) -> SubjectRequest:
    """Go on without the sources that nobody has collected, and say why."""
    locked = hold_subject_request(actor, request, version)
    require_record(locked)
    done = set(locked.collected.values_list("source", flat=True))
    left = [each.name for each in held_sources() if each.name not in done]
    if locked.state != State.COLLECTING or not left:
        raise DomainError("Everything is collected.")
    if not done:
        raise DomainError("Collect something first: from nothing there is no answer.")
    require_words(reason, gettext_noop("Say why they stay out."), "reason")
    finish(actor, locked)
    record_event(Verb.CHANGED, locked, reason=reason.strip(), act="Sources stay out", sources=left)
    return locked
