"""Holding a decision to edit it: whatever was sealed opens again, and every approval lapses."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import cancel_actions_about
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.models import SharingDecision
from sharing.rules.decisions import DECIDE, REVIEW, State, may_move

REOPENED = "The decision was edited, so it goes again to whoever decides."


@transaction.atomic
def hold_for_editing(*, actor: User, decision: SharingDecision, version: int | None = None) -> SharingDecision:
    """Lock a decision that the actor is about to edit, and return it as a draft with its version counted up.

    Raises NotPermitted, StaleRecord for another version than the stored one, DomainError for a decision that has ended.
    The caller changes it, or rows of it, in the same transaction.
    """
    authorise(actor, Perm.DECIDE_SHARING, decision)
    locked = SharingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    require_unchanged(locked, version)
    if locked.state != State.DRAFT:
        reopen(actor, locked)
    locked.edited_by, locked.version = actor, locked.version + 1
    locked.save(update_fields=["edited_by", "version"])
    return locked


@transaction.atomic
def hold_while_typing(*, actor: User, decision: SharingDecision, version: int | None) -> SharingDecision:
    """Lock a draft to keep what is typed, which counts as no version of its own. Nothing sealed opens by typing."""
    authorise(actor, Perm.DECIDE_SHARING, decision)
    locked = SharingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    require_unchanged(locked, version)
    if locked.state != State.DRAFT:
        raise DomainError("This decision was sent. Use the button to save a change: it then goes again to whoever decides.")
    return locked


def reopen(actor: User, decision: SharingDecision) -> None:
    """Break the seal: the state goes back, approvals lapse, nobody is asked to decide any more."""
    if not may_move(State(decision.state), State.DRAFT):
        raise DomainError("This decision has ended. Begin a new one.")
    decision.state, decision.content_hash, decision.authority = State.DRAFT, "", ""
    decision.authority_rule = decision.submitted_by = decision.submitted_at = None
    decision.save(update_fields=["state", "content_hash", "authority", "authority_rule", "submitted_by", "submitted_at"])
    for approval in decision.approvals.filter(lapsed_at__isnull=True):
        approval.lapsed_at = now()
        approval.save(update_fields=["lapsed_at"])
    for kind in (DECIDE, REVIEW):
        cancel_actions_about(actor=actor, subject=decision, reason=REOPENED, kind=kind)
    record_event(Verb.CHANGED, decision, act="Sharing decision opened again")
