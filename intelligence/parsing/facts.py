"""Which spelling of a label or heading means which fact, and how the texts behind them become one report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_noop

from intelligence.parsing import IN, OUT, UNKNOWN, ParsedAlert
from intelligence.parsing.moments import read_born, read_moment
from offenders.choices import Sex

# Compared in lower case without anything but letters and digits; the first spelling is the one of the documentation.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "surname": ("surname", "lastname", "familyname", "paxsurname", "passengersurname", "sname", "primarysurname", "subjectsurname"),
    "given_names": (
        "givennames", "givenname", "forenames", "forename", "firstname", "firstnames", "othernames", "paxforename", "passengerforename",
        "subjectforenames",
    ),
    "name": ("name", "fullname", "passengername", "passenger", "traveller", "travellername", "traveler", "subjectname", "paxname"),
    "birth": ("dateofbirth", "dob", "birthdate", "born", "birth", "dobirth"),
    "sex": ("sex", "gender"),
    "nationality": ("nationality", "nat", "citizenship", "countryofnationality"),
    "document_type": ("documenttype", "doctype", "typeofdocument", "traveldocumenttype", "traveldoctype"),
    "document_number": (
        "documentnumber", "documentno", "docno", "docnumber", "docnum", "traveldocument", "traveldocumentnumber", "traveldocumentno",
        "numberofdocument",
    ),
    "passport": ("passport", "passportnumber", "passportno", "ppt", "pptno", "passportnum"),
    "direction": ("direction", "movement", "movementtype", "traveldirection", "inout", "inboundoutbound", "directionoftravel"),
    "travels_at": (
        "travelsat", "datetime", "dateandtime", "traveldatetime", "dateandtimeoftravel", "departuredatetime", "scheduleddeparture",
        "departs", "departing", "travels", "traveldateandtime",
    ),
    "travel_date": (
        "traveldate", "dateoftravel", "date", "departuredate", "dateofdeparture", "arrivaldate", "dateofarrival", "movementdate",
    ),
    "travel_time": ("traveltime", "timeoftravel", "time", "departuretime", "arrivaltime", "localtime"),
    "time_zone": ("timezone", "zone", "tz"),
    "port": ("port", "portofentry", "portofexit", "ukport", "airport", "terminal", "portofdeparture", "portname", "border"),
    "carrier": ("carrier", "airline", "operator", "carriername", "shippingline"),
    "service": ("service", "flight", "flightnumber", "flightno", "servicenumber", "sailing", "train", "voyage", "flightservice"),
    "origin": ("origin", "from", "departurefrom", "countryoforigin", "portoforigin", "embarkation", "travellingfrom", "departureport"),
    "destination": ("destination", "to", "travellingto", "countryofdestination", "finaldestination", "disembarkation", "arrivalport"),
}  # fmt: skip
FACT_OF = {spelling: fact for fact, spellings in SPELLINGS.items() for spelling in spellings}
ONE_OF_THESE = frozenset({"surname", "name"})  # without them nothing is a report

DIRECTIONS = {
    **dict.fromkeys(("out", "outbound", "outward", "departure", "departing", "departs", "exit", "o", "leaving", "embarkation"), OUT),
    **dict.fromkeys(("in", "inbound", "inward", "arrival", "arriving", "arrives", "entry", "i", "returning", "disembarkation"), IN),
}
SEXES = {
    **dict.fromkeys(("m", "male", "man"), str(Sex.MALE)),
    **dict.fromkeys(("f", "female", "woman"), str(Sex.FEMALE)),
    **dict.fromkeys(("x", "other", "o"), str(Sex.OTHER)),
}
DOCUMENTS = {
    **dict.fromkeys(("p", "pp", "ppt", "passport"), "passport"),
    **dict.fromkeys(("i", "id", "idcard", "identitycard", "nationalidentitycard", "ac", "c"), "identity card"),
    **dict.fromkeys(("v", "visa"), "visa"),
    **dict.fromkeys(("residencepermit", "brp", "rp", "ar"), "residence permit"),
}
LONGEST = {
    "surname": 100, "given_names": 100, "nationality": 40, "document_type": 40, "document_number": 40, "port": 80, "carrier": 80,
    "service": 40, "origin": 80, "destination": 80,
}  # fmt: skip
MOST_GIVEN, LONGEST_GIVEN, LONGEST_LABEL = 60, 500, 60
NOT_PLAIN = re.compile(r"[^a-z0-9]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

NO_NAME = gettext_noop("The report names nobody: a surname is needed.")
NO_TIME = gettext_noop("The report does not say when the person travels, or gives a day or time that does not exist.")
GIVEN_TWICE = gettext_noop("The report gives the same fact twice, and differently.")
TOO_LONG = gettext_noop("A name in the report is longer than any name can be.")


@lru_cache(1000)  # a table asks for the same labels on every line
def key_of(label: str) -> str:
    """Return a label in the form in which labels are compared."""
    return NOT_PLAIN.sub("", label.lower())


@lru_cache(1000)
def fact_of(label: str) -> str | None:
    """Return the fact that a label means; None when it is not known."""
    return FACT_OF.get(key_of(label))


def clean(text: str) -> str:
    """Return a text on one line, without what no database or page can hold."""
    return " ".join(CONTROL.sub(" ", text).split())


@lru_cache(1000)
def clean_label(label: str) -> str:
    """Return a label as it is kept."""
    return clean(label)[:LONGEST_LABEL]


def make_alert(line: int, pairs: Iterable[tuple[str, str]], today: date) -> ParsedAlert:
    """Make a report of labels and texts. Never raises: what is wrong stands in `problem`, what makes no sense stays empty."""
    given: dict[str, str] = {}
    values: dict[str, str] = {}
    is_ambiguous = False
    for label, text in pairs:
        value = clean(text)
        if not value:
            continue
        if len(given) < MOST_GIVEN:
            given.setdefault(clean_label(label), value[:LONGEST_GIVEN])
        if fact := fact_of(label):
            is_ambiguous |= fact in values and values[fact] != value
            values.setdefault(fact, value)
    facts = facts_from(values, today)
    return ParsedAlert(line=line, as_given=given, **facts, problem=GIVEN_TWICE if is_ambiguous else problem_of(facts, values))


def problem_of(facts: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """Say why a report cannot be used; empty when it can."""
    if not any(character.isalpha() for character in facts["surname"]):
        return NO_NAME
    if any(len(values.get(name, "")) > 2 * LONGEST["surname"] for name in ("surname", "given_names", "name")):
        return TOO_LONG
    return "" if facts["travels_at"] else NO_TIME


def facts_from(values: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return the facts of a report as typed values."""
    surname, given_names = names_from(values)
    birth = read_born(values.get("birth", ""), today)
    passport = values.get("passport", "")
    number = values.get("document_number", "") or passport
    kind = values.get("document_type", "") or ("passport" if passport else "")
    texts = {name: values.get(name, "") for name in ("nationality", "port", "carrier", "service", "origin", "destination")}
    texts |= {"surname": surname, "given_names": given_names, "document_type": DOCUMENTS.get(key_of(kind), kind.lower())}
    texts["document_number"] = re.sub(r"[^0-9A-Z]", "", number.upper())
    return {
        **{name: text[: LONGEST[name]] for name, text in texts.items()},
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        "sex": SEXES.get(key_of(values.get("sex", "")), ""),
        "direction": DIRECTIONS.get(key_of(values.get("direction", "")), UNKNOWN),
        **moment_from(values),
    }


def moment_from(values: Mapping[str, str]) -> dict[str, Any]:
    """Return when the person travels, from one text or from a day, a time and a zone apart, and whether a time was given."""
    day, time, zone = values.get("travels_at") or values.get("travel_date", ""), values.get("travel_time", ""), values.get("time_zone", "")
    moment, is_time_known = read_moment(day, f"{time} {zone}".strip() if time else zone)
    return {"travels_at": moment, "is_time_known": is_time_known}


def names_from(values: Mapping[str, str]) -> tuple[str, str]:
    """Return surname and given names; of a name in one piece, what stands before a comma, in capitals, or last."""
    if "surname" in values or "name" not in values:
        return values.get("surname", ""), values.get("given_names", "")
    whole = values["name"].replace("/", ", ", 1)
    if "," in whole:
        surname, _, given = whole.partition(",")
        return surname.strip(), given.strip()
    words = whole.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    return words[-1], " ".join(words[:-1])
