"""Who: organisations, units, users, their sign-ins, and authority that one lends to another."""
import logging
import uuid
from binascii import unhexlify
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from auditlog.registry import auditlog
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django_otp.plugins.otp_totp.models import TOTPDevice
from oauth2_provider.models import AbstractApplication

from accounts.choices import ApiScope, DelegatedAuthority, Nation, OrganisationKind, Role
from accounts.ciphers import SEEDS, cipher_for
from accounts.permissions import Perm
from accounts.querysets import (
    ApiClientQuerySet,
    DelegationQuerySet,
    OrganisationQuerySet,
    SignInQuerySet,
    UnitQuerySet,
    UserManager,
    UserQuerySet,
)

log = logging.getLogger(__name__)


class Organisation(models.Model):
    """A police force, or an agency that works with forces."""

    name = models.CharField(max_length=100, unique=True)
    code = models.SlugField(max_length=20, unique=True, help_text="Short name used in files and by other systems.")
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    phone = models.CharField(max_length=30, blank=True, help_text="Answered at any hour.")
    nation = models.CharField(
        max_length=3, choices=Nation, default=Nation.ENGLAND_AND_WALES, help_text="Whose bank holidays count in its clocks."
    )
    is_active = models.BooleanField(default=True, help_text="A closed agency's machine clients are refused.")

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=Q(is_active=True) | ~Q(kind=OrganisationKind.FORCE), name="organisation_force_never_closed"),
        )

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
    temporary_until = models.DateTimeField(null=True, blank=True, help_text="When a temporary password runs out; empty: it is none.")
    is_service = models.BooleanField(default=False, help_text="Not a person: a machine client acts as this account. It never signs in.")

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = UserManager.from_queryset(UserQuerySet)()

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_no_superuser"),
            models.CheckConstraint(
                condition=Q(is_service=False) | Q(password__startswith="!"),  # noqa: S106 - what Django stores for none
                name="user_service_without_password",
            ),
            models.CheckConstraint(condition=Q(is_service=False) | Q(unit=None), name="user_service_in_no_unit"),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def display_name(self) -> str:
        """Rank, collar number and surname, as officers name each other; a service account is named as one."""
        if self.is_service:
            return f"{self.last_name} (machine client)"
        parts = [self.rank, self.collar_number, self.last_name]
        return " ".join(part for part in parts if part) or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds; asked of the database once for each request."""
        return frozenset(Role(group.name) for group in self.groups.all() if group.name in Role.values)

    @property
    def role_labels(self) -> list[str]:
        """The roles in words, in the order of the alphabet."""
        return sorted(str(role.label) for role in self.roles)

    @property
    def is_password_over(self) -> bool:
        """Whether the password was a temporary one that nobody changed in time."""
        return self.temporary_until is not None and self.temporary_until <= now()

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


class Authenticator(TOTPDevice):
    """An authenticator app of a person. Its seed is kept encrypted: whoever reads the database alone makes no codes."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The seed. Raises InvalidToken where the server's key is another one since."""
        return cipher_for(SEEDS).decrypt(self.key.encode())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; a seed that the library drew just now is encrypted first."""
        if self._state.adding:
            self.key = cipher_for(SEEDS).encrypt(unhexlify(self.key)).decode()
        super().save(*args, **kwargs)

    def verify_token(self, token: str) -> bool:
        """Say whether the app shows this code now; one whose seed cannot be read accepts none.

        Only while it is connected the codes beside it count too: what is learned of its clock then holds from then on.
        """
        self.tolerance = 0 if self.confirmed else 1
        try:
            return bool(super().verify_token(token))
        except InvalidToken:
            log.warning("The seed of an authenticator app cannot be read: SECRET_KEY is another one since.")
            return False


class ApiClient(AbstractApplication):
    """A program of an agency that calls the API, let in by one force, acting as a service account of the agency.

    Only the client-credentials grant exists: what other grants need has no column. Secrets are random and long, so their
    digests are kept; none is kept in clear. During a rotation the old secret works until `previous_until`.
    """

    client_type = AbstractApplication.CLIENT_CONFIDENTIAL
    authorization_grant_type = AbstractApplication.GRANT_CLIENT_CREDENTIALS
    client_secret = hash_client_secret = redirect_uris = post_logout_redirect_uris = allowed_origins = None
    skip_authorization = algorithm = registration_source = cimd_expires_at = None

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="api_client", help_text="The service account.")
    force = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_clients", help_text="Who lets it in.")
    name = models.CharField(max_length=100)
    contact = models.CharField(max_length=200, help_text="Whom to reach at the agency, and how.")
    scopes = ArrayField(models.CharField(max_length=30, choices=ApiScope))
    networks = ArrayField(models.CharField(max_length=43), default=list, help_text="From which it may call; empty: from none.")
    any_network = models.BooleanField(default=False, help_text="It may call from anywhere; somebody decided so.")
    ends_on = models.DateField(help_text="Last day on which it is let in.")
    secret_digest = models.CharField(max_length=64)
    secret_made_at = models.DateTimeField()
    previous_digest = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    suspended_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    read_permission: ClassVar[Perm] = Perm.MANAGE_USERS
    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "machine client"
        constraints = (
            models.UniqueConstraint(fields=["force", "name"], name="apiclient_name_once_in_a_force"),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="apiclient_has_a_scope"),
            models.CheckConstraint(condition=Q(any_network=False) | Q(networks=[]), name="apiclient_any_or_listed_networks"),
            models.CheckConstraint(
                condition=Q(previous_digest="", previous_until=None) | (~Q(previous_digest="") & Q(previous_until__isnull=False)),
                name="apiclient_previous_secret_has_an_end",
            ),
        )

    def __str__(self) -> str:
        return self.client_id

    @property
    def agency(self) -> Organisation:
        """To whom it belongs."""
        return self.user.organisation

    @property
    def state(self) -> str:
        """Where it stands now: revoked, suspended, ended, agency closed or in force."""
        if self.revoked_at or not self.user.is_active:
            return "revoked"
        if self.suspended_at:
            return "suspended"
        if localdate() > self.ends_on:
            return "ended"
        return "in force" if self.agency.is_active else "agency closed"

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in words."""
        return [str(ApiScope(scope).label) for scope in self.scopes]

    @property
    def is_previous_live(self) -> bool:
        """Whether the secret before the present one still works."""
        return bool(self.previous_until and self.previous_until > now())

    def get_absolute_url(self) -> str:
        """Return nothing to go to: the library would name a page that is not routed."""
        return ""


class KeptAnswer(models.Model):
    """What a client was answered to an act, so that the same act sent again is not done again."""

    KEPT_FOR: ClassVar[timedelta] = timedelta(hours=24)

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="kept_answers")
    key = models.CharField(max_length=100, help_text="Chosen by the client, in the header Idempotency-Key.")
    digest = models.CharField(max_length=64, help_text="Of the address and the body.")
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["client", "key"], name="keptanswer_key_once_for_a_client"),)
        indexes = (models.Index(fields=["made_at"], name="keptanswer_by_age"),)

    def __str__(self) -> str:
        return f"Answer {self.pk}"


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
auditlog.register(ApiClient, exclude_fields=["secret_digest", "previous_digest", "last_used_at", "updated"])
auditlog.register(Delegation)
