"""Goes through a file against what is on record: what would be added, what rewritten, what is wrong. Stores nothing."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from django.db.models import Model

from accounts.models import User
from accounts.permissions import Perm
from offenders.imports.differences import DoesNotFit, find_differences
from offenders.imports.errors import ErrorList, UnreadableFile
from offenders.imports.known import Known, fetch_known
from offenders.imports.reading import Line, batches, read_lines
from offenders.imports.records import KEY, Recogniser, Record
from offenders.models import Import, Nominal

BATCH = 1000
# One wording for what another unit holds and for what the actor must not know of, so that the words tell them not apart.
NOT_YOURS = "Your unit cannot use this reference: it is held or reserved elsewhere in the force. Ask your force's records desk"


@dataclass
class Planned:
    """A record, what is known of it, and the rows to store."""

    record: Record
    known: Known
    rows: list[Model]


@dataclass
class Plan:
    """How a part of the file went: how many lines were read, and what there is to store."""

    read: int
    planned: list[Planned]


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
    return known.keys() - set(own.values_list("local_reference", flat=True))


def plan_record(record: Record, known: Known | None, barred: set[str], recogniser: Recogniser) -> Planned:
    """Plan one record; raise DoesNotFit."""
    if record.key in barred:
        raise DoesNotFit(**{KEY: NOT_YOURS})
    if known is None:
        known = Known(Nominal(force=recogniser.unit.organisation, unit=recogniser.unit, local_reference=record.key))
    return Planned(record, known, find_differences(record, known, actor=recogniser.actor, today=recogniser.today))
