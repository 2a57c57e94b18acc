"""Forms of who the person is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from offenders.choices import IdentifierKind, MarkKind, NameKind, Sex
from offenders.forms.base import PlainForm
from ui.fields import DateField, PartialDateField

SOURCE_HINT = _("For example court register, PNC check, the person.")


def source_field() -> forms.CharField:
    """Where a fact comes from."""
    return forms.CharField(label=_("Where this comes from"), max_length=100, required=False, help_text=SOURCE_HINT)


class NameForm(PlainForm):
    """A name in any script."""

    kind = forms.ChoiceField(
        label=_("Sort of name"),
        choices=NameKind.choices,
        initial=NameKind.ALIAS,
        help_text=_("A new primary name makes the old one a previous name."),
    )
    given_names = forms.CharField(label=_("Given names"), max_length=100, required=False)
    surname = forms.CharField(label=_("Surname or only name"), max_length=100)
    used_from = DateField(label=_("Used from"), required=False)
    used_until = DateField(label=_("Used until"), required=False)
    source = source_field()


class BirthForm(PlainForm):
    """A date of birth, as far as it is known."""

    birth = PartialDateField(label=_("Date of birth"), not_in_future=True, help_text=_("A year is enough."))
    is_primary = forms.BooleanField(label=_("The record goes by this date"), required=False)
    source = source_field()


class IdentifierForm(PlainForm):
    """A number by which a system or paper knows the person."""

    kind = forms.ChoiceField(label=_("Sort of number"), choices=[("", _("Select")), *IdentifierKind.choices])
    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("A PNC or CRO number with its check letter."))
    source = source_field()


class MarkForm(PlainForm):
    """A tattoo, scar or other mark."""

    kind = forms.ChoiceField(label=_("Sort of mark"), choices=[("", _("Select")), *MarkKind.choices])
    place = forms.CharField(label=_("Where on the body"), max_length=60)
    description = forms.CharField(label=_("What it looks like"), max_length=200)
    source = source_field()


class PhotographForm(PlainForm):
    """A picture."""

    upload = forms.FileField(
        label=_("Picture"), max_length=200, help_text=_("JPEG, PNG or WebP, at most 8MB. Everything but the picture itself is removed.")
    )
    taken_on = DateField(label=_("Taken on"), required=False, not_in_future=True)
    source = source_field()


class DescriptionForm(PlainForm):
    """Looks."""

    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices)
    ethnicity = forms.CharField(label=_("Ethnicity"), max_length=60, required=False)
    height_cm = forms.IntegerField(label=_("Height in centimetres"), required=False, min_value=50, max_value=250)
    build = forms.CharField(label=_("Build"), max_length=40, required=False)
    hair = forms.CharField(label=_("Hair"), max_length=60, required=False)
    eyes = forms.CharField(label=_("Eyes"), max_length=40, required=False)
    source = source_field()
