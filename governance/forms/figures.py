"""Which figures somebody wants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.rules.figures import name_of, years_until
from offenders.forms.base import PlainForm
from ui.fields import DateField


class FiguresForm(PlainForm):
    """A year, and perhaps another day of it than its last, and what Vigil knew on another day than today."""

    year = forms.TypedChoiceField(label=_("Year, from 1 April to 31 March"), coerce=int)
    as_at = DateField(label=_("As at"), required=False, help_text=_("Empty: the last day of the year, or today while the year runs."))
    known_on = DateField(label=_("As known at the end of"), required=False, help_text=_("Empty: as known now."))

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        """Offer the years until this one."""
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years_until(this_year)


class AskedForm(forms.Form):
    """The same as a page of figures writes it into its own links: the very moment, so that the numbers are the same."""

    year = forms.IntegerField(min_value=2000, max_value=2200)
    on = forms.DateField(input_formats=["%Y-%m-%d"])
    moment = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])


class CellForm(AskedForm):
    """One number of a table."""

    table = forms.SlugField()
    row = forms.SlugField()
    column = forms.SlugField()


class CloseForm(PlainForm):
    """The year that is closed, and that it was checked."""

    year = forms.TypedChoiceField(label=_("Year to close"), coerce=int, empty_value=None)
    checked = forms.BooleanField(label=_("The figures were checked; from now on changes show as adjustments"))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        """Offer the years that are over and not closed."""
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("Choose a year")), *((year, name_of(year)) for year in years)]
