"""Who: organisations, units, users, their sign-ins, and authority that one lends to another."""
import uuid
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from accounts.choices import DelegatedAuthority, Nation, OrganisationKind, Role
from accounts.permissions import Perm
from accounts.querysets import DelegationQuerySet, OrganisationQuerySet, SignInQuerySet, UnitQuerySet, UserManager, UserQuerySet


class Organisation(models.Model):
    """A police force, or an agency that works with forces."""

    name = models.CharField(max_length=100, unique=True)
    code = models.SlugField(max_length=20, unique=True, help_text="Short name used in files and by other systems.")
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    phone = models.CharField(max_length=30, blank=True, help_text="Answered at any hour.")
    nation = models.CharField(
        max_length=3, choices=Nation, default=Nation.ENGLAND_AND_WALES, help_text="Whose bank holidays count in its clocks."
    )

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_force(self) -> bool:
        return self.kind == OrganisationKind.FORCE


class Unit(models.Model):
    """A team of a force; a MOSOVO unit is the boundary of an officer's everyday access."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True)
    on_call = models.CharField(max_length=100, blank=True, help_text="Who answers out of hours, and on which number.")

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once_in_a_force"),)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Never deleted: deactivated, after their work has been handed over."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    rank = models.CharField(max_length=30, blank=True)
    collar_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    trained_until = models.DateField(null=True, blank=True, help_text="Last day on which training in this system counts.")
    vetted_until = models.DateField(null=True, blank=True, help_text="Last day on which vetting counts.")
    must_change_password = models.BooleanField(default=False, help_text="The password was set by somebody else.")

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = UserManager.from_queryset(UserQuerySet)()

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        constraints = (models.CheckConstraint(condition=Q(is_superuser=False), name="user_no_superuser"),)

    def __str__(self) -> str:
        return self.username

    @property
    def display_name(self) -> str:
        """Rank, collar number and surname, as officers name each other."""
        parts = [self.rank, self.collar_number, self.last_name]
        return " ".join(part for part in parts if part) or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds; asked of the database once for each request."""
        return frozenset(Role(group.name) for group in self.groups.all() if group.name in Role.values)

    @property
    def role_labels(self) -> list[str]:
        """The roles in words, in the order of the alphabet."""
        return sorted(role.label for role in self.roles)

    @property
    def is_qualified(self) -> bool:
        """Whether training and vetting both count today; case files stay closed otherwise."""
        today = localdate()
        return bool(self.trained_until and self.vetted_until and min(self.trained_until, self.vetted_until) >= today)

    @property
    def lapsed_qualifications(self) -> list[str]:
        """What has run out, in words, for the page that says why case files are closed."""
        today = localdate()
        dates: dict[str, date | None] = {"training": self.trained_until, "vetting": self.vetted_until}
        return [name for name, until in dates.items() if until is None or until < today]


class SignIn(models.Model):
    """One signed-in session, so that people can see and end their others."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now_add=True)
    ip_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return str(self.public_id)


class Delegation(models.Model):
    """Authority lent to another officer for a time. Whoever lends it stays responsible."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.CharField(max_length=40, choices=DelegatedAuthority)
    delegator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_made")
    delegate = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_held")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, help_text="Only records of this unit; empty: the force."
    )
    period = DateRangeField(help_text="First day included, last day excluded.")
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    read_permission: ClassVar[Perm] = Perm.VIEW_DELEGATIONS
    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(delegate=F("delegator")), name="delegation_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False), name="delegation_has_both_ends"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="delegation_withdrawn_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"Delegation {self.pk}"

    @property
    def first_day(self) -> date:
        """The first day on which it counts."""
        return self.period.lower

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return self.period.upper - timedelta(days=1)

    @property
    def state(self) -> str:
        """Where it stands today: withdrawn, lapsed, not started or in force."""
        today = localdate()
        if self.withdrawn_at:
            return "withdrawn"
        if today > self.last_day:
            return "lapsed"
        return "not started" if today < self.first_day else "in force"

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether it counts, or will."""
        return self.state in {"in force", "not started"}


auditlog.register(Organisation)
auditlog.register(Unit)
auditlog.register(User, exclude_fields=["password", "last_login"], m2m_fields={"groups"})
auditlog.register(Delegation)
