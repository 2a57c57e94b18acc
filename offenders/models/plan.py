"""The risk management plan in its four parts, what others are asked to do under it, and what they report (tier 2)."""

import uuid
from typing import Any, ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from actions.models import Action
from offenders.choices.risk import PlanPart, RepeatUnit, SignOff
from offenders.models.nominal import Nominal, NominalPart
from offenders.models.risk import SignedPart
from offenders.rules.risk import BEING_WRITTEN

EVERY = {
    RepeatUnit.DAYS: (_("Every day"), _("Every %(number)s days")),
    RepeatUnit.WEEKS: (_("Every week"), _("Every %(number)s weeks")),
}


class RiskPlan(SignedPart):
    """One version of the plan. Another version is another row; the approved one holds until the next is approved."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="risk_plans")
    number = models.PositiveSmallIntegerField()
    supervision = models.TextField(blank=True)
    monitoring = models.TextField(blank=True)
    interventions = models.TextField(blank=True)
    victim_safety = models.TextField(blank=True, help_text="Without anybody's name: what concerns victims is confidential.")
    review_on = models.DateField(null=True, blank=True)

    class Meta(SignedPart.Meta):
        ordering = ("-number",)
        constraints = (
            *SignedPart.Meta.constraints,
            models.UniqueConstraint(fields=["nominal", "number"], name="risk_plan_number_once"),
            models.UniqueConstraint(
                fields=["nominal"], condition=Q(state__in=[*BEING_WRITTEN, SignOff.SUBMITTED]), name="risk_plan_one_at_work"
            ),
            models.UniqueConstraint(fields=["nominal"], condition=Q(state=SignOff.APPROVED), name="risk_plan_one_approved"),
        )
        indexes = (models.Index(fields=["submitted_at"], condition=Q(state=SignOff.SUBMITTED), name="risk_plan_waiting"),)

    def content(self) -> dict[str, Any]:
        """Return what an approval covers."""
        return {part.value: getattr(self, part.value) for part in PlanPart} | {"review_on": str(self.review_on or "")}

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each part's name with what the plan says."""
        return [(str(part.label), getattr(self, part.value)) for part in PlanPart]


class PlanAction(NominalPart):
    """Something that an officer, a unit or a partner is asked to do under the plan, once or again and again.

    Each turn is an action of its own with this row as its subject. `what` is read by people without the case file.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="plan_actions")
    part = models.CharField(max_length=20, choices=PlanPart)
    what = models.CharField(max_length=500)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField(max_length=120, blank=True, help_text="An agency; the offender manager asks it and reports for it.")
    due_on = models.DateField()
    every = models.PositiveSmallIntegerField(null=True, blank=True)
    every_unit = models.CharField(max_length=5, choices=RepeatUnit, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(officer__isnull=False, unit__isnull=True, partner="")
                | Q(officer__isnull=True, unit__isnull=False, partner="")
                | (Q(officer__isnull=True, unit__isnull=True) & ~Q(partner="")),
                name="plan_action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(every__isnull=True, every_unit="") | Q(every__gte=1, every_unit__in=RepeatUnit.values),
                name="plan_action_repeats_wholly",
            ),
            models.CheckConstraint(condition=Q(part__in=PlanPart.values), name="plan_action_part_known"),
        )
        indexes = (models.Index(fields=["id"], condition=Q(ended_at__isnull=True), name="plan_action_live"),)

    @property
    def who(self) -> str:
        """Who is asked."""
        if self.officer:
            return self.officer.display_name
        return self.unit.name if self.unit else self.partner

    @property
    def rhythm(self) -> str:
        """How often, in words."""
        if not self.every:
            return gettext("Once")
        one, several = EVERY[RepeatUnit(self.every_unit)]
        return str(one) if self.every == 1 else several % {"number": self.every}


class PlanReport(NominalPart):
    """What somebody who was asked did or saw."""

    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="plan_reports")
    plan_action = models.ForeignKey(PlanAction, on_delete=models.CASCADE, related_name="reports")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(db_default=Now(), editable=False)
    happened_on = models.DateField()
    text = models.TextField()
    is_concern = models.BooleanField(help_text="Something that the offender manager must know now.")
    is_done = models.BooleanField()

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="plan_report_says_something"),)


auditlog.register(RiskPlan, exclude_fields=["version"])
auditlog.register(PlanAction)
auditlog.register(PlanReport)
