"""Numbers have one canonical form and check letters; dates of birth are possible ones."""
from __future__ import annotations

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from offenders.choices import IdentifierKind
from offenders.rules import CHECK_LETTERS, canonical_identifier, check_birth, check_letter, format_identifier, pnc_check_letter

TODAY = date(2026, 11, 24)
YEARS = st.integers(1950, 2020)
SERIALS = st.integers(1, 9_999_999)


@pytest.mark.parametrize(
    ("kind", "typed", "canonical"),
    [
        ("pnc", "1971/0000417H", "1971/0000417H"),
        ("pnc", "71/417H", "1971/0000417H"),
        ("pnc", " 71 / 417 h ", "1971/0000417H"),
        ("pnc", "19710000417h", "1971/0000417H"),
        ("pnc", "２００２/７３３１９Z", "2002/0073319Z"),
        ("cro", "265416/21G", "265416/21G"),
        ("cro", "417/71q", "000417/71Q"),
        ("cro", "sf71/417a", "SF71/000417A"),
        ("prison", "a1234bc", "A1234BC"),
        ("passport", "123 456 789", "123456789"),
        ("passport", "ab-123456", "AB123456"),
        ("visor", " 12/0004417 ", "12/0004417"),
        ("vehicle", "ab12 cde", "AB12CDE"),
        ("phone", "01632 960123", "01632960123"),
        ("phone", "+44 1632 960123", "01632960123"),
        ("phone", "+44 (0)1632 960123", "01632960123"),
        ("phone", "0044 7700 900123", "07700900123"),
        ("phone", "(01632) 960-123", "01632960123"),
        ("phone", "+33 1 23 45 67 89", "+33123456789"),
        ("phone", "0033123456789", "+33123456789"),
    ],
)
def test_numbers_have_one_form(kind: str, typed: str, canonical: str):
    assert canonical_identifier(kind, typed) == canonical
    assert canonical_identifier(kind, format_identifier(kind, canonical)) == canonical


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("pnc", "1971/0000417X", "The check letter of this PNC number does not fit: check each digit"),
        ("pnc", "417", "Enter a PNC number like"),
        ("pnc", "2098/0000417H", "must be in the past"),
        ("pnc", "71/417S", "does not fit"),
        ("cro", "265416/21A", "The check letter of this CRO number does not fit: check each digit"),
        ("cro", "SF/417A", "Enter a CRO number like"),
        ("prison", "1234BC", "Enter a prison number like A1234BC"),
        ("passport", "ABCDEFGH", "Enter a passport number"),
        ("passport", "1" * 13, "Enter a passport number"),
        ("visor", "no", "Enter a national reference"),
        ("visor", "x" * 5000, "Enter a national reference"),
        ("vehicle", "AB12 CDE 99", "Enter a vehicle registration"),
        ("phone", "12", "Enter a telephone number"),
        ("phone", "0" * 11, "Enter a telephone number"),
        ("phone", "٠١٦٣٢٩٦٠١٢٣x", "Enter a telephone number"),
    ],
)
def test_wrong_numbers_say_how_they_should_look(kind: str, typed: str, message: str):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        canonical_identifier(kind, typed)


@given(st.sampled_from(IdentifierKind.values), st.text(max_size=60))
def test_any_text_gives_a_stable_form_or_is_refused(kind: str, text: str):
    try:
        canonical = canonical_identifier(kind, text)
    except ValueError:
        return
    assert canonical_identifier(kind, canonical) == canonical
    assert len(canonical) <= 40


@given(YEARS, SERIALS)
def test_short_and_long_pnc_numbers_are_one(year: int, serial: int):
    letter = pnc_check_letter(year, serial)
    forms = (f"{year}/{serial:07}{letter}", f"{year}/{serial}{letter}", f"{year % 100:02}/{serial}{letter.lower()}")
    assert {canonical_identifier("pnc", form) for form in forms} == {f"{year}/{serial:07}{letter}"}


@given(YEARS, SERIALS, st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(year: int, serial: int, at: int, by: int):
    digits = f"{serial:07}"
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(ValueError, match="check letter"):
        canonical_identifier("pnc", f"{year}/{wrong}{pnc_check_letter(year, serial)}")


@given(st.integers(1, 999_999), st.integers(0, 99), st.sampled_from(CHECK_LETTERS))
def test_cro_numbers_accept_one_letter_of_twenty_three(serial: int, year: int, letter: str):
    fits = letter == check_letter(f"{year:02}", f"{serial:06}")
    try:
        assert canonical_identifier("cro", f"{serial}/{year:02}{letter}") == f"{serial:06}/{year:02}{letter}"
        assert fits
    except ValueError:
        assert not fits


def test_two_digits_of_a_year_mean_the_latest_that_is_not_in_the_future():
    with time_machine.travel(date(2026, 6, 1)):
        assert canonical_identifier("pnc", f"26/1{pnc_check_letter(2026, 1)}")[:4] == "2026"
        assert canonical_identifier("pnc", f"27/1{pnc_check_letter(1927, 1)}")[:4] == "1927"


@pytest.mark.parametrize("birth", [(1971, None, None), (1971, 3, None), (1971, 3, 14), (2024, 2, 29), (1880, 1, 1), (2026, 11, 24)])
def test_possible_births(birth: tuple[int, int | None, int | None]):
    check_birth(*birth, TODAY)


@pytest.mark.parametrize(
    ("birth", "message"),
    [
        ((1971, None, 14), "must include a month"),
        ((1879, 1, 1), "must be in 1880 or later"),
        ((10_000, 1, 1), "must be in 1880 or later"),
        ((1971, 13, 1), "month between 1 and 12"),
        ((1971, 2, 29), "February 1971 has 28 days"),
        ((1971, 1, 0), "January 1971 has 31 days"),
        ((2026, 11, 25), "must be in the past"),
        ((2027, None, None), "must be in the past"),
    ],
)
def test_impossible_births(birth: tuple[int, int | None, int | None], message: str):
    with pytest.raises(ValueError, match=message):
        check_birth(*birth, TODAY)
