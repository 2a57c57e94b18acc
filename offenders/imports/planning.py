"""Goes through a file against what is on record: what would be added, what rewritten, what is wrong. Stores nothing."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from django.db.models import Model

from accounts.models import User
from accounts.permissions import Perm
from offenders.imports.differences import DoesNotFit, find_differences, lowers_without_meeting
from offenders.imports.errors import ErrorList, RowError, UnreadableFile
from offenders.imports.known import Known, fetch_known
from offenders.imports.reading import Line, batches, read_lines
from offenders.imports.records import KEY, Recogniser, Record
from offenders.models import Import, MappaPeriod, Nominal, RiskPeriod

BATCH = 1000
# One wording for what another unit holds and for what the actor must not know of, so that the words tell them not apart.
NOT_YOURS = "Your unit cannot use this reference: it is held or reserved elsewhere in the force. Ask your force's records desk"

TWICE = "Two records of the file are one record here, because they were merged. Leave one of the lines out"
# Why a line's MAPPA standing is left out, and how it comes about instead.
HELD_BACK = (
    "MAPPA category and level are not changed: the record is at a higher level, and nobody moves down from level 2 or 3 but by a meeting. "
    "Plan a meeting; its approved decision sets the level. If the level on record is a mistake, a supervisor corrects it there"
)


@dataclass
class Planned:
    """A record, what is known of it, the rows to store, and whether its MAPPA standing is held back for a meeting."""

    record: Record
    known: Known
    rows: list[Model]
    is_held_back: bool = False

    def starts_undated(self, model: type[Model], column: str) -> bool:
        """Whether it opens a period for which the line gives no first day."""
        return self.record.get(column) is None and any(isinstance(row, model) and row.pk is None for row in self.rows)


@dataclass
class Plan:
    """How a part of the file went: how many lines were read, and what there is to store."""

    read: int
    planned: list[Planned]

    @property
    def held(self) -> list[RowError]:
        """What is left out of the records that are stored, line by line."""
        return [RowError(each.record.line, "mappa_level", HELD_BACK) for each in self.planned if each.is_held_back]

    @property
    def undated(self) -> dict[str, int]:
        """How many records open a period without a first day of their own, by the column that would give it."""
        columns: dict[str, type[Model]] = {"risk_from": RiskPeriod, "mappa_from": MappaPeriod}
        return {column: sum(each.starts_undated(model, column) for each in self.planned) for column, model in columns.items()}


def plan_file(imported: Import, errors: ErrorList, *, today: date, lock: bool = False) -> Iterator[Plan]:
    """Yield plans of a file, a batch of lines at a time, and note what is wrong."""
    recogniser = Recogniser(imported.unit, imported.uploaded_by, today)
    with imported.file.open("rb") as file:
        try:
            for lines in batches(read_lines(cast("BinaryIO", file), imported.file_name), BATCH):
                yield plan_lines(lines, recogniser, errors, lock=lock)
        except UnreadableFile as broken:
            errors.add(broken.error)


def plan_lines(lines: list[Line], recogniser: Recogniser, errors: ErrorList, *, lock: bool) -> Plan:
    """Plan one batch."""
    records = [record for line in lines if (record := recogniser.recognise(line))]
    errors.add(*(error for line in lines for error in line.errors))
    known = fetch_known(recogniser.unit.organisation, (record.key for record in records), lock=lock)
    barred = keys_barred(recogniser.actor, known)
    planned = []
    for record in records:
        try:
            planned.append(plan_record(record, known.get(record.key), barred, recogniser))
        except DoesNotFit as misfit:
            errors.add(*misfit.at(record.line))
    return Plan(len(lines), planned)


def keys_barred(actor: User | None, known: dict[str, Known]) -> set[str]:
    """Return the keys on record that the actor may not change; an operator of the system may change all."""
    if actor is None or not known:
        return set()
    own = Nominal.objects.for_user(actor, Perm.CHANGE_RECORD).filter(pk__in=[each.nominal.pk for each in known.values()])
    held = set(own.values_list("pk", flat=True))
    return {key for key, each in known.items() if each.nominal.pk not in held}


def plan_record(record: Record, known: Known | None, barred: set[str], recogniser: Recogniser) -> Planned:
    """Plan one record; raise DoesNotFit."""
    if record.key in barred:
        raise DoesNotFit(**{KEY: NOT_YOURS})
    if known and known.is_planned:
        raise DoesNotFit(**{KEY: TWICE})
    if known is None:
        known = Known(Nominal(force=recogniser.unit.organisation, unit=recogniser.unit, local_reference=record.key))
    known.is_planned = True
    held = lowers_without_meeting(record, known, recogniser.today)
    return Planned(record, known, find_differences(record, known, actor=recogniser.actor, today=recogniser.today), held)
