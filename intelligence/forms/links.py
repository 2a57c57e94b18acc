"""Forms of links and entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intelligence.choices.information import Assessment, Handling, SourceGrade
from intelligence.choices.links import EntityKind, LinkKind
from intelligence.forms.information import EMPTY, VersionForm, WhyForm
from intelligence.models import Entity, InformationReport
from intelligence.rules.links import THINGS
from offenders.forms.base import PlainForm
from offenders.forms.operational import words
from offenders.models import Nominal
from ui.fields import DateField

GRID_HINT = _("Where it has no postcode: NM 1234 5678.")
RECORD, NEW = "record", "new"
BUREAU, READERS = "bureau", "readers"


class WhatForm(PlainForm):
    """What something is linked with: a record, or an entity that is here or new."""

    what = forms.ChoiceField(label=_("What"), choices=[(RECORD, _("A person on record")), *EntityKind.choices], widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Reference, number or name"),
        max_length=150,
        help_text=_("Of a record its reference, like V-000417. Of a telephone, vehicle or online identity the number, mark or name."),
    )
    postcode = forms.CharField(label=_("Postcode of a place"), required=False, max_length=10)
    grid = forms.CharField(label=_("Grid reference of a place"), required=False, max_length=20, help_text=GRID_HINT)

    def __init__(self, *args: Any, known: QuerySet[Nominal], **kwargs: Any):
        """Take the records of which the user may know."""
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self) -> dict[str, Any]:
        """Find the record; hidden and missing are the same."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("what") == RECORD and data.get("name"):
            data["record"] = self.known.filter(reference__iexact=data["name"].strip()).first()
            if data["record"] is None:
                self.add_error("name", gettext("There is no record of this reference that you may know of. Check it"))
        return data

    def offer(self, alike: Iterable[Entity]) -> None:
        """Ask whether it is one of those that are here already."""
        choices = [(str(each.public_id), f"{each.name}{f', {each.postcode}' if each.postcode else ''}") for each in alike]
        self.fields["existing"] = forms.ChoiceField(
            label=_("Is it one of these?"), choices=[*choices, (NEW, _("No, another one"))], widget=forms.RadioSelect, required=True
        )


class SharedForm(PlainForm):
    """Who sees a link."""

    readers = forms.ChoiceField(
        label=_("Who sees this link"),
        choices=[
            (BUREAU, _("The bureau alone")),
            (READERS, _("Readers of the case files concerned too, once every report it rests on is released to them")),
        ],
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Say it as the service takes it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "readers" in data:
            data["is_shared"] = data.pop("readers") == READERS
        return data


class GradeForm(SharedForm):
    """What a link rests on, and how far that can be trusted."""

    evidence = forms.CharField(
        label=_("Report that tells of it"), required=False, max_length=16, help_text=_("Its reference, like IR-000417.")
    )
    basis = forms.CharField(
        label=_("What else it rests on"), required=False, max_length=200, help_text=_("Needed where no report tells of it.")
    )
    grade_source = forms.TypedChoiceField(label=_("Source"), choices=SourceGrade.choices, coerce=int, widget=forms.RadioSelect)
    assessment = forms.ChoiceField(label=_("Assessment"), choices=Assessment.choices, widget=forms.RadioSelect)
    handling = forms.ChoiceField(label=_("Handling"), choices=Handling.choices, widget=forms.RadioSelect)
    conditions = forms.CharField(
        label=_("Conditions"), required=False, max_length=500, widget=words(2), help_text=_("Needed with handling C.")
    )
    since = DateField(label=_("First day, if known"), required=False)
    until = DateField(label=_("Last day, if it has ended"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=words(2))

    def __init__(self, *args: Any, reports: QuerySet[InformationReport], **kwargs: Any):
        """Take the reports that the user may read."""
        super().__init__(*args, **kwargs)
        self.reports = reports

    def clean_evidence(self) -> InformationReport | None:
        """Find the report; hidden and missing are the same."""
        reference = self.cleaned_data["evidence"].strip()
        found = self.reports.filter(reference__iexact=reference).first() if reference else None
        if reference and found is None:
            raise ValidationError(gettext("There is no report of this reference that you may read. Check it"))
        return found


class LinkForm(WhatForm, GradeForm):
    """A new link from a record or an entity."""

    kind = forms.ChoiceField(
        label=_("How they belong together"),
        choices=[("", EMPTY), *((kind.value, kind.label) for kind in LinkKind if kind not in {LinkKind.TELLS_OF, LinkKind.ALIKE})],
    )
    field_order = (
        "what", "name", "postcode", "grid", "existing", "kind", "evidence", "basis", "grade_source", "assessment", "handling", "conditions",
        "since", "until", "note", "readers",
    )  # fmt: skip


class MentionForm(WhatForm, SharedForm):
    """What a report tells of."""

    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=words(2))
    field_order = ("what", "name", "postcode", "grid", "existing", "note", "readers")


class ConfirmForm(GradeForm, VersionForm):
    """Confirming what was suggested."""


class ConfirmMentionForm(SharedForm, VersionForm):
    """Confirming what a report is said to tell of: its grade is the report's."""


class CorrectForm(GradeForm, WhyForm):
    """Changing what a link rests on, its grade or its readers."""


class CorrectMentionForm(SharedForm, WhyForm):
    """Changing who sees what a report tells of."""


class EntityForm(VersionForm):
    """How an entity is called and where it is."""

    name = forms.CharField(label=_("Name"), max_length=150)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    grid = forms.CharField(label=_("Grid reference"), required=False, max_length=20, help_text=GRID_HINT)
    note = forms.CharField(label=_("What is known"), required=False, max_length=2000, widget=words(4))

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        """A number stays as it is; only a place is somewhere."""
        super().__init__(*args, **kwargs)
        for name in {"name"} if kind in THINGS else set():
            del self.fields[name]
        for name in ("postcode", "grid") if kind != EntityKind.PLACE else ():
            del self.fields[name]


class FindEntityForm(PlainForm):
    """Words of an entity's name, or a number."""

    words = forms.CharField(label=_("Name, number, mark or postcode"), max_length=150)


class OneForm(PlainForm):
    """Why two entities are one."""

    reason = forms.CharField(label=_("Why they are one and the same"), max_length=500, widget=words(3))


class ApartForm(PlainForm):
    """Why two entities are taken apart."""

    reason = forms.CharField(label=_("Why they are two after all"), max_length=500, widget=words(3))
