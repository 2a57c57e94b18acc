"""Proposals about records that only named people may know of, as the second person reads them: by reference, and without content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from json import dumps
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import User
from governance.models import RetentionReview


@dataclass(frozen=True)
class Unseen:
    """What the second person learns: which record, by which rule, how the questions were answered, and a digest of all that was said."""

    pk: int
    public_id: UUID
    version: int
    reference: str
    unit: str
    group: str
    source: str
    due_on: date
    answers: Sequence[tuple[str, bool]]
    decision: str
    next_review_on: date | None
    proposed_by: str
    proposed_at: datetime | None
    digest: str


def unseen_by(user: User) -> QuerySet[RetentionReview]:
    """Return the proposals that a user may approve without seeing the record, newest first."""
    rows = RetentionReview.objects.unseen_by(user).select_related("nominal__unit", "rule", "proposed_by").prefetch_related("answers")
    return rows.order_by("-pk")


def without_content(review: RetentionReview) -> Unseen:
    """Return of a proposal what its second person may learn."""
    return Unseen(
        review.pk, review.public_id, review.version, review.nominal.reference, review.nominal.unit.name, review.get_group_display(),
        review.rule.source, review.due_on, [(answer.get_criterion_display(), answer.holds) for answer in review.answers.all()],
        review.get_decision_display(), review.next_review_on, review.proposed_by.display_name if review.proposed_by else "",
        review.proposed_at, digest_of(review),
    )  # fmt: skip


def digest_of(review: RetentionReview) -> str:
    """Return a keyed digest of everything that was proposed and why, so that nobody can say later that something else was approved."""
    answers = sorted((answer.criterion, answer.holds, answer.reason) for answer in review.answers.all())
    said = [str(review.public_id), review.version, review.working, answers, review.decision, str(review.next_review_on), review.reason]
    return salted_hmac("governance.RetentionReview", dumps(said, default=str), algorithm="sha256").hexdigest()
