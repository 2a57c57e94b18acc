"""What a record would change: rows to add and rows to rewrite, in the order in which they can be stored."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from accounts.models import User
from offenders.choices import ConditionKind, IdentifierKind, NameKind, Sex
from offenders.imports.errors import RowError
from offenders.imports.known import Known
from offenders.imports.records import Record
from offenders.models import (
    Condition,
    DateOfBirth,
    Description,
    Identifier,
    MappaPeriod,
    Name,
    OperationalFacts,
    RiskPeriod,
    WarningMarker,
)
from offenders.models.operational import DatedPart
from offenders.rules.meetings import needs_meeting

NEEDED_WHEN_NEW = ("surname", "registration", "offender_manager")
LOOKS = ("sex", "ethnicity", "height_cm", "build", "hair", "eyes")
FACTS = ("on_encounter", "modus_operandi", "risk_factors", "people_at_risk", "on_licence_until", "licence_contact")
SINGLE_NUMBERS = (IdentifierKind.PNC, IdentifierKind.CRO, IdentifierKind.VISOR, IdentifierKind.PRISON)
CONDITION_COLUMNS = {"licence_conditions": ConditionKind.LICENCE, "shpo_prohibitions": ConditionKind.SHPO}
SOURCE = "Imported file"
REASON = "Stated by an imported file"


class DoesNotFit(Exception):
    """The record can't be brought together with what is there; `reasons` by column."""

    def __init__(self, **reasons: str) -> None:
        super().__init__(reasons)
        self.reasons = reasons

    def at(self, line: int) -> list[RowError]:
        """Return the errors with their places."""
        return [RowError(line, column, reason) for column, reason in self.reasons.items()]


def find_differences(record: Record, known: Known, *, actor: User | None, today: date) -> list[Model]:
    """Return unsaved rows, and rows with new values; nothing when all is on record. DoesNotFit says what stands against it."""
    require_whole(record, known)
    return [
        *nominal_differences(record, known),
        *name_differences(record, known, today),
        *birth_differences(record, known),
        *number_differences(record, known),
        *text_differences(record, known, Description, LOOKS, source=SOURCE, sex=Sex.UNKNOWN),
        *text_differences(record, known, OperationalFacts, FACTS),
        *period_differences(risk_said(record, actor), known, today),
        *(() if lowers_without_meeting(record, known, today) else period_differences(mappa_said(record, actor), known, today)),
        *warning_differences(record, known),
        *condition_differences(record, known),
    ]


def require_whole(record: Record, known: Known) -> None:
    """A new record needs a name, a registration and somebody who manages the person."""
    missing = [column for column in NEEDED_WHEN_NEW if known.is_new and record.get(column) is None]
    if missing:
        raise DoesNotFit(**dict.fromkeys(missing, "Give it, because the record is new"))


def rewritten(row: Any, values: dict[str, Any]) -> bool:
    """Give the row these values; say whether any differs from what it had."""
    changed = {name: value for name, value in values.items() if getattr(row, name, None) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def nominal_differences(record: Record, known: Known) -> Iterator[Model]:
    """Who holds the record. A restriction is set and never lifted."""
    values = {name: record.get(name) for name in ("registration", "unit", "offender_manager") if record.get(name) is not None}
    if record.get("restricted"):
        values["is_restricted"] = True
    moved = {"unit", "offender_manager"} & {name for name, value in values.items() if getattr(known.nominal, name, None) != value}
    if rewritten(known.nominal, values) and not known.is_new:
        known.nominal.version += 1
        yield known.nominal
    if moved:
        require_able_holder(known)


def require_able_holder(known: Known) -> None:
    """The manager works in the unit that holds the record, and may know of it."""
    nominal = known.nominal
    if nominal.offender_manager.unit_id != nominal.unit_id:
        raise DoesNotFit(offender_manager=f"Give an officer of {nominal.unit.name}")
    if not known.is_new and nominal.exclusions.filter(user=nominal.offender_manager, ended_at__isnull=True).exists():
        raise DoesNotFit(offender_manager="This officer cannot take this record. Give another officer")


def name_differences(record: Record, known: Known, today: date) -> Iterator[Model]:
    """The main name, whose forerunner is kept as an earlier name, and further names."""
    names = {(name.given_names, name.surname): name for name in known.parts[Name]}
    if record.get("surname"):
        primary = next((name for name in names.values() if name.kind == NameKind.PRIMARY), None)
        main = (record.get("given_names") or (primary.given_names if primary else ""), record.get("surname"))
        yield from main_name_differences(names, primary, main, known, today)
    for given, surname in record.get("aliases") or ():
        if (given, surname) not in names:
            names[given, surname] = Name(nominal=known.nominal, kind=NameKind.ALIAS, given_names=given, surname=surname, source=SOURCE)
            yield names[given, surname]


def main_name_differences(
    names: dict[tuple[str, str], Name], primary: Name | None, main: tuple[str, str], known: Known, today: date
) -> Iterator[Model]:
    """Make this the main name."""
    if primary and (primary.given_names, primary.surname) == main:
        return
    if primary:
        primary.kind = NameKind.PREVIOUS
        primary.used_until = max(today, primary.used_from) if primary.used_from else today
        yield primary
    name = names.setdefault(main, Name(nominal=known.nominal, given_names=main[0], surname=main[1], source=SOURCE))
    name.kind, name.used_until = NameKind.PRIMARY, None
    yield name


def birth_differences(record: Record, known: Known) -> Iterator[Model]:
    """The main date of birth; another one stays as a further date."""
    if record.get("birth") is None:
        return
    births = {(birth.year, birth.month, birth.day): birth for birth in known.parts[DateOfBirth]}
    year, month, day = record.get("birth")
    birth = births.get((year, month, day)) or DateOfBirth(nominal=known.nominal, year=year, month=month, day=day, source=SOURCE)
    if birth.is_primary:
        return
    for other in births.values():
        if rewritten(other, {"is_primary": False}):
            yield other
    birth.is_primary = True
    yield birth


def number_differences(record: Record, known: Known) -> Iterator[Model]:
    """Numbers that are not on record yet."""
    there = {(number.kind, number.value) for number in known.parts[Identifier]}
    given = [record.get(kind) for kind in SINGLE_NUMBERS if record.get(kind)]
    for column in ("passports", "phones", "vehicles"):
        given += record.get(column) or ()
    for kind, value, as_given in given:
        if (kind, value) not in there:
            there.add((kind, value))
            yield Identifier(nominal=known.nominal, kind=kind, value=value, as_given=as_given, source=SOURCE)


def text_differences(record: Record, known: Known, model: type[Any], columns: tuple[str, ...], **at_first: Any) -> Iterator[Model]:
    """The one row of looks, or of the card's words."""
    given = {name: record.get(name) for name in columns if record.get(name) is not None}
    row = next(iter(known.parts[model]), None) or model(nominal=known.nominal, **at_first)
    is_stored = row.pk is not None
    if given and (rewritten(row, given) or not is_stored):
        if is_stored and model is OperationalFacts:
            row.version += 1
        yield row


@dataclass(frozen=True)
class Said:
    """What a line says of the risk or of MAPPA, from a day on, and on whose word."""

    model: type[Any]
    values: dict[str, Any]
    column: str
    start: date | None
    actor: User | None


def risk_said(record: Record, actor: User | None) -> Said:
    """What the line says of the risk."""
    values = {"level": record.get("risk_level"), "at_risk": record.get("at_risk")}
    given = {name: value for name, value in values.items() if value is not None}
    return Said(RiskPeriod, given, "risk_from", record.get("risk_from"), actor)


def mappa_said(record: Record, actor: User | None) -> Said:
    """What the line says of MAPPA."""
    values = {"category": record.get("mappa_category"), "level": record.get("mappa_level")} if record.get("mappa_category") else {}
    return Said(MappaPeriod, values, "mappa_from", record.get("mappa_from"), actor)


def period_differences(said: Said, known: Known, today: date) -> Iterator[Model]:
    """A new period after the last one, which ends where it begins; nothing when a period that is there says the same."""
    periods = sorted(known.parts[said.model], key=lambda period: period.period.lower)
    if not said.values or any(says_the_same(period, said.values, said.start or today) for period in periods):
        return
    last = periods[-1] if periods else None
    start = said.start or (last.period.upper if last and last.period.upper else today)
    if last:
        yield from ended(last, start, said.column)
    carried = {"at_risk": last.at_risk} if isinstance(last, RiskPeriod) else {}
    values = carried | said.values
    yield said.model(nominal=known.nominal, period=DateRange(start, None), reason=REASON, set_by=said.actor, **values)


def lowers_without_meeting(record: Record, known: Known, today: date) -> bool:
    """Whether the line would move somebody down from level 2 or 3, or out of MAPPA, which only a meeting may do."""
    said = mappa_said(record, None)
    periods = sorted(known.parts[MappaPeriod], key=lambda period: period.period.lower)
    if not said.values or not periods or any(says_the_same(period, said.values, said.start or today) for period in periods):
        return False
    return needs_meeting(periods[-1].level, said.values["level"])


def bounds(period: DatedPart) -> tuple[date, date | None]:
    """Return the first day and, of a period that ended, the day after its last; the database keeps others out."""
    lower, upper = period.period.lower, period.period.upper
    return lower or date.min, upper


def says_the_same(period: DatedPart, values: dict[str, Any], on: date) -> bool:
    """Whether the period covers the day and has these values; lists in any order."""
    lower, upper = bounds(period)
    covers = lower <= on and (upper is None or on < upper)
    return covers and all(comparable(getattr(period, name)) == comparable(value) for name, value in values.items())


def comparable(value: Any) -> Any:
    """Return lists as sets."""
    return frozenset(value) if isinstance(value, list) else value


def ended(last: DatedPart, start: date, column: str) -> Iterator[Model]:
    """End the last period where the next begins; refuse to overlap, or to leave a gap in MAPPA."""
    lower, upper = bounds(last)
    if start <= lower:
        raise DoesNotFit(**{column: f"Give a later day: the record says something else from {lower:%Y-%m-%d} on"})
    if upper is None:
        last.period = DateRange(lower, start)
        yield last
    elif start < upper or (start > upper and isinstance(last, MappaPeriod)):
        raise DoesNotFit(**{column: f"Give {upper:%Y-%m-%d}, the day on which the last period on record ends"})


def warning_differences(record: Record, known: Known) -> Iterator[Model]:
    """Warnings that the record never had; one that somebody ended stays ended."""
    there = {warning.kind for warning in known.parts[WarningMarker]}
    for kind in record.get("warnings") or ():
        if kind not in there:
            yield WarningMarker(nominal=known.nominal, kind=kind)


def condition_differences(record: Record, known: Known) -> Iterator[Model]:
    """Conditions and prohibitions that the record never had."""
    there = {(condition.kind, condition.text) for condition in known.parts[Condition]}
    for column, kind in CONDITION_COLUMNS.items():
        for text in record.get(column) or ():
            if (kind, text) not in there:
                yield Condition(nominal=known.nominal, kind=kind, text=text)
