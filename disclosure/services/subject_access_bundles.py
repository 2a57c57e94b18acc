"""Sealing what goes out and undoing that, its paper, and handing it over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.subject_access import State
from disclosure.documents.subject_access import bundle_paper
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.subject_access import (
    require_deciding,
    require_delivery,
    require_other_than_sealer,
    require_sealed,
    require_words,
)
from disclosure.models import Bundle, BundleItem, Delivery, SubjectRequest, UndoneSeal
from disclosure.reports.subject_access import CLOCK, bundle_of, lacks_of, tally_of
from disclosure.services.subject_access import end, hold_subject_request, keep


@transaction.atomic
def seal_bundle(*, actor: User, request: SubjectRequest, version: int | None) -> Bundle:
    """Seal what goes out, made of the passages that stay. Refused, with how many, while a passage is undecided or unread."""
    locked = hold_subject_request(actor, request, version)
    require_deciding(locked)
    require_nothing_missing(lacks_of(locked, tally_of(BundleItem.objects.filter(request=locked))))
    bundle = bundle_of(locked)
    bundle.sealed_by, bundle.sealed_at = actor, now()
    bundle.save()
    locked.state = State.SEALED
    keep(locked, "state")
    record_event(Verb.CHANGED, locked, act="What goes out is sealed", answer=str(bundle.answer), sha256=bundle.sha256)
    return bundle


@transaction.atomic
def undo_seal(*, actor: User, request: SubjectRequest, version: int | None, reason: str) -> UndoneSeal:
    """Undo a seal as somebody else than whoever set it, before anything is handed over: what stays is decided anew and sealed anew."""
    locked = hold_subject_request(actor, request, version)
    bundle = require_sealed(Bundle.objects.select_for_update().filter(request=locked).first())
    require_other_than_sealer(actor, bundle)
    require_words(reason, gettext_noop("Say what must be decided otherwise."), "reason")
    undone = UndoneSeal.objects.create(
        request=locked, answer=bundle.answer, sha256=bundle.sha256, sealed_by=bundle.sealed_by, sealed_at=bundle.sealed_at,
        undone_by=actor, reason=reason.strip(),
    )  # fmt: skip
    bundle.delete()
    locked.state = State.DECIDING
    keep(locked, "state")
    record_event(Verb.CHANGED, locked, reason=reason.strip(), act="Seal undone", sha256=undone.sha256)
    return undone


@transaction.atomic
def print_bundle(*, actor: User, bundle: Bundle) -> bytes:
    """Return the paper of a bundle, the same file each time."""
    authorise(actor, Perm.ANSWER_SUBJECT_REQUEST, bundle)
    record_event(Verb.PRINTED, bundle.request, act="Paper made", sha256=bundle.sha256)
    return bundle_paper(bundle)


@transaction.atomic
def hand_over(
    *,
    actor: User,
    request: SubjectRequest,
    version: int | None,
    way: str,
    to_whom: str,
    at: datetime,
    note: str = "",
    late_reason: str = "",
) -> Delivery:
    """Note how, when and to whom it was handed over; this ends the request, and asks why where it is late."""
    locked = hold_subject_request(actor, request, version)
    bundle = require_sealed(Bundle.objects.filter(request=locked).first())
    require_delivery(bundle, way, to_whom, at)
    complete_actions_about(actor=actor, subject=locked, kind=CLOCK, outcome="Handed over", late_reason=late_reason.strip())
    delivery = Delivery.objects.create(request=locked, bundle=bundle, way=way, to_whom=to_whom.strip(), note=note.strip(), at=at, by=actor)
    record_event(Verb.CHANGED, locked, act="Handed over", way=way)
    end(actor, locked, State.ANSWERED)
    return delivery
