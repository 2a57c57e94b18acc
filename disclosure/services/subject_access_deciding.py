"""Deciding what stays of each passage, and the second person's reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from disclosure.guards.subject_access import require_at_work, require_known_grounds, require_words
from disclosure.models import BundleItem, SubjectRequest
from disclosure.reports.subject_access import RETURNED, SECOND, grounds_on, is_second_reader, is_waiting, items_for, tally_of
from disclosure.rules.subject_access import choices_of, decide, keep_plain, needs_second, reopen
from disclosure.services.subject_access import BY_ITSELF, LIST, hold_subject_request
from offenders.guards import CHANGED_MEANWHILE
from sharing.rules.passages import Passage, is_undecided


@transaction.atomic
def decide_items(*, actor: User, request: SubjectRequest, decisions: Mapping[int, tuple[int, Sequence[str]]]) -> int:
    """Say what stays of things: by key the version that was seen, and of each passage keep, a ground, or nothing yet.

    Returns how many changed. What is not changed stays read; what is changed must be read anew.
    """
    locked = hold_at_work(actor, request)
    grounds = set(grounds_on(localdate()).values_list("code", flat=True))
    changed = 0
    for row in locked.items.select_for_update().filter(pk__in=decisions):
        version, choices = decisions[row.pk]
        if row.version != version:
            raise StaleRecord(CHANGED_MEANWHILE)
        require_known_grounds(choices, {*grounds, *choices_of(row.passages)}, len(row.passages))
        if list(choices) != choices_of(row.passages):
            store_decided(actor, row, decide(row.passages, choices))
            changed += 1
    after_deciding(actor, locked, changed)
    return changed


@transaction.atomic
def keep_everything_plain(*, actor: User, request: SubjectRequest, source: str) -> int:
    """Keep every passage of a source on which nobody has decided and no rule suggests a look; return of how many things."""
    locked = hold_at_work(actor, request)
    changed = 0
    for row in locked.items.select_for_update().filter(source=source, decided_by__isnull=True):
        passages = keep_plain(row.passages)
        if passages != row.passages:
            store_decided(actor, row, passages)
            changed += 1
    after_deciding(actor, locked, changed)
    return changed


def hold_at_work(actor: User, request: SubjectRequest) -> SubjectRequest:
    """Hold a request on whose passages one may decide."""
    locked = hold_subject_request(actor, request)
    require_at_work(locked)
    return locked


def store_decided(actor: User, row: BundleItem, passages: list[Passage]) -> None:
    """Store what somebody decided of a thing: whoever had a part in that never reads it second."""
    row.deciders = sorted({*row.deciders, actor.pk})
    store(actor, row, passages)


def store(actor: User, row: BundleItem, passages: list[Passage]) -> None:
    """Store what is decided of a thing; whoever was the second person reads it anew."""
    is_decided = not is_undecided(passages)
    row.passages, row.needs_second = passages, needs_second(passages)
    row.decided_by, row.decided_at = (actor, now()) if is_decided else (None, None)
    row.read_by, row.read_at = None, None
    row.version += 1
    row.save(update_fields=["passages", "needs_second", "decided_by", "decided_at", "deciders", "read_by", "read_at", "version"])


def after_deciding(actor: User, request: SubjectRequest, changed: int) -> None:
    """Leave a trace; once everything is decided, ask for a second person where one must read."""
    if not changed:
        return
    record_event(Verb.CHANGED, request, act="Passages decided", items=changed)
    counted = tally_of(BundleItem.objects.filter(request=request))
    if counted.undecided or not counted.unread:
        cancel_actions_about(actor=actor, subject=request, kind=SECOND, reason="Nothing waits for a second reader.")
    elif not is_waiting(request, SECOND):
        raise_action(
            actor=actor, kind=SECOND, title=gettext_noop("Passages wait for a second reader"),
            owner=Owner(role=Role.INFORMATION_GOVERNANCE), force=request.force, subject=request, route=LIST, rule=SECOND, is_private=True,
        )  # fmt: skip


@transaction.atomic
def read_item(*, actor: User, request: SubjectRequest, item: BundleItem, version: int) -> BundleItem:
    """Agree as the second person to what is decided of a thing."""
    locked, row = hold_for_reading(actor, request, item, version)
    row.read_by, row.read_at = actor, now()
    row.version += 1
    row.save(update_fields=["read_by", "read_at", "version"])
    record_event(Verb.CHANGED, locked, act="Read by a second person", item=row.pk)
    if not tally_of(BundleItem.objects.filter(request=locked)).unread:
        complete_actions_about(actor=actor, subject=locked, kind=SECOND, outcome="Read", late_reason=BY_ITSELF)
    return row


@transaction.atomic
def return_item(*, actor: User, request: SubjectRequest, item: BundleItem, version: int, reason: str) -> BundleItem:
    """Return a thing as the second person, with words: what was removed or suggested is decided anew."""
    locked, row = hold_for_reading(actor, request, item, version)
    require_words(reason, gettext_noop("Say what should be decided otherwise."), "reason")
    store(actor, row, reopen(row.passages))
    record_event(Verb.CHANGED, row, reason=reason.strip(), act=RETURNED)
    after_deciding(actor, locked, 1)
    return row


def hold_for_reading(actor: User, request: SubjectRequest, item: BundleItem, version: int) -> tuple[SubjectRequest, BundleItem]:
    """Hold a thing that waits for a second person; the actor is one, may read it, and did not decide it."""
    authorise(actor, Perm.VIEW_SUBJECT_REQUEST, request)
    if not is_second_reader(actor, request):
        raise NotPermitted(Perm.ANSWER_SUBJECT_REQUEST)
    locked = hold_subject_request(actor, request, perm=Perm.VIEW_SUBJECT_REQUEST)
    require_at_work(locked)
    row = items_for(actor, locked).filter(pk=item.pk).first()
    if row is None:
        raise NotPermitted(Perm.VIEW_SUBJECT_REQUEST)
    if row.version != version:
        raise StaleRecord(CHANGED_MEANWHILE)
    if row.decided_by_id is None or not row.needs_second or row.read_by_id is not None:
        raise DomainError("This does not wait for a second reader.")
    if actor.pk in {row.decided_by_id, *row.deciders}:
        raise DomainError("You decided about this: somebody else must read it.")
    return locked, row
