"""Reviews of whether a record is still needed: one person proposes, another approves or gives it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from governance.choices.retention import Decision, ReviewState
from governance.guards.retention import (
    Answers,
    require_another,
    require_answers,
    require_decision,
    require_nothing_in_the_way,
    require_state,
    require_why,
)
from governance.models import RetentionReview, ReviewAnswer
from governance.reports.retention import CARRY_OUT, obstacles
from governance.reports.unseen import digest_of
from governance.services.retention import REVIEW, ROUTE, keep_reckoned, owner_for
from offenders.guards import require_unchanged
from offenders.services.records import lock_nominal

APPROVAL, UNSEEN = "retention-approval", "governance:unseen-list"
BY_ITSELF = "It closed by itself when the work was done."


def hold_review(actor: User, review: RetentionReview, perm: Perm, version: int | None) -> RetentionReview:
    """Hold the record and then its review until the transaction ends; the actor holds the permission on it."""
    authorise(actor, perm, review)
    lock_nominal(review.nominal)
    rows = RetentionReview.objects.select_for_update(of=("self",)).select_related("nominal__force", "nominal__unit", "rule", "proposed_by")
    locked = rows.get(pk=review.pk)
    require_unchanged(locked, version)
    return locked


def keep(review: RetentionReview, *fields: str) -> RetentionReview:
    """Store fields of a review that is held, and count the change."""
    review.version += 1
    review.save(update_fields=[*fields, "version"])
    return review


@transaction.atomic
def propose(
    *, actor: User, review: RetentionReview, version: int | None, answers: Answers, decision: str, reason: str,
    next_review_on: date | None = None,
) -> RetentionReview:  # fmt: skip
    """Answer each question and propose to keep the record or to dispose of it."""
    locked = hold_review(actor, review, Perm.REVIEW_RETENTION, version)
    require_state(locked, ReviewState.OPEN)
    said = require_answers(answers)
    require_decision(locked, locked.rule, said, decision, next_review_on)
    locked.answers.all().delete()
    for criterion, (holds, why) in said.items():
        ReviewAnswer.objects.create(review=locked, criterion=criterion, holds=holds, reason=why)
    locked.state, locked.decision, locked.reason = ReviewState.PROPOSED, decision, require_why(reason)
    locked.next_review_on = next_review_on if decision == Decision.KEEP else None
    locked.proposed_by, locked.proposed_at, locked.returned_words = actor, now(), ""
    keep(locked, "state", "decision", "reason", "next_review_on", "proposed_by", "proposed_at", "returned_words")
    complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Proposed", late_reason=BY_ITSELF)
    ask_second_person(actor, locked)
    record_event(Verb.CHANGED, locked, act="Decision about retention proposed", decision=decision)
    return locked


def ask_second_person(actor: User, review: RetentionReview) -> None:
    """Ask records management; where only named people may know of the record, by an action that does not name it."""
    about = {"force": review.nominal.force} if review.nominal.is_restricted else {"nominal": review.nominal}
    raise_action(
        actor=actor, kind=APPROVAL, title=gettext_noop("A proposal about a record waits for a second person"),
        owner=Owner(role=Role.INFORMATION_GOVERNANCE), subject=review, route=UNSEEN if review.nominal.is_restricted else ROUTE,
        rule=APPROVAL, key=f"{APPROVAL}-{review.pk}-{review.version}", **about,
    )  # fmt: skip


def require_disposable(actor: User, review: RetentionReview) -> None:
    """Nothing bars the disposal; whoever may not see the record does not learn what does."""
    if not RetentionReview.objects.unseen_by(actor).filter(pk=review.pk).exists():
        require_nothing_in_the_way(review.nominal)
    elif obstacles(review.nominal):
        raise DomainError("Something stands in the way of disposal. Give the proposal back: the unit sees what it is.")


@transaction.atomic
def give_back(*, actor: User, review: RetentionReview, version: int | None, words: str) -> RetentionReview:
    """Give a proposal back, as the second person; what was answered stays to be put right."""
    locked = hold_review(actor, review, Perm.APPROVE_DISPOSAL, version)
    require_state(locked, ReviewState.PROPOSED)
    require_another(actor, locked.proposed_by_id, Perm.APPROVE_DISPOSAL)
    proposer, locked.returned_words = locked.proposed_by, require_why(words, "words")
    locked.state, locked.decision, locked.next_review_on = ReviewState.OPEN, "", None
    locked.proposed_by, locked.proposed_at = None, None
    keep(locked, "state", "decision", "next_review_on", "proposed_by", "proposed_at", "returned_words")
    complete_actions_about(actor=actor, subject=locked, kind=APPROVAL, outcome="Given back", late_reason=BY_ITSELF)
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("A proposal about a record came back"), owner=Owner(user=proposer),
        nominal=locked.nominal, subject=locked, route=ROUTE, rule=REVIEW, key=f"{REVIEW}-{locked.pk}-{locked.version}",
    )  # fmt: skip
    record_event(Verb.CHANGED, locked, reason=locked.returned_words, act="Proposal about retention given back")
    return locked


@transaction.atomic
def approve(*, actor: User, review: RetentionReview, version: int | None, words: str) -> RetentionReview:
    """Approve a proposal, as the second person. Both names stand; a disposal must still be carried out."""
    locked = hold_review(actor, review, Perm.APPROVE_DISPOSAL, version)
    require_state(locked, ReviewState.PROPOSED)
    require_another(actor, locked.proposed_by_id, Perm.APPROVE_DISPOSAL)
    if locked.decision == Decision.DISPOSE:
        require_disposable(actor, locked)
    digest = digest_of(locked)
    locked.state, locked.approved_by, locked.approved_at = ReviewState.APPROVED, actor, now()
    locked.approval_words = require_why(words, "words")
    keep(locked, "state", "approved_by", "approved_at", "approval_words")
    complete_actions_about(actor=actor, subject=locked, kind=APPROVAL, outcome="Approved", late_reason=BY_ITSELF)
    record_event(Verb.CHANGED, locked, act="Decision about retention approved", decision=locked.decision, approved=digest)
    if locked.proposed_by:
        tell(
            actor=actor, people=[locked.proposed_by], text=gettext_noop("A decision about a record was approved"),
            nominal=locked.nominal_id, route=ROUTE
        )
    if locked.decision == Decision.DISPOSE:
        raise_action(
            actor=actor, kind=CARRY_OUT, title=gettext_noop("A disposal that was decided waits to be carried out"),
            owner=owner_for(locked.nominal), nominal=locked.nominal, subject=locked, route=ROUTE, rule=CARRY_OUT,
            key=f"{CARRY_OUT}-{locked.pk}",
        )  # fmt: skip
    else:
        keep_reckoned([locked.nominal], localdate())
    return locked
