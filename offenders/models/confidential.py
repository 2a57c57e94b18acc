"""Earlier texts of confidential sections, their fingerprints, and sensitive material (tiers 3 and 4), behind row security."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices import SectionKind
from offenders.choices.confidential import Consent, LawfulBasis, SensitiveKind
from offenders.models.access import ConfidentialSection
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets.confidential import SectionVersionQuerySet

ANSWERED = (Consent.GIVEN, Consent.REFUSED)


class SectionVersion(models.Model):
    """What a confidential section said before a change. Seen by whoever may see the section; the database adds rows and changes none."""

    section = models.ForeignKey(ConfidentialSection, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=SectionKind)
    body = models.TextField()
    basis = models.CharField(max_length=20, choices=LawfulBasis)
    lawful_basis = models.CharField(max_length=200)
    originator = models.CharField(max_length=100)
    handling = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CONFIDENTIAL
    objects = SectionVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["section", "number"], name="section_version_once"),)

    def __str__(self) -> str:
        return f"Section version {self.pk}"


class SectionFingerprint(models.Model):
    """A keyed digest of something that a section says, to compare open text with; no text can be made from it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(ConfidentialSection, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nominal", "digest", "section"], name="section_fingerprint_once"),)

    def __str__(self) -> str:
        return f"Fingerprint {self.pk}"


class SensitiveItem(NominalPart):
    """Medical and other special-category data, and material that its originator controls. Guarded by row security (tier 3)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="sensitive_items")
    kind = models.CharField(max_length=20, choices=SensitiveKind)
    text = models.TextField()
    source = models.CharField(max_length=100)
    basis = models.CharField(max_length=20, choices=LawfulBasis)
    originator = models.CharField(max_length=100, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_SENSITIVE

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind=SensitiveKind.THIRD_PARTY, originator=""), name="sensitive_third_party_has_originator"
            ),
            models.CheckConstraint(
                condition=Q(consent=Consent.NOT_ASKED, asked_on__isnull=True, answered_on__isnull=True)
                | Q(consent=Consent.ASKED, asked_on__isnull=False, answered_on__isnull=True)
                | Q(consent__in=ANSWERED, asked_on__isnull=False, answered_on__gte=F("asked_on")),
                name="sensitive_consent_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="sensitive_ended_wholly",
            ),
        )
        indexes = (models.Index(fields=["nominal", "-id"], name="sensitive_by_nominal"),)

    @property
    def is_of_third_party(self) -> bool:
        """Whether somebody else decides where it may go."""
        return self.kind == SensitiveKind.THIRD_PARTY


auditlog.register(SensitiveItem, mask_fields=["text", "source", "originator", "conditions", "end_reason"], exclude_fields=["version"])
