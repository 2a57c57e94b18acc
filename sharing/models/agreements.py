"""Agreements with agencies, and whom to reach there."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.models import Organisation
from accounts.permissions import Perm
from sharing.choices.agreements import DataClass, Purpose
from sharing.querysets.agreements import AgreementQuerySet, ContactQuerySet

WHO = settings.AUTH_USER_MODEL


class Agreement(models.Model):
    """What a force and an agency agreed to share: what for, of which kinds, under which powers, from when until when.

    While none is in force, the agency's systems and people see nothing that this force shared.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose))
    data_classes = ArrayField(models.CharField(max_length=20, choices=DataClass))
    powers = ArrayField(models.CharField(max_length=40), help_text="Codes of powers to share.")
    period = DateRangeField(help_text="First day included, last day excluded.")
    review_on = models.DateField()
    signed_by = models.CharField(max_length=200, help_text="Who signed for the force and for the agency: posts, not names.")
    document = models.CharField(max_length=100, blank=True, help_text="Where the signed paper is kept.")
    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.ForeignKey(WHO, on_delete=models.PROTECT, null=True, related_name="+")
    suspend_reason = models.CharField(max_length=500, blank=True)
    end_reason = models.CharField(max_length=500, blank=True, help_text="Why it ends before its time.")
    told_at = models.DateTimeField(null=True, help_text="When both sides were last told whether it is in force.")
    is_told_in_force = models.BooleanField(default=False, help_text="What both sides were told last.")
    is_mailed_in_force = models.BooleanField(default=False, help_text="What the agency's contacts were mailed last.")
    added_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_AGREEMENT
    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False, period__isempty=False),
                name="agreement_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(purposes__len__gt=0, data_classes__len__gt=0, powers__len__gt=0), name="agreement_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_by__isnull=True, suspend_reason="")
                | (Q(suspended_at__isnull=False, suspended_by__isnull=False) & ~Q(suspend_reason="")),
                name="agreement_suspended_wholly",
            ),
        )
        indexes = (models.Index(fields=["agency", "force"], name="agreement_by_agency"),)

    def __str__(self) -> str:
        return f"Agreement {self.pk}"

    @property
    def first_day(self) -> date:
        """The first day on which it holds."""
        return self.period.lower

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.period.upper - timedelta(days=1)

    @property
    def state(self) -> str:
        """Where it stands today: suspended, ended, not begun or in force."""
        today = localdate()
        if self.suspended_at:
            return gettext_noop("suspended")
        if today >= self.period.upper:
            return gettext_noop("ended")
        return gettext_noop("not begun") if today < self.period.lower else gettext_noop("in force")

    @property
    def purpose_words(self) -> list[str]:
        """What it is for, in words."""
        return [str(Purpose(each).label) for each in self.purposes]

    @property
    def data_class_words(self) -> list[str]:
        """Which kinds of information it covers, in words."""
        return [str(DataClass(each).label) for each in self.data_classes]


class AgencyContact(models.Model):
    """Whom a force reaches at an agency: a post, with how it is reached."""

    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    post = models.CharField(max_length=100)
    person = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    for_what = models.CharField(max_length=200, blank=True, help_text="Such as urgent matters, or breaches of data.")
    ended_on = models.DateField(null=True, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_AGREEMENT
    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("post", "pk")
        constraints = (models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="agency_contact_can_be_reached"),)

    def __str__(self) -> str:
        return f"Contact {self.pk}"


auditlog.register(Agreement, exclude_fields=["version", "told_at", "is_told_in_force", "is_mailed_in_force"])
auditlog.register(AgencyContact)
