"""The contact log: each conversation about the person, kept as it was written down."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.case_file import ContactParty, ContactWay
from offenders.models.nominal import Nominal, NominalPart


class Contact(NominalPart):
    """A conversation about the person. The database refuses changes: what was wrong is put right by a correction."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=ContactWay)
    party = models.CharField(max_length=10, choices=ContactParty)
    with_whom = models.CharField(max_length=150, blank=True)
    agency = models.CharField(max_length=100, blank=True)
    reached_at = models.CharField(max_length=100, blank=True, help_text="Number or address by which they were reached.")
    about = models.CharField(max_length=100)
    said = models.TextField()
    spoke_of_others = models.BooleanField(default=False, help_text="What was about others is left out: that is intelligence.")
    follow_up = models.CharField(max_length=200, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(said=""), name="contact_says_something"),
            models.CheckConstraint(
                condition=Q(follow_up="", follow_up_on__isnull=True) | (~Q(follow_up="") & Q(follow_up_on__isnull=False)),
                name="contact_follow_up_has_date",
            ),
        )
        indexes = (models.Index(fields=["nominal", "-at", "-id"], name="contact_newest_first"),)


class ContactCorrection(NominalPart):
    """What was wrong in a conversation's note and what is right; or what came of following it up."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="contact_corrections")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()
    is_outcome = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="contact_correction_says_something"),)


auditlog.register(Contact)
auditlog.register(ContactCorrection)
