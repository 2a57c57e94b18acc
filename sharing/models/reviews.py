"""Reviews of decisions not to share, each on its day."""

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sharing.choices.decisions import ReviewOutcome
from sharing.models.decisions import DecisionPart, SharingDecision


class DecisionReview(DecisionPart):
    """Somebody looked at a decision not to share again. It stands outside the seal, which it leaves as it is."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    reason = models.TextField()
    next_on = models.DateField(null=True, blank=True, help_text="When it is looked at again; only while it stands.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="stands", next_on__isnull=False) | Q(outcome="again", next_on__isnull=True),
                name="sharing_review_says_when_next",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sharing_review_with_reason"),
        )


auditlog.register(DecisionReview)
