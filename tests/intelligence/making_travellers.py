"""Nominals as matching finds them, and alerts about travellers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from intelligence.matching import AlertFacts, Match, match_alerts
from offenders.choices import IdentifierKind
from offenders.models import Address, Nominal
from offenders.search import index_names
from offenders.search.births import Birth
from tests.factories import make_birth, make_identifier, make_nominal

TODAY = date(2026, 11, 25)
BORN = Birth(1981, 5, 23)


def make_known(
    surname: str = "Quillfeather", given_names: str = "Aurelio", *, birth: Birth | None = BORN, passport: str = "", **values: Any
) -> Nominal:
    """A nominal with a date of birth and perhaps a passport, whose names can be found."""
    nominal = make_nominal(surname=surname, given_names=given_names, **values)
    if birth:
        make_birth(nominal=nominal, year=birth.year, month=birth.month, day=birth.day)
    if passport:
        make_identifier(nominal=nominal, kind=IdentifierKind.PASSPORT, value=passport)
    index_names([nominal.pk])
    return nominal


def make_home(nominal: Nominal, line_1: str) -> Address:
    """A place where the nominal lives or has lived."""
    place = {"line_1": line_1, "town": "Northport", "postcode": "NM1 2AB"}
    return Address.objects.create(nominal=nominal, kind="home", period=DateRange(date(2025, 1, 1), None), source="Visit", **place)


def an_alert(surname: str = "Quillfeather", given_names: str = "Aurelio", **values: Any) -> AlertFacts:
    """What a border said of a traveller."""
    return AlertFacts(**{"key": 7, "surname": surname, "given_names": given_names, "birth": BORN, "document_number": "", **values})


def match(alert: AlertFacts, **values: Any) -> Match:
    """Match one alert."""
    (found,) = match_alerts([alert], today=TODAY, **values)
    return found
