"""Forms of minutes: the draft, restricted parts, actions, the chair's decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from offenders.choices import MappaCategory, MappaLevel
from offenders.choices.meetings import DisclosureDecision
from offenders.forms.base import PlainForm
from offenders.forms.meetings import WorkForm, chosen, text_field
from offenders.models import Invitation
from offenders.models.minutes import LEAVES_MAPPA
from ui.fields import DateField
from ui.languages import StrOrPromise

WHY_NOT = _("If it does not apply, say why.")
AGENCY = "agency_"


def part(label: StrOrPromise, rows: int = 5, hint: StrOrPromise = WHY_NOT) -> forms.CharField:
    """Return one part of the minutes; a draft may leave it empty."""
    return text_field(label, rows, 10_000, required=False, help_text=hint)


class MinutesForm(PlainForm):
    """A draft. Everything may wait but what is submitted must be complete."""

    confidentiality_read = forms.BooleanField(label=_("The confidentiality statement was read out"), required=False)
    background = part(_("Background"), 6, _("Facts that the meeting needs. Leave out what stands on the paper already."))
    risk_assessment = part(_("Risk assessment"), 6, _("Who is at risk, of what, how soon, and what raises or lowers it."))
    risk_management_plan = part(
        _("Risk management plan"), 6, _("What will be done about each risk. Add actions with owners and days apart.")
    )
    victim_issues = part(
        _("Victim issues"),
        3,
        _("General words only. Names and addresses belong into a confidential section. If it does not apply, say why."),
    )
    disclosure = forms.ChoiceField(
        label=_("Decision on disclosure"), choices=DisclosureDecision.choices, widget=forms.RadioSelect, required=False
    )
    disclosure_to = part(_("To whom to disclose"), 2, _("When disclosing: who, and what exactly they are told."))
    disclosure_how = part(_("How to disclose"), 2, _("When disclosing: by whom, when, and what the person told must and must not do."))
    disclosure_reasons = part(_("Reasons for the decision on disclosure"), 4, _("Needed for both decisions."))
    human_rights = part(_("Human-rights considerations"), 3)
    diversity = part(_("Diversity considerations"), 3)
    media_strategy = part(_("Media strategy"), 3)
    decided_category = forms.TypedChoiceField(
        label=_("Category"), coerce=int, empty_value=None, required=False, choices=MappaCategory.choices, widget=forms.RadioSelect
    )
    decided_level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[*MappaLevel.choices, (LEAVES_MAPPA, _("Leaves MAPPA"))],
        widget=forms.RadioSelect,
        help_text=_("Takes effect when the chair approves the minutes."),
    )
    level_reasons = part(_("Reasons for the level"), 4, _("Needed, also where nothing changes."))
    next_review_on = DateField(label=_("Next review"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for agency in agencies:
            label = format_lazy(_("Information from {agency}"), agency=agency.name)
            self.fields[f"{AGENCY}{agency.pk}"] = part(label, 4, _("What they told the meeting."))
        names = list(MinutesForm.base_fields)
        self.order_fields([*names[:2], *(f"{AGENCY}{agency.pk}" for agency in agencies), *names[2:]])

    def clean(self) -> dict[str, Any]:
        """Gather what the agencies said."""
        cleaned = super().clean() or {}
        said = {int(name.removeprefix(AGENCY)): cleaned.pop(name) for name in list(cleaned) if name.startswith(AGENCY)}
        return cleaned | {"said": said}


class RestrictedItemForm(PlainForm):
    """A part for named recipients only."""

    text = text_field(_("What is kept apart"), 5, 5000)
    reason = forms.CharField(label=_("Why it is kept from the others"), max_length=500)
    recipients = forms.ModelMultipleChoiceField(
        Invitation.objects.none(), label=_("Who may have it"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("It stands in the copies of these people and in nobody else's. Tick nobody to keep it out of every copy."),
    )  # fmt: skip

    def __init__(self, *args: Any, invitations: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["recipients"].queryset = invitations
        self.fields["recipients"].label_from_instance = lambda invitation: invitation.who


class MeetingActionForm(WorkForm):
    """Who does what by when."""

    text = text_field(_("What must be done"), 3, 1000)
    owner = chosen(_("A colleague"), required=False, empty=_("Nobody: somebody from an agency"))
    agency_owner = forms.ModelChoiceField(
        Invitation.objects.none(), label=_("Or a person of an agency"), required=False, empty_label=_("Nobody"),
        help_text=_("The coordinator is asked to chase it."),
    )  # fmt: skip
    due_on = DateField(label=_("Due on"))

    def __init__(self, *args: Any, invitations: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agency_owner"].queryset = invitations
        self.fields["agency_owner"].label_from_instance = lambda invitation: invitation.who


class OutcomeForm(PlainForm):
    """What came of an action."""

    outcome = text_field(_("What came of it"), 3, 1000)


class ApproveForm(PlainForm):
    """The chair's approval of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(PlainForm):
    """What must change before approval."""

    reason = text_field(_("What must change"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class IssueForm(PlainForm):
    """Nothing to fill in: the page says to whom the copy goes."""
