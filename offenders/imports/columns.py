"""The columns of a file of nominals: what each may hold, and how it is understood."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Choices

from accounts.errors import DomainError
from offenders.choices import AtRisk, IdentifierKind, MappaCategory, MappaLevel, Registration, RiskLevel, Sex, WarningKind
from offenders.guards import require_card_lines
from offenders.rules import canonical_identifier, check_birth

KEY = "local_reference"
MAX_ITEMS = 50
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Parser = Callable[[str, date], Any]


@dataclass(frozen=True)
class Column:
    """How one cell is understood. `limit` is the longest text of the cell, or of one entry where it is a list."""

    parse: Parser
    limit: int
    is_list: bool = False


def plain(text: str, today: date) -> str:
    """A text on one line, runs of white space made one."""
    return " ".join(text.split())


def several_lines(text: str, today: date) -> str:
    """A text that may have lines."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def at_most_four_lines(text: str, today: date) -> str:
    """What to do on encounter."""
    lines = several_lines(text.replace("|", "\n"), today)
    try:
        require_card_lines(lines)
    except DomainError as error:
        raise ValueError(str(error)) from None
    return lines


def day(text: str, today: date) -> date:
    """A date such as 2026-11-21."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Give a real date as YYYY-MM-DD, like 2026-11-21") from None


def day_past(text: str, today: date) -> date:
    """A date that is not in the future."""
    if (given := day(text, today)) > today:
        raise ValueError("The date must be today or in the past")
    return given


def birth(text: str, today: date) -> tuple[int, int | None, int | None]:
    """A date of birth, perhaps without day or month."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if not found:
        raise ValueError("Give the date of birth as YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, of_month = int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None
    check_birth(year, month, of_month, today)
    return year, month, of_month


def whole_number(least: int, most: int) -> Parser:
    """A whole number between two others."""

    def parse(text: str, today: date) -> int:
        if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(f"Give a whole number between {least} and {most}")
        return int(text)

    return parse


def one_of(choices: type[Choices]) -> Parser:
    """One of the words of a list; small and capital letters alike, spaces or underscores."""
    words = {member.name.lower() if isinstance(member.value, int) else member.value: member for member in choices}

    def parse(text: str, today: date) -> Any:
        try:
            return words[text.strip().lower().replace(" ", "_")]
        except KeyError:
            raise ValueError(f"Give one of: {', '.join(words)}") from None

    return parse


def numbered(choices: type[Choices]) -> Parser:
    """A number that stands for a member of a list."""
    return whole_number(min(choices.values), max(choices.values))


def yes_or_no(text: str, today: date) -> bool:
    """Yes or no."""
    if text.lower() not in {"yes", "no"}:
        raise ValueError("Give yes or no")
    return text.lower() == "yes"


def identifier(kind: str) -> Parser:
    """A number of this kind: its canonical form, and as it was given."""

    def parse(text: str, today: date) -> tuple[str, str, str]:
        return kind, canonical_identifier(kind, text), text

    return parse


def name(text: str, today: date) -> tuple[str, str]:
    """A name as (given names, surname): “Surname, Given”, or “Given Surname”, or a single word."""
    text = " ".join(text.split())
    surname, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        given, _, surname = text.rpartition(" ")
    if not surname or max(len(surname), len(given)) > 100:
        raise ValueError("Give the name as “Surname, Given names”, at most 100 characters each")
    return given, surname


def listed(kind: str) -> Column:
    """A column with several numbers of one kind."""
    return Column(identifier(kind), 60, is_list=True)


COLUMNS: dict[str, Column] = {
    KEY: Column(plain, 40),
    "registration": Column(one_of(Registration), 20),
    "unit": Column(plain, 100),
    "offender_manager": Column(plain, 150),
    "restricted": Column(yes_or_no, 20),
    "surname": Column(plain, 100),
    "given_names": Column(plain, 100),
    "aliases": Column(name, 202, is_list=True),
    "birth": Column(birth, 10),
    "pnc": Column(identifier(IdentifierKind.PNC), 60),
    "cro": Column(identifier(IdentifierKind.CRO), 60),
    "visor": Column(identifier(IdentifierKind.VISOR), 60),
    "prison": Column(identifier(IdentifierKind.PRISON), 60),
    "passports": listed(IdentifierKind.PASSPORT),
    "phones": listed(IdentifierKind.PHONE),
    "vehicles": listed(IdentifierKind.VEHICLE),
    "sex": Column(one_of(Sex), 10),
    "ethnicity": Column(plain, 60),
    "height_cm": Column(whole_number(50, 250), 3),
    "build": Column(plain, 40),
    "hair": Column(plain, 60),
    "eyes": Column(plain, 40),
    "mappa_category": Column(numbered(MappaCategory), 1),
    "mappa_level": Column(numbered(MappaLevel), 1),
    "mappa_from": Column(day_past, 10),
    "risk_level": Column(one_of(RiskLevel), 10),
    "at_risk": Column(one_of(AtRisk), 20, is_list=True),
    "risk_from": Column(day_past, 10),
    "on_encounter": Column(at_most_four_lines, 1000),
    "modus_operandi": Column(several_lines, 2000),
    "risk_factors": Column(several_lines, 2000),
    "people_at_risk": Column(several_lines, 1000),
    "warnings": Column(one_of(WarningKind), 20, is_list=True),
    "licence_conditions": Column(plain, 300, is_list=True),
    "shpo_prohibitions": Column(plain, 300, is_list=True),
    "on_licence_until": Column(day, 10),
    "licence_contact": Column(plain, 200),
}


def understand(column: Column, cell: str | list[str], today: date) -> Any:
    """Return what a cell says; nothing when it is empty. ValueError says what is wrong."""
    if not column.is_list:
        if isinstance(cell, list):
            raise ValueError("Give one value, not a list")
        return column.parse(checked(cell, column.limit), today) if cell.strip() else None
    entries = cell if isinstance(cell, list) else cell.split(";")
    return list(dict.fromkeys(map(partial(understand_entry, column, today), only_full(entries)))) or None


def understand_entry(column: Column, today: date, entry: str) -> Any:
    """Return what one entry of a list says."""
    return column.parse(checked(entry, column.limit), today)


def only_full(entries: Iterable[str]) -> list[str]:
    """Leave out empty entries; refuse endless lists."""
    full = [entry for entry in entries if entry.strip()]
    if len(full) > MAX_ITEMS:
        raise ValueError(f"The cell has {len(full):,} entries; at most {MAX_ITEMS} are allowed")
    return full


def checked(text: str, limit: int) -> str:
    """Return the text without white space around it; refuse long ones and what no text should hold."""
    text = text.strip()
    if len(text) > limit:
        raise ValueError(f"The text has {len(text):,} characters; at most {limit:,} are allowed")
    if CONTROLS.search(text) or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("The text holds a character that can't be stored, such as NUL. Remove it")
    return text
