"""What an assessment or a plan says, in words, and how it differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext

from offenders.cards import and_list
from offenders.choices import AtRisk, RiskLevel
from offenders.choices.risk import AssessmentReason, SignOff
from offenders.models import Assessment, InformationSource, RiskPlan
from offenders.rules.risk import SIGNED, score_words
from ui.templatetags.ui import uk_date

Line = tuple[str, str]


class Difference(NamedTuple):
    """One line of two things side by side."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def source_names() -> dict[str, str]:
    """Return the name of each source in the register, past ones too."""
    return dict(InformationSource.objects.order_by("period").values_list("code", "name"))


def level_words(level: int | None) -> str:
    """Write a level."""
    return str(RiskLevel(level).label) if level else ""


def assessment_lines(row: Assessment, names: Mapping[str, str]) -> list[Line]:
    """Return each line of an assessment under the form on which it was made."""
    scores = [(field.name, score_words(field, row.scores.get(field.code))) for field in row.tool.form]
    return [
        (gettext("Tool"), row.tool.name),
        (gettext("Day of the assessment"), uk_date(row.assessed_on)),
        (gettext("Why"), str(AssessmentReason(row.occasion).label)),
        *scores,
        (gettext("Level that the tool gives"), level_words(row.level_given) or gettext("None")),
        (gettext("Level proposed"), level_words(row.level_proposed)),
        (gettext("Why they differ"), row.difference_reason or gettext("Nothing to explain")),
        (gettext("To whom"), and_list([str(AtRisk(who).label) for who in row.at_risk])),
        (gettext("Reasons"), row.rationale),
        (gettext("Drawn on"), and_list([names.get(code, code) for code in row.sources])),
    ]


def plan_lines(row: RiskPlan) -> list[Line]:
    """Return each line of a plan."""
    return [*row.parts, (gettext("Review on"), uk_date(row.review_on))]


def compare(before: Iterable[Line] | None, after: Iterable[Line]) -> list[Difference]:
    """Put two sets of lines side by side; without an earlier one everything is new."""
    earlier = dict(before or ())
    return [Difference(label, earlier.get(label, ""), words) for label, words in after]


def previous_assessment(row: Assessment) -> Assessment | None:
    """Return the last one that was approved with the same tool before this one."""
    rows = Assessment.objects.filter(nominal=row.nominal_id, tool__code=row.tool.code, state__in=SIGNED).exclude(pk=row.pk)
    return rows.select_related("tool", "author", "decided_by").order_by("-decided_at").first()


def previous_plan(row: RiskPlan) -> RiskPlan | None:
    """Return the version that was approved last before this one."""
    rows = RiskPlan.objects.filter(nominal=row.nominal_id, state__in=[SignOff.APPROVED, SignOff.SUPERSEDED], number__lt=row.number)
    return rows.select_related("author", "decided_by").order_by("-number").first()
