"""Orders of courts with their variations, breaches with each decision, and the journeys that the person notified (tier 2)."""

from datetime import date, datetime, time
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import make_aware

from accounts.permissions import Perm
from offenders.choices.registration import BreachOf, BreachState, OrderKind
from offenders.models.nominal import Nominal, NominalPart
from offenders.models.registration import NotificationDuty, RegistrationPart


class CourtOrder(RegistrationPart):
    """An order of a court. Its prohibitions are conditions (tier 1), so that they stand on the card while in force."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="court_orders")
    kind = models.CharField(max_length=20, choices=OrderKind)
    court = models.CharField(max_length=120)
    court_reference = models.CharField(max_length=40, blank=True)
    made_on = models.DateField()
    starts_on = models.DateField(help_text="First day in force.")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day in force; empty: until further order.")
    imposes_notification = models.BooleanField(default=False)
    discharged_on = models.DateField(null=True, blank=True)
    discharge_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="order_ends_after_start"),
            models.CheckConstraint(condition=Q(starts_on__gte=F("made_on")), name="order_in_force_once_made"),
            models.CheckConstraint(condition=Q(kind__in=OrderKind.values), name="order_kind_known"),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True, discharge_reason="")
                | (Q(discharged_on__gte=F("made_on")) & ~Q(discharge_reason="")),
                name="order_discharged_wholly",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.made_on:%d/%m/%Y}"

    @property
    def last_day(self) -> date | None:
        """The last day in force, an earlier discharge considered; None: until further order."""
        return min((day for day in (self.ends_on, self.discharged_on) if day), default=None)

    def is_in_force(self, today: date) -> bool:
        """Whether it binds on this day."""
        return self.starts_on <= today and (self.last_day is None or today <= self.last_day)


class OrderVariation(NominalPart):
    """A change of an order by a court."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="order_variations")
    order = models.ForeignKey(CourtOrder, on_delete=models.CASCADE, related_name="variations")
    varied_on = models.DateField()
    court = models.CharField(max_length=120)
    what_changed = models.TextField()
    ended_on_before = models.DateField(null=True, blank=True)
    ends_on_after = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-varied_on", "-pk")


class Breach(RegistrationPart):
    """A notification requirement or an order that was broken, and where the decision about it stands."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="breaches")
    of = models.CharField(max_length=20, choices=BreachOf)
    duty = models.ForeignKey(NotificationDuty, null=True, blank=True, on_delete=models.CASCADE, related_name="breaches")
    order = models.ForeignKey(CourtOrder, null=True, blank=True, on_delete=models.CASCADE, related_name="breaches")
    what_happened = models.TextField()
    happened_on = models.DateField(null=True, blank=True)
    discovered_on = models.DateField()
    excuse = models.TextField(blank=True, help_text="What the person said, and whether it is a reasonable excuse.")
    state = models.CharField(max_length=20, choices=BreachState, default=BreachState.OPEN)
    state_since = models.DateField(help_text="The day of the latest decision.")

    class Meta:
        ordering = ("-discovered_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(of=BreachOf.ORDER, order__isnull=False, duty__isnull=True)
                | Q(of=BreachOf.NOTIFICATION, order__isnull=True),
                name="breach_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(happened_on__lte=F("discovered_on")), name="breach_discovered_after_it_happened"
            ),
            models.CheckConstraint(condition=Q(state_since__gte=F("discovered_on")), name="breach_decided_after_discovery"),
            models.CheckConstraint(condition=Q(state__in=BreachState.values), name="breach_state_known"),
        )
        indexes = (models.Index(fields=["nominal"], condition=Q(state="open"), name="breach_undecided"),)


class BreachStep(NominalPart):
    """One decision about a breach, with its day: figures of cautions and convictions are drawn from these."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="breach_steps")
    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=BreachState)
    on = models.DateField()
    reason = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("on", "pk")
        indexes = (models.Index(fields=["state", "on"], name="breach_step_by_state"),)


class TravelNotification(RegistrationPart):
    """Foreign travel that the person notified; alerts from the border are compared with it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="travel_notifications")
    notified_at = models.DateTimeField(help_text="Where the time is not known, the last minute of the day.")
    is_notified_time_known = models.BooleanField(default=True)
    leaves_on = models.DateField()
    leaves_time = models.TimeField(null=True, blank=True, help_text="Empty: not known; the first moment of the day counts.")
    returns_on = models.DateField(null=True, blank=True, help_text="Empty: not known.")
    carrier = models.CharField(max_length=120, blank=True)
    port_out = models.CharField(max_length=120)
    port_back = models.CharField(max_length=120, blank=True)
    why_late = models.TextField(blank=True, help_text="Why the plans could not be notified a week ahead, where that was accepted.")
    is_in_time = models.BooleanField()
    explanation = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-leaves_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(returns_on__isnull=True) | Q(returns_on__gte=F("leaves_on")), name="travel_returns_after_leaving"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancel_reason="") | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="travel_cancelled_wholly",
            ),
        )
        indexes = (models.Index(fields=["nominal", "leaves_on"], name="travel_by_leaving"),)

    @property
    def leaves_at(self) -> datetime:
        """The moment of leaving, as far as it is known."""
        return make_aware(datetime.combine(self.leaves_on, self.leaves_time or time.min))


class Journey(NominalPart):
    """One place of a notified journey: where the person stays."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="journeys")
    travel = models.ForeignKey(TravelNotification, on_delete=models.CASCADE, related_name="journeys")
    country = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    arrives_on = models.DateField()
    carrier = models.CharField(max_length=120, blank=True)
    accommodation = models.CharField(max_length=300, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("arrives_on", "pk")


for model in (CourtOrder, Breach, TravelNotification):
    auditlog.register(model, exclude_fields=["version", "explanation", "recorded_at"])
for part in (OrderVariation, BreachStep, Journey):
    auditlog.register(part, exclude_fields=["recorded_at"])
