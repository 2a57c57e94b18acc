"""Rules of identity: canonical forms and check letters of the numbers people are known by, and possible dates of birth."""
from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django.utils.dates import MONTHS
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop

from offenders.choices import IdentifierKind

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
EARLIEST_BIRTH_YEAR = 1880
PNC_LETTER_DOES_NOT_FIT = gettext_noop("The check letter of this PNC number does not fit: check each digit")
CRO_LETTER_DOES_NOT_FIT = gettext_noop("The check letter of this CRO number does not fit: check each digit")

# A serial may drop its leading zeros where a slash or dash says where it starts.
PNC = re.compile(r"([0-9]{4}|[0-9]{2})(?:[/-]([0-9]{1,7})|([0-9]{7}))([A-Z])")
CRO = re.compile(r"(?:([0-9]{1,6})[/-]|([0-9]{6}))([0-9]{2})([A-Z])")
CRO_FILE = re.compile(r"SF([0-9]{2})(?:[/-]([0-9]{1,6})|([0-9]{6}))([A-Z])")
PRISON = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")
VISOR = re.compile(r"(?=.*[0-9])[A-Z0-9]+(?:[/-][A-Z0-9]+)*")
VEHICLE = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{2,8}")
UK_PHONE = re.compile(r"0[1-9][0-9]{8,9}")
FOREIGN_PHONE = re.compile(r"\+(?!44)[1-9][0-9]{6,14}")


def squeeze(text: str) -> str:
    """Return the text in capitals without white space, with wide letters and digits made plain."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_letter(year: str, serial: str) -> str:
    """Return the letter that belongs to the last two digits of the year followed by the serial."""
    return CHECK_LETTERS[int(year[-2:] + serial) % len(CHECK_LETTERS)]


def pnc_check_letter(year: int, serial: int) -> str:
    """Return the check letter of a PNC number."""
    return check_letter(f"{year:04}", f"{serial:07}")


def whole_year(digits: str) -> int:
    """Return the year in full. Two digits mean the latest such year that is not in the future."""
    if len(digits) == 4:
        return int(digits)
    this_year = localdate().year
    return this_year - (this_year - int(digits)) % 100


def canonical_pnc(text: str) -> str:
    """Return a PNC number in its long form: 1971/0000417H."""
    found = PNC.fullmatch(text)
    if not found:
        raise ValueError(gettext_noop("Enter a PNC number like 1971/0000417H or 71/417H"))
    year, serial, letter = whole_year(found[1]), int(found[2] or found[3]), found[4]
    if not 1900 <= year <= localdate().year:
        raise ValueError(gettext_noop("The year of this PNC number must be in the past: check each digit"))
    if letter != pnc_check_letter(year, serial):
        raise ValueError(PNC_LETTER_DOES_NOT_FIT)
    return f"{year:04}/{serial:07}{letter}"


def canonical_cro(text: str) -> str:
    """Return a CRO number with all digits of its serial: 000417/71Q, or SF71/000417A, whose letter follows no fixed rule."""
    if filed := CRO_FILE.fullmatch(text):
        return f"SF{filed[1]}/{(filed[2] or filed[3]).zfill(6)}{filed[4]}"
    found = CRO.fullmatch(text)
    if not found:
        raise ValueError(gettext_noop("Enter a CRO number like 265416/21G or SF71/417A"))
    serial, year, letter = (found[1] or found[2]).zfill(6), found[3], found[4]
    if letter != check_letter(year, serial):
        raise ValueError(CRO_LETTER_DOES_NOT_FIT)
    return f"{serial}/{year}{letter}"


def canonical_prison(text: str) -> str:
    """Return a prison number: A1234BC."""
    return matching(PRISON, text, gettext_noop("Enter a prison number like A1234BC"))


def canonical_passport(text: str) -> str:
    """Return a passport number of any country: letters and digits alone."""
    said = gettext_noop("Enter a passport number of 6 to 12 letters and digits, like 123456789")
    return matching(PASSPORT, text.replace("-", ""), said)


def canonical_visor(text: str) -> str:
    """Return a national reference: letters and digits, with slashes or dashes where the register has them."""
    if not 4 <= len(text) <= 20:
        raise ValueError(gettext_noop("Enter a national reference of 4 to 20 letters and digits"))
    return matching(VISOR, text, gettext_noop("Enter a national reference of letters and digits, like 12/0004417"))


def canonical_vehicle(text: str) -> str:
    """Return a vehicle registration without space: AB12CDE."""
    said = gettext_noop("Enter a vehicle registration of letters and digits, like AB12 CDE")
    return matching(VEHICLE, text.replace("-", ""), said)


def canonical_phone(text: str) -> str:
    """Return a telephone number: a British one from 0, any other from + and the country."""
    digits = re.sub(r"\(0\)|[().-]", lambda found: "" if "+" in text or text.startswith("00") or found[0] != "(0)" else "0", text)
    digits = re.sub(r"^(?:\+|00)440?", "0", digits)
    digits = re.sub(r"^00", "+", digits)
    if not (UK_PHONE.fullmatch(digits) or FOREIGN_PHONE.fullmatch(digits)):
        raise ValueError(gettext_noop("Enter a telephone number like 01632 960123, or +33 and the number for another country"))
    return digits


def matching(pattern: re.Pattern[str], text: str, message: str) -> str:
    """Return the text if the whole of it fits the pattern; else say how it should look."""
    if not pattern.fullmatch(text):
        raise ValueError(message)
    return text


CANONICAL: dict[IdentifierKind, Callable[[str], str]] = {
    IdentifierKind.PNC: canonical_pnc,
    IdentifierKind.CRO: canonical_cro,
    IdentifierKind.VISOR: canonical_visor,
    IdentifierKind.PRISON: canonical_prison,
    IdentifierKind.PASSPORT: canonical_passport,
    IdentifierKind.PHONE: canonical_phone,
    IdentifierKind.VEHICLE: canonical_vehicle,
}


def canonical_identifier(kind: str, text: str) -> str:
    """Return the one form in which a number is stored and compared; ValueError says what is wrong and how it should look."""
    return CANONICAL[IdentifierKind(kind)](squeeze(text))


def format_identifier(kind: str, value: str) -> str:
    """Return a canonical number as people write it."""
    if kind == IdentifierKind.VEHICLE and re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z]{3}", value):
        return f"{value[:4]} {value[4:]}"
    if kind == IdentifierKind.PHONE and value.startswith("0"):
        return f"{value[:5]} {value[5:]}"
    return value


def check_birth(year: int, month: int | None, day: int | None, today: date) -> None:
    """Raise ValueError, saying why, when nobody can be born on this date; month, or day, may be unknown."""
    if day is not None and month is None:
        raise ValueError(gettext_noop("Date of birth must include a month when it has a day"))
    if not EARLIEST_BIRTH_YEAR <= year <= 9999:
        raise ValueError(gettext_noop("Date of birth must be in 1880 or later"))
    if month is not None and not 1 <= month <= 12:
        raise ValueError(gettext_noop("Date of birth must have a month between 1 and 12"))
    days = calendar.monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= days:
        said = gettext("Date of birth must be a real date: %(month)s %(year)s has %(days)s days")
        raise ValueError(said % {"month": MONTHS[month or 12], "year": year, "days": days})
    if date(year, month or 1, day or 1) > today:
        raise ValueError(gettext_noop("Date of birth must be in the past"))
