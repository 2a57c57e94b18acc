"""Forms of prosecutions and their unused material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.permissions import Perm
from disclosure.choices.prosecutions import (
    Answer,
    Decision,
    Direction,
    Examined,
    LineState,
    Notice,
    Outcome,
    Recipient,
    ReviewKind,
    Ruling,
    ScheduleKind,
)
from disclosure.models import UnusedItem
from disclosure.reports.prosecutions import Things, grounds
from intelligence.forms.information import EMPTY, VersionForm
from intelligence.reports.tasking import records_by_reference
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.forms.visits import OfficerField
from offenders.models import Nominal
from ui.fields import DateField
from ui.languages import StrOrPromise

CHOICES = (("yes", _("Yes")), ("no", _("No")))
LATE = _("Only where it is late.")


def yes_no(label: StrOrPromise, **more: Any) -> forms.TypedChoiceField:
    """Return a question that is answered by yes or no, with nothing chosen before."""
    return forms.TypedChoiceField(label=label, choices=CHOICES, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **more)


def choice(label: StrOrPromise, choices: Any, **more: Any) -> forms.ChoiceField:
    """Return a question with a few answers, with nothing chosen before."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class ItemsField(forms.ModelMultipleChoiceField):
    """Items of a case, by their descriptions."""

    def __init__(self, **more: Any):
        super().__init__(UnusedItem.objects.none(), widget=forms.CheckboxSelectMultiple, **more)

    def label_from_instance(self, item: UnusedItem) -> str:
        """Return what the list calls it."""
        return item.description


class SureField(forms.BooleanField):
    """A tick that lets a description through which a rule warned of."""

    def __init__(self) -> None:
        super().__init__(
            label=_("I have read the description again: it says enough, and tells nothing sensitive"), required=False,
            help_text=_("Needed only after a warning."),
        )  # fmt: skip


class ProsecutionForm(PlainForm):
    """Who is prosecuted for what, and who works on it."""

    nominal = forms.CharField(
        label=_("Reference of the record"),
        required=False,
        max_length=20,
        help_text=_("Like V-000417. Empty: the defendant has no record here."),
    )
    defendant = forms.CharField(label=_("Defendant"), max_length=150, help_text=_("The name as it stands on the charge."))
    offence = forms.CharField(label=_("Offence"), max_length=300)
    urn = forms.CharField(label=_("URN"), max_length=20, required=False, help_text=_("The force's unique reference number of the case."))
    charged_on = DateField(
        label=_("Day of the charge"), required=False, not_in_future=True, help_text=_("The law on unused material begins with it.")
    )
    court = forms.CharField(label=_("Court"), max_length=150, required=False)
    unit = forms.ModelChoiceField(queryset=None, label=_("Unit"), empty_label=EMPTY)
    officer = OfficerField(User.objects.none(), label=_("Officer in the case"), empty_label=EMPTY)
    disclosure_officer = OfficerField(User.objects.none(), label=_("Disclosure officer"), empty_label=EMPTY)
    deputy = OfficerField(User.objects.none(), label=_("Deputy disclosure officer"), empty_label=_("Nobody"), required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer units and officers of the actor's force."""
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["unit"].queryset = Unit.objects.for_user(actor, Perm.SCHEDULE_MATERIAL)  # type: ignore[attr-defined]
        for name in ("officer", "disclosure_officer", "deputy"):
            self.fields[name].queryset = User.objects.colleagues_of(actor)  # type: ignore[attr-defined]

    def clean_nominal(self) -> Nominal | None:
        """Find the record; hidden and missing are the same."""
        if not (reference := self.cleaned_data["nominal"].strip()):
            return None
        found, _ = records_by_reference(self.actor, [reference])
        if not found:
            raise ValidationError(gettext("There is no such record that you may read. Check the reference"))
        return found[0]


class ChangeProsecutionForm(ProsecutionForm):
    """The same for one that is open."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DescriptionForm(PlainForm):
    """What an item is."""

    description = forms.CharField(
        label=_("Description"), max_length=500, widget=words(3),
        help_text=_("Fit to be shown to the defence: what it is, from whom, of when. Nothing of what is sensitive in it."),
    )  # fmt: skip
    what = forms.CharField(label=_("What it is"), max_length=3000, widget=words(3), help_text=_("For the team and the prosecutor."))
    kept_at = forms.CharField(label=_("Where it is kept"), max_length=200)


class ItemForm(DescriptionForm):
    """A new item."""

    is_sensitive = yes_no(_("Is it sensitive?"), help_text=_("Yes: it would harm the public interest to disclose it."))
    is_sure = SureField()


class OpenItemForm(DescriptionForm):
    """A new item of whoever sees no sensitive material."""

    is_sure = SureField()


class ChangeItemForm(DescriptionForm):
    """Other words for an item."""

    is_sure = SureField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssessForm(VersionForm):
    """A look at an item."""

    examined = choice(_("How it was examined"), Examined.choices)
    examined_by = OfficerField(User.objects.none(), label=_("By whom"), empty_label=EMPTY, required=False)
    examined_on = DateField(label=_("On"), required=False, not_in_future=True)
    not_examined_why = forms.CharField(label=_("Why it was not examined"), max_length=500, required=False, widget=words(2))
    relevant = choice(_("Is it relevant to the case?"), Answer.choices)
    relevant_why = forms.CharField(label=_("Why it is or is not relevant"), max_length=500, required=False, widget=words(2))
    undermines = choice(_("Might it undermine the prosecution?"), Answer.choices)
    undermines_why = forms.CharField(label=_("Reasons about undermining"), max_length=3000, required=False, widget=words(2))
    assists = choice(_("Might it assist the accused?"), Answer.choices)
    assists_why = forms.CharField(label=_("Reasons about assisting"), max_length=3000, required=False, widget=words(2))
    is_sensitive = yes_no(_("Is it sensitive?"))
    ground = forms.ChoiceField(label=_("Ground"), required=False, help_text=_("Where it is sensitive."))
    sensitive_why = forms.CharField(label=_("Why it is sensitive"), max_length=3000, required=False, widget=words(2))
    in_part = forms.CharField(label=_("How it could be shown in part"), max_length=3000, required=False, widget=words(2))
    decision = choice(_("What becomes of it"), [("", _("Not decided yet")), *Decision.choices], required=False)
    is_sure = SureField()
    field_order = (
        "examined", "examined_by", "examined_on", "not_examined_why", "relevant", "relevant_why", "undermines", "undermines_why", "assists",
        "assists_why", "is_sensitive", "ground", "sensitive_why", "in_part", "decision", "is_sure", "version",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, **kwargs: Any):
        """Offer colleagues and the grounds of today."""
        super().__init__(*args, **kwargs)
        self.fields["examined_by"].queryset = User.objects.colleagues_of(actor)  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", EMPTY), *((row.code, row.name) for row in grounds())]  # type: ignore[attr-defined]


class DiscloseForm(VersionForm):
    """That an item was disclosed."""

    disclosed_on = DateField(label=_("Disclosed on"), not_in_future=True)
    disclosed_how = forms.CharField(label=_("How"), max_length=300, help_text=_("To whom, in which form."))
    field_order = ("disclosed_on", "disclosed_how", "version")


class LinkForm(PlainForm):
    """Which thing of the record an item is."""

    thing = forms.ChoiceField(
        label=_("What is held"), help_text=_("Whoever may not open it reads that there is something they may not open.")
    )

    def __init__(self, *args: Any, things: Things, **kwargs: Any):
        """Offer what the actor may open."""
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", EMPTY), *((f"{kind}:{key}", label) for (kind, key), label in things.items())]  # type: ignore[attr-defined]


class LineForm(PlainForm):
    """A line of enquiry."""

    direction = choice(_("Where it points"), Direction.choices)
    what = forms.CharField(label=_("Line of enquiry"), max_length=3000, widget=words(3))
    why = forms.CharField(label=_("Why it is reasonable"), max_length=3000, widget=words(2))
    owner = OfficerField(User.objects.none(), label=_("Who follows it"), empty_label=EMPTY)
    due_on = DateField(label=_("Until"))
    items = ItemsField(label=_("Items of unused material that it is about"), required=False)

    def __init__(self, *args: Any, actor: User, items: QuerySet[UnusedItem], **kwargs: Any):
        """Offer colleagues, and items that the actor sees."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.colleagues_of(actor)  # type: ignore[attr-defined]
        self.fields["items"].queryset = items  # type: ignore[attr-defined]


class ChangeLineForm(LineForm):
    """Where a line of enquiry stands."""

    state = choice(_("Where it stands"), LineState.choices)
    result = forms.CharField(
        label=_("What came of it"), max_length=3000, required=False, widget=words(3), help_text=_("Or why it is not pursued.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(VersionForm):
    """A review of all material, or something that reopens it."""

    kind = choice(_("What led to it"), ReviewKind.choices, help_text=_("A defence statement or a new issue opens every item again."))
    late_reason = forms.CharField(label=_("Why the review was late"), max_length=500, required=False, widget=words(2), help_text=LATE)
    words = forms.CharField(label=_("What was looked at, or what it changes"), max_length=5000, widget=words(4))
    field_order = ("kind", "words", "late_reason", "version")


class IssueForm(VersionForm):
    """Which schedule is issued."""

    kind = choice(_("Schedule"), ScheduleKind.choices)
    is_certified = forms.BooleanField(label=_("I certify what stands below"), required=False)
    late_reason = forms.CharField(label=_("Why the schedules were late"), max_length=500, required=False, widget=words(2), help_text=LATE)
    field_order = ("kind", "is_certified", "late_reason", "version")


class CopyForm(PlainForm):
    """Who gets a copy."""

    recipient = choice(_("Who gets it"), Recipient.choices)
    given_to = forms.CharField(label=_("Name or post, and office"), max_length=150)
    given_on = DateField(label=_("Given on"), not_in_future=True)


class CourtForm(VersionForm):
    """What the prosecutor asked the court."""

    notice = choice(_("What the defence is told"), Notice.choices)
    prosecutor = forms.CharField(label=_("Prosecutor"), max_length=150)
    items = ItemsField(label=_("Items"))
    grounds = forms.CharField(label=_("Grounds"), max_length=5000, widget=words(4))
    made_on = DateField(label=_("Made on"), not_in_future=True)
    hearing_on = DateField(label=_("Hearing on"), required=False)
    court = forms.CharField(label=_("Court"), max_length=150)
    field_order = ("notice", "prosecutor", "items", "grounds", "made_on", "hearing_on", "court", "version")

    def __init__(self, *args: Any, items: QuerySet[UnusedItem], **kwargs: Any):
        """Offer the sensitive items."""
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]


class RulingForm(VersionForm):
    """What the court ruled."""

    ruling = choice(
        _("Ruling"), Ruling.choices, help_text=_("An item that must be disclosed is open to everybody in the case from then on.")
    )
    ruled_on = DateField(label=_("Ruled on"), not_in_future=True)
    court = forms.CharField(label=_("Court"), max_length=150)
    ruling_words = forms.CharField(label=_("What the court said"), max_length=5000, widget=words(4))
    is_sure = SureField()
    field_order = ("ruling", "ruled_on", "court", "ruling_words", "is_sure", "version")


class FinishForm(VersionForm):
    """How a prosecution ended."""

    outcome = choice(_("How it ended"), Outcome.choices)
    outcome_words = forms.CharField(label=_("In words"), max_length=500, widget=words(2), help_text=_("Sentence, order or reason."))
    field_order = ("outcome", "outcome_words", "version")
