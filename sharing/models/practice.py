"""What sharing goes by, for periods of days: the powers, who decides, and what the media are told whatever the case."""

from auditlog.registry import auditlog
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q

from intelligence.models.practice import STARTS, Dated
from sharing.choices.decisions import Authority
from sharing.rules.authority import CIRCUMSTANCES
from ui.languages import StrOrPromise


class Power(Dated):
    """A law under which information may be shared."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    allows = models.TextField(help_text="What it is for, in plain words.")

    class Meta:
        ordering = ("name", "-period")
        constraints = (
            ExclusionConstraint(
                name="powers_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="power_starts"),
            models.CheckConstraint(condition=~Q(name=""), name="power_named"),
        )


class AuthorityRule(Dated):
    """Who decides to share in a circumstance (a code of sharing.rules.authority). Nobody decides what they wrote themselves."""

    circumstance = models.SlugField(max_length=40)
    authority = models.CharField(max_length=25, choices=Authority)
    ranks = ArrayField(models.CharField(max_length=30), default=list, blank=True, help_text="Empty: any rank in that role.")
    is_delegable = models.BooleanField(default=False)
    is_in_minutes = models.BooleanField(default=False, help_text="The decision stands in the minutes of a meeting.")
    needs_press_office = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=True, help_text="False: to be confirmed by the force.")

    class Meta:
        ordering = ("circumstance", "-period")
        constraints = (
            ExclusionConstraint(
                name="authority_rules_do_not_overlap",
                expressions=[("circumstance", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=STARTS, name="authority_rule_starts"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="authority_rule_known"),
        )

    @property
    def circumstance_words(self) -> StrOrPromise:
        """In which circumstance it counts, in words."""
        return CIRCUMSTANCES.get(self.circumstance, self.circumstance)


class MediaLine(Dated):
    """A message for the media that names nobody."""

    code = models.SlugField(max_length=30)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = (
            ExclusionConstraint(
                name="media_lines_do_not_overlap", expressions=[("code", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(condition=STARTS, name="media_line_starts"),
            models.CheckConstraint(condition=~Q(words=""), name="media_line_says_something"),
        )


for model in (Power, AuthorityRule, MediaLine):
    auditlog.register(model)
