"""Forms of what whoever meets the person must know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from offenders.choices import AtRisk, ConditionKind, MappaCategory, MappaLevel, RiskLevel, WarningKind
from offenders.forms.base import PlainForm
from ui.fields import DateField

NO_MAPPA = (0, _("Not under MAPPA"))


def words(rows: int) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class FactsForm(PlainForm):
    """The words of the operational card."""

    on_encounter = forms.CharField(
        label=_("What to do on meeting this person"),
        required=False,
        max_length=500,
        widget=words(4),
        help_text=_("At most 4 lines, verbs first, 120 characters each. For example: Double-crew. Do not leave alone with any child."),
    )
    modus_operandi = forms.CharField(
        label=_("How this person offends"), required=False, max_length=250, widget=words(3), help_text=_("Neutral words. No victim's name.")
    )
    risk_factors = forms.CharField(
        label=_("What raises the risk"),
        required=False,
        max_length=150,
        widget=words(2),
        help_text=_("For example drinking, losing work, a new relationship."),
    )
    people_at_risk = forms.CharField(
        label=_("People at risk"),
        required=False,
        max_length=200,
        widget=words(2),
        help_text=_(
            "A class of people, for example children aged 8 to 12. Never the name of a child or a victim: every officer reads this."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WarningForm(PlainForm):
    """A warning."""

    kind = forms.ChoiceField(label=_("Warning"), choices=WarningKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("A few words: it stands on the card."))


class ConditionForm(PlainForm):
    """A licence condition or a prohibition."""

    kind = forms.ChoiceField(label=_("Where it comes from"), choices=ConditionKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What it says"),
        max_length=300,
        help_text=_("Short enough to read at a door. For example: no unsupervised contact with anyone under 18."),
    )
    starts_on = DateField(label=_("First day"), required=False)
    ends_on = DateField(label=_("Last day"), required=False, help_text=_("Leave empty until further notice."))


class EndConditionForm(PlainForm):
    """When and why a condition ends."""

    ends_on = DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Why it ends"), max_length=500, widget=words(3))


class RiskForm(PlainForm):
    """A level of risk, from a day on."""

    level = forms.TypedChoiceField(
        label=_("Level of risk"), coerce=int, choices=[(item.value, item.label) for item in reversed(RiskLevel)], widget=forms.RadioSelect
    )
    at_risk = forms.MultipleChoiceField(
        label=_("To whom"), choices=[(item.value, capfirst(item.label)) for item in AtRisk], widget=forms.CheckboxSelectMultiple
    )
    starts_on = DateField(label=_("First day"), help_text=_("Today, or the earlier day on which it was decided."))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=words(3), help_text=_("The assessment or event behind it."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class MappaForm(PlainForm):
    """MAPPA category and level, from a day on."""

    category = forms.TypedChoiceField(label=_("Category"), coerce=int, choices=[*MappaCategory.choices, NO_MAPPA], widget=forms.RadioSelect)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=[*MappaLevel.choices, NO_MAPPA], widget=forms.RadioSelect)
    starts_on = DateField(label=_("First day"), help_text=_("Today, or the earlier day on which it was decided."))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=words(3), help_text=_("What decided it."))
    is_correction = forms.BooleanField(
        label=_("This corrects a mistake in the record"),
        required=False,
        help_text=_("For supervisors: nobody decided the level that is stored. The reason must say what went wrong."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Turn "not under MAPPA" into nothing."""
        cleaned = super().clean() or {}
        return cleaned | {name: cleaned[name] or None for name in ("category", "level") if name in cleaned}
