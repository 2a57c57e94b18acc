"""The work list of retention, the history of a record's reviews, and certificates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actions.models import Action
from governance.choices.retention import Decision, ReviewState
from governance.models import Disposal, DisposedFile, LegalHold, Retention, RetentionReview
from offenders.models import Nominal

AHEAD = timedelta(days=90)
SHOWS = {
    "due": _("Due"),
    "overdue": _("Overdue"),
    "approval": _("Waiting for approval"),
    "decided": _("To carry out"),
    "held": _("On hold"),
    "coming": _("Due within 90 days"),
}


def work_list(user: User, show: str) -> QuerySet[Any]:
    """Return what one list shows, newest first: reviews, holds, or records whose review comes."""
    if show == "held":
        holds = LegalHold.objects.for_user(user).filter(lifted_at__isnull=True)
        return holds.select_related("nominal", "placed_by").order_by("-pk")
    if show == "coming":
        today = localdate()
        coming = Retention.objects.for_user(user).filter(due_on__gt=today, due_on__lte=today + AHEAD)
        return coming.select_related("nominal").order_by("-pk")
    rows = RetentionReview.objects.for_user(user).select_related("nominal", "proposed_by", "approved_by").order_by("-pk")
    if show == "approval":
        return rows.filter(state=ReviewState.PROPOSED)
    if show == "decided":
        return rows.filter(state=ReviewState.APPROVED, decision=Decision.DISPOSE)
    late = Action.objects.late(now()).filter(subject_type=RetentionReview._meta.label_lower, subject_id=OuterRef("pk"))
    waiting = rows.filter(state=ReviewState.OPEN)
    return waiting.filter(Exists(late)) if show == "overdue" else waiting.filter(~Exists(late))


def certificates(user: User) -> QuerySet[Disposal]:
    """Return the certificates that a user may see."""
    rows: QuerySet[Disposal] = Disposal.objects.for_user(user).with_people()
    return rows


def files_on(disposal: Disposal) -> QuerySet[DisposedFile]:
    """Return the files on a certificate."""
    return DisposedFile.objects.filter(disposal=disposal)


def history_of(user: User, nominal: Nominal) -> QuerySet[RetentionReview]:
    """Return the reviews of a record with their answers, newest first."""
    rows = RetentionReview.objects.for_user(user).filter(nominal=nominal).select_related("proposed_by", "approved_by", "rule")
    return rows.prefetch_related("answers")
