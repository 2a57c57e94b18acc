"""Rules of the case file for any input."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.rules.case_file import canonical_postcode, is_current, last_of, span

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
POSTCODES = st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", fullmatch=True)


@given(DAYS, DAYS)
def test_a_period_gives_back_its_last_day_and_holds_until_its_end(first, last):
    period = span(first, last)
    assert (period.lower, last_of(period)) == (first, last)
    assert is_current(period, last)
    assert not is_current(period, last + timedelta(days=1))


@given(DAYS, DAYS)
def test_a_period_without_end_holds_for_ever(first, today):
    assert is_current(span(first, None), today)


@given(POSTCODES, st.integers(0, 5))
def test_a_postcode_is_the_same_however_it_is_typed(code, place):
    canonical = canonical_postcode(code)
    assert canonical_postcode(f" {code[:place].lower()} {code[place:]} ") == canonical_postcode(canonical) == canonical
    assert canonical[-4] == " "


@given(st.text(max_size=12))
def test_any_text_is_a_postcode_or_refused(text):
    with suppress(ValueError):
        assert canonical_postcode(text).replace(" ", "").isalnum()


@pytest.mark.parametrize("text", ["", "75001", "NM1", "NM1 2A", "1NM 2AB"])
def test_what_is_no_postcode_is_refused(text):
    with pytest.raises(ValueError, match="full postcode"):
        canonical_postcode(text)
