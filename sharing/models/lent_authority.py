"""What whoever lent authority was told of."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sharing.models.decisions import Approval


class ToldApproval(models.Model):
    """Whoever lent the authority was told that something was decided with it; each decision counts as new once."""

    approval = models.OneToOneField(Approval, on_delete=models.CASCADE, related_name="told")
    delegator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["delegator", "-told_at"], name="told_approval_by_delegator"),)

    def __str__(self) -> str:
        return f"Told of approval {self.approval_id}"
