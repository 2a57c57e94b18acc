"""Dates: whole, partial and impossible ones."""

import calendar
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from ui.fields import EARLIEST_YEAR, DateField, PartialDate, PartialDateField

YEARS = st.integers(EARLIEST_YEAR, 2999)


class BirthForm(forms.Form):
    born = PartialDateField(label="Date of birth", required=False)


class VisitForm(forms.Form):
    on = DateField(label="Date of the visit")


def partial_dates():
    days = YEARS.flatmap(lambda year: st.dates(date(year, 1, 1), date(year, 12, 31))).map(lambda day: (day.year, day.month, day.day))
    months = st.tuples(YEARS, st.integers(1, 12), st.none())
    return st.one_of(days, months, st.tuples(YEARS, st.none(), st.none()))


def typed(name, year="", month="", day=""):
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}


@given(partial_dates())
def test_every_partial_date_comes_back_as_it_was_typed(known):
    form = BirthForm(typed("born", *("" if part is None else str(part) for part in known)))

    assert form.is_valid()
    assert form.cleaned_data["born"] == known


@given(partial_dates())
def test_a_stored_partial_date_is_shown_and_counts_as_unchanged(known):
    shown = BirthForm(initial={"born": PartialDate(*known)})
    sent = BirthForm(typed("born", *("" if part is None else str(part) for part in known)), initial={"born": PartialDate(*known)})

    boxes = shown["born"].field.widget.get_context("born", shown["born"].value(), {"id": "id_born"})["widget"]["boxes"]

    assert [box["value"] for box in boxes] == [known[2], known[1], known[0]]
    assert not sent.has_changed()


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_text_in_the_boxes_breaks_the_form(year, month, day):
    form = BirthForm(typed("born", year, month, day))

    form.is_valid()

    born = form.cleaned_data.get("born")
    assert form.errors or born is None or born.first_day


@given(YEARS, st.integers(1, 12))
def test_the_day_after_the_last_of_a_month_is_refused(year, month):
    last = calendar.monthrange(year, month)[1]

    assert VisitForm(typed("on", str(year), str(month), str(last))).is_valid()
    assert not VisitForm(typed("on", str(year), str(month), str(last + 1))).is_valid()


@pytest.mark.parametrize(
    ("year", "month", "day", "message", "parts"),
    [
        ("", "", "", "This field is required.", ()),
        ("", "3", "27", "Date of the visit must include a year", ("year",)),
        ("2026", "", "", "Date of the visit must include a day and month", ("day", "month")),
        ("2026", "2", "30", "Date of the visit must be a real date: February 2026 has 28 days", ("day",)),
        ("2026", "13", "1", "Date of the visit must have a month between 1 and 12", ("month",)),
        ("26", "3", "1", "Date of the visit must have a year of 4 numbers, like 1971", ("year",)),
        ("2026", "3", "first", "Date of the visit must have a day written in numbers", ("day",)),
        ("2026", "٣", "1", "Date of the visit must have a month written in numbers", ("month",)),
        ("0026", "3", "1", "Date of the visit must be in 1850 or later", ("year",)),
        ("2026", "9" * 5000, "1", "Date of the visit must have a month between 1 and 12", ("month",)),
    ],
)
def test_each_mistake_says_what_to_do_and_where(year, month, day, message, parts):
    form = VisitForm(typed("on", year, month, day))

    assert form.errors["on"] == [message]
    assert (form.errors["on"].as_data()[0].params or {}).get("parts", ()) == parts


def test_month_may_be_a_word():
    assert VisitForm(typed("on", "2026", "Mar", "5")).fields["on"].clean({"year": "2026", "month": "march", "day": "05"}) == date(
        2026, 3, 5
    )


def test_a_day_needs_its_month():
    assert BirthForm(typed("born", "1971", "", "5")).errors["born"] == ["Date of birth must include a month"]


def test_day_after_today_is_refused_where_it_cannot_be(time_machine):
    time_machine.move_to("2026-06-15 12:00:00+00:00")
    field = PartialDateField(label="Date of birth", not_in_future=True)

    assert field.clean({"year": "2026", "month": "6", "day": "15"}) == (2026, 6, 15)
    assert field.clean({"year": "2026", "month": "", "day": ""}) == (2026, None, None)
    with pytest.raises(forms.ValidationError, match="Date of birth must be today or in the past"):
        field.clean({"year": "2026", "month": "6", "day": "16"})
