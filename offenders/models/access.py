"""Exceptions to the rules, each with a reason and an end: grants, exclusions, stated reasons, break-glass; and what they guard most."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.permissions import Perm
from offenders.choices import ReasonCategory, SectionKind
from offenders.choices.confidential import LawfulBasis
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets import BreakGlassQuerySet, SectionQuerySet


class Grant(models.Model):
    """What every object grant says besides who and what: why, by whom, until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.CharField(max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(help_text="From this moment the grant no longer counts.")

    class Meta:
        abstract = True


class NominalUserGrant(UserObjectPermissionBase, Grant):
    """Lets one person read the card or the case file of one nominal."""

    content_object = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="user_grants")

    def __str__(self) -> str:
        return f"Grant {self.pk}"


class NominalGroupGrant(GroupObjectPermissionBase, Grant):
    """The same for everybody in a group."""

    content_object = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="group_grants")

    def __str__(self) -> str:
        return f"Group grant {self.pk}"


class Exclusion(NominalPart):
    """A person who must not know of the record: a relative, a party, a conflict of interest. Wins over everything."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    read_permission: ClassVar[Perm] = Perm.GRANT_ACCESS

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nominal", "user"], condition=Q(ended_at__isnull=True), name="exclusion_one_live"),)
        indexes = (models.Index(fields=["user", "nominal"], condition=Q(ended_at__isnull=True), name="exclusion_by_user"),)


class StatedReason(models.Model):
    """Why somebody opened a record outside their own work; counts for 8 hours, for that record and that person."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="stated_reasons")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stated_reasons")
    permission = models.CharField(max_length=20, choices=[(perm, perm) for perm in (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE)])
    category = models.CharField(max_length=20, choices=ReasonCategory)
    text = models.CharField(max_length=500)
    stated_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["user", "expires_at"], name="reason_by_user"),)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="reason_is_given"),)

    def __str__(self) -> str:
        return f"Stated reason {self.pk}"


class ConfidentialSection(NominalPart):
    """Victims, third parties, tactics, covert activity: apart from the case file, for named people only (tier 4).

    The database shows a row only inside accounts.access.row_security and only to those who may see it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=SectionKind)
    body = models.TextField()
    basis = models.CharField(max_length=20, choices=LawfulBasis, default=LawfulBasis.POLICING)
    lawful_basis = models.CharField(max_length=200)
    originator = models.CharField(max_length=100)
    handling = models.CharField(max_length=200, blank=True)
    review_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="confidential_sections")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    close_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CONFIDENTIAL
    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        permissions = (("view_confidential", "May read this confidential section"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(close_reason="")),
                name="section_closed_wholly",
            ),
        )


class SectionUserGrant(UserObjectPermissionBase, Grant):
    """Lets one person read one confidential section."""

    content_object = models.ForeignKey(ConfidentialSection, on_delete=models.CASCADE, related_name="user_grants")

    def __str__(self) -> str:
        return f"Section grant {self.pk}"


class BreakGlass(models.Model):
    """An emergency opening of a nominal's confidential sections: 1 hour, the owners and auditors told, reviewed afterwards."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="emergency_openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="emergency_openings")
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    was_justified = models.BooleanField(null=True)
    review_note = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.REVIEW_BREAK_GLASS
    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=["user", "expires_at"], name="break_glass_by_user"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reviewed_by=F("user")), name="break_glass_not_reviewed_by_oneself"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, was_justified__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, was_justified__isnull=False),
                name="break_glass_reviewed_wholly",
            ),
        )

    def __str__(self) -> str:
        return f"Emergency opening {self.pk}"


for model in (NominalUserGrant, NominalGroupGrant, SectionUserGrant, Exclusion):
    auditlog.register(model)
auditlog.register(
    ConfidentialSection, mask_fields=["body", "lawful_basis", "originator", "handling", "close_reason"], exclude_fields=["version"]
)
