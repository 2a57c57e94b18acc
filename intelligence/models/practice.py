"""What intelligence work goes by, for periods of days: the limit of contacts, what answers suggest, which means need an authority."""

from typing import ClassVar

from auditlog.registry import auditlog
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from actions.querysets import RuleQuerySet
from intelligence.choices.information import Doer
from intelligence.choices.tasking import Means
from intelligence.rules.information import QUESTIONS

STARTS = Q(period__startswith__isnull=False, period__isempty=False)


class Dated(models.Model):
    """A row that holds for a period of days. Rows are never overwritten."""

    period = DateRangeField(help_text="First day on which it holds, up to and without the last.")
    source = models.CharField(max_length=200, help_text="Where it is written.")

    read_permission: ClassVar[Perm] = Perm.VIEW_RULES
    objects = RuleQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ContactLimit(Dated):
    """At which contact within how many days the bureau looks at the relationship with somebody who gives information."""

    contacts = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("-period",)
        constraints = (
            ExclusionConstraint(name="contact_limits_do_not_overlap", expressions=[("period", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(condition=STARTS, name="contact_limit_starts"),
            models.CheckConstraint(condition=Q(contacts__gte=2, days__gte=1), name="contact_limit_counts"),
        )


class Suggestion(Dated):
    """What a yes to one of the six questions suggests to do, and who should do it. The words name nobody."""

    question = models.CharField(max_length=20)
    words = models.CharField(max_length=150)
    doer = models.CharField(max_length=10, choices=Doer)

    class Meta:
        ordering = ("question", "-period")
        constraints = (
            ExclusionConstraint(
                name="suggestions_do_not_overlap", expressions=[("question", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="suggestion_starts"),
            models.CheckConstraint(condition=Q(question__in=list(QUESTIONS), doer__in=Doer.values) & ~Q(words=""), name="suggestion_whole"),
        )

    @property
    def asked(self) -> str:
        """To which question it belongs, in a few words."""
        return QUESTIONS[self.question][1]


class MeansRule(Dated):
    """By which means a tasking needs a written authority."""

    means = ArrayField(models.CharField(max_length=20, choices=Means))

    class Meta:
        ordering = ("-period",)
        constraints = (
            ExclusionConstraint(name="means_rules_do_not_overlap", expressions=[("period", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(condition=STARTS, name="means_rule_starts"),
        )

    @property
    def means_words(self) -> list[str]:
        """The means in words."""
        return [str(Means(each).label) for each in self.means]


for model in (ContactLimit, Suggestion, MeansRule):
    auditlog.register(model)
