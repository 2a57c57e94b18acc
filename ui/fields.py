"""Dates as people know them: whole ones, and ones of which only the year or month is known."""

import calendar
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dates
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ui.languages import Language
from ui.widgets import PARTS, DateParts

EARLIEST_YEAR = 1850
WORDS = {"day": _("day"), "month": _("month"), "year": _("year")}


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its name, whole or short, in English or Welsh."""
    known = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
    with override(Language.WELSH):
        return known | {str(name).lower(): number for number, name in dates.MONTHS.items()}


class PartialDate(NamedTuple):
    """A date of which the month, or the day, may be unknown. Equal to the plain tuple (year, month, day)."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)


class PartialDateField(forms.Field):
    """Gives a PartialDate; a year is enough."""

    widget = DateParts
    required_parts: tuple[str, ...] = ("year",)

    def __init__(self, *, not_in_future: bool = False, **kwargs: Any) -> None:
        """Take Django's field options, and whether a day after today is refused."""
        self.not_in_future = not_in_future
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Turn what was typed into a date, or say which box is wrong and how."""
        if not value or isinstance(value, tuple | date):
            return value or None
        self._refuse_missing(value)
        numbers = {part: self._number(part, value[part]) for part in PARTS if value[part]}
        partial = self._refuse_impossible(numbers)
        if self.not_in_future and partial.first_day > localdate():
            self._fail(_("%(label)s must be today or in the past"), PARTS)
        return self._result(partial)

    def _refuse_missing(self, value: dict[str, str]) -> None:
        needed = {*self.required_parts, *(["month"] if value["day"] else [])}
        missing = [part for part in PARTS if part in needed and not value[part]]
        if missing:
            names = gettext(" and ").join(str(WORDS[part]) for part in missing)
            self._fail(_("%(label)s must include a %(missing)s"), missing, missing=names)

    def _number(self, part: str, text: str) -> int:
        if part == "month" and text.lower() in months():
            return months()[text.lower()]
        if not (text.isascii() and text.isdigit()):
            self._fail(_("%(label)s must have a %(part)s written in numbers"), [part], part=str(WORDS[part]))
        if part == "year" and len(text) != 4:
            self._fail(_("%(label)s must have a year of 4 numbers, like 1971"), [part])
        return int(text[-5:])

    def _refuse_impossible(self, numbers: dict[str, int]) -> PartialDate:
        partial = PartialDate(numbers["year"], numbers.get("month"), numbers.get("day"))
        if partial.year < EARLIEST_YEAR:
            self._fail(_("%(label)s must be in %(year)s or later"), ["year"], year=EARLIEST_YEAR)
        if partial.month is not None and not 1 <= partial.month <= 12:
            self._fail(_("%(label)s must have a month between 1 and 12"), ["month"])
        if partial.day is not None and partial.month is not None:
            self._refuse_impossible_day(partial.year, partial.month, partial.day)
        return partial

    def _refuse_impossible_day(self, year: int, month: int, day: int) -> None:
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            in_words = {"month": str(dates.MONTHS[month]), "year": year, "days": last}
            self._fail(_("%(label)s must be a real date: %(month)s %(year)s has %(days)s days"), ["day"], **in_words)

    def _result(self, partial: PartialDate) -> Any:
        return partial

    def _fail(self, problem: Any, parts: Iterable[str], **words: Any) -> NoReturn:
        raise ValidationError(problem, code="invalid", params={"label": self.label or _("The date"), "parts": tuple(parts), **words})


class DateField(PartialDateField):
    """Gives a date; day, month and year are all needed."""

    required_parts = PARTS

    def _result(self, partial: PartialDate) -> date:
        return partial.first_day


class ClockField(forms.TimeField):
    """Gives a time of day, typed as people write it: 14:30, 1430, 2:30pm, 2pm."""

    formats = ("%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p")

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        """Take Django's field options; the label stands in the words about a wrong time."""
        widget = forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"})
        errors = {"invalid": format_lazy(_("{label} must be a time, like 14:30 or 2:30pm"), label=label)}
        super().__init__(label=label, input_formats=self.formats, widget=widget, error_messages=errors, **kwargs)


class LanguageField(forms.TypedChoiceField):
    """Asks in which language letters are written; English where nothing is said."""

    def __init__(self) -> None:
        """Offer the languages that the service knows."""
        words = {"label": _("Language of letters"), "help_text": _("The one in which they asked to be written to.")}
        choices = {"choices": Language.choices, "initial": Language.ENGLISH, "empty_value": Language.ENGLISH.value}
        super().__init__(required=False, **words, **choices)
