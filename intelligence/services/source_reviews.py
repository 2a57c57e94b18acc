"""Reviews of the relationship with somebody who gives information: decided in the bureau, kept from everyone else."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now

from accounts.access import row_security
from accounts.errors import NotPermitted, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.information import ReviewOutcome
from intelligence.guards.information import require_outcome
from intelligence.models import SourceReview
from intelligence.services.information_routing import REVIEW
from offenders.guards import require_unchanged


@transaction.atomic
def decide_review(*, actor: User, review: SourceReview, version: int, outcome: ReviewOutcome | str, reason: str) -> SourceReview:
    """Say what follows for the relationship, and why; the trail names the matter alone."""
    with row_security(actor):
        rows = SourceReview.objects.for_user(actor, Perm.REVIEW_SOURCE).select_for_update(of=("self",))
        locked = rows.filter(pk=review.pk).first()
        if locked is None:
            raise NotPermitted(Perm.REVIEW_SOURCE)
        if locked.outcome:
            raise StaleRecord("Somebody has decided this already. Open it again to read the decision.")
        require_unchanged(locked, version)
        require_outcome(str(outcome), reason)
        locked.outcome, locked.outcome_reason, locked.reviewed_by, locked.reviewed_at = str(outcome), reason, actor, now()
        locked.version += 1
        locked.save(update_fields=["outcome", "outcome_reason", "reviewed_by", "reviewed_at", "version"])
        record_event(Verb.CHANGED, None, act="Confidential matter of the bureau decided", matter=str(locked.public_id))
        complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Decided")
    return locked
