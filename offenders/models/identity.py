"""Who the person is (tier 1): names, dates of birth, numbers, looks."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices import IdentifierKind, MarkKind, NameKind, Sex
from offenders.models.nominal import Nominal, NominalPart


class IdentityPart(NominalPart):
    """A fact of identity, with where it came from."""

    source = models.CharField(max_length=100, blank=True)
    read_permission: ClassVar[Perm] = Perm.VIEW_CARD

    class Meta:
        abstract = True


class Name(IdentityPart):
    """A name in any script, stored as given. `tokens` are keys of the search vocabulary, kept by offenders.search."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=NameKind)
    given_names = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100)
    used_from = models.DateField(null=True, blank=True)
    used_until = models.DateField(null=True, blank=True)
    tokens = ArrayField(models.IntegerField(), default=list, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(kind="primary"), name="name_one_primary"),
            models.CheckConstraint(
                condition=Q(used_from__isnull=True) | Q(used_until__isnull=True) | Q(used_until__gte=models.F("used_from")),
                name="name_used_until_after_from",
            ),
            models.CheckConstraint(condition=~Q(surname=""), name="name_has_surname"),
        )
        indexes = (
            GinIndex(fields=["tokens"], name="name_by_token", opclasses=["gin__int_ops"]),
        )

    @property
    def full_name(self) -> str:
        """Given names and surname, or the one name that there is."""
        return f"{self.given_names} {self.surname}".strip()

    @property
    def listed_name(self) -> str:
        """Surname first, as lists have it."""
        return f"{self.surname}, {self.given_names}" if self.given_names else self.surname


class DateOfBirth(IdentityPart):
    """A date of birth, perhaps without day or month."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="dates_of_birth")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["nominal"], condition=Q(is_primary=True), name="birth_one_primary"),
            models.UniqueConstraint(fields=["nominal", "year", "month", "day"], nulls_distinct=False, name="birth_each_date_once"),
            models.CheckConstraint(condition=Q(year__gte=1880, year__lte=2200), name="birth_year_sensible"),
            models.CheckConstraint(condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="birth_month_real"),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__gte=1, day__lte=31, month__isnull=False), name="birth_day_real_and_needs_month"
            ),
        )
        indexes = (models.Index(fields=["year", "month", "day"], name="birth_by_date"),)


class Identifier(IdentityPart):
    """A number by which a system or paper knows the person; `value` is canonical (offenders.rules), `as_given` as typed."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=IdentifierKind)
    value = models.CharField(max_length=40)
    as_given = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nominal", "kind", "value"], name="identifier_once_on_a_nominal"),)
        indexes = (models.Index(fields=["value"], name="identifier_by_value"),)


class Description(IdentityPart):
    """Looks: one row a nominal."""

    nominal = models.OneToOneField(Nominal, on_delete=models.CASCADE, related_name="description")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=60, blank=True)
    height_cm = models.PositiveSmallIntegerField(null=True, blank=True)
    build = models.CharField(max_length=40, blank=True)
    hair = models.CharField(max_length=60, blank=True)
    eyes = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(height_cm__isnull=True) | Q(height_cm__gte=50, height_cm__lte=250), name="description_height_sensible"
            ),
        )


class Mark(IdentityPart):
    """A tattoo, scar or other mark."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=MarkKind)
    place = models.CharField(max_length=60, help_text="Where on the body.")
    description = models.CharField(max_length=200)


class Photograph(IdentityPart):
    """A picture; the file is encoded anew when it is stored, so nothing but pixels remains."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="photographs")
    file = models.FileField(upload_to="photographs/", max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["nominal", "sha256"], name="photograph_each_picture_once"),)


for model in (Name, DateOfBirth, Identifier, Description, Mark):
    auditlog.register(model, exclude_fields=["tokens"] if model is Name else None)
auditlog.register(Photograph, exclude_fields=["file"])
