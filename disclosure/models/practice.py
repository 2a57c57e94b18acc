"""What disclosure goes by, for periods of days: grounds for holding back, and words that are always the same."""

from auditlog.registry import auditlog
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from disclosure.choices.grounds import Law
from intelligence.models.practice import STARTS, Dated


class Ground(Dated):
    """A ground in law for holding something back: an exemption, a reason of refusal, a reason why material is sensitive."""

    law = models.CharField(max_length=20, choices=Law)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    section = models.CharField(max_length=100, help_text="Where in the law it stands.")
    explains = models.TextField(help_text="When it holds, in plain words.")
    told_as = models.TextField(blank=True, help_text="What whoever asked reads; empty: that something was held back.")
    name_welsh = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="For letters in Welsh; empty: the English words.",
    )  # fmt: skip
    section_welsh = models.CharField(max_length=100, blank=True, default="", db_default="", help_text="The same; empty: the English words.")
    told_as_welsh = models.TextField(blank=True, default="", db_default="", help_text="The same; empty: the English words.")
    needs_test = models.BooleanField(default=False, help_text="The public interest is weighed before it is used.")

    class Meta:
        ordering = ("law", "name", "-period")
        constraints = (
            ExclusionConstraint(
                name="disclosure_grounds_do_not_overlap",
                expressions=[("law", RangeOperators.EQUAL), ("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=STARTS, name="disclosure_ground_starts"),
            models.CheckConstraint(condition=Q(law__in=Law.values), name="disclosure_ground_of_a_known_law"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(explains=""), name="disclosure_ground_explained"),
        )


class StandardText(Dated):
    """Words that whoever asks reads, the same for everybody (a code such as domestic-neutral)."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ("name", "-period")
        constraints = (
            ExclusionConstraint(
                name="standard_texts_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="standard_text_starts"),
            models.CheckConstraint(condition=~Q(text=""), name="standard_text_says_something"),
        )


class SmallNumber(Dated):
    """Below which number a figure does not leave the force."""

    least = models.PositiveSmallIntegerField(help_text="The smallest number that is shown.")

    class Meta:
        ordering = ("-period",)
        constraints = (
            ExclusionConstraint(name="small_numbers_do_not_overlap", expressions=[("period", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(condition=STARTS, name="small_number_starts"),
            models.CheckConstraint(condition=Q(least__gte=1), name="small_number_counts"),
        )


for model in (Ground, SmallNumber, StandardText):
    auditlog.register(model)
