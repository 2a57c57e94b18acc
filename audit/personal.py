"""How an app declares what each of its tables is to the person that a record is about: held, kept apart, or none of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Held:
    """A table whose rows about a person are collected when the person asks what is held about them.

    `nominal` is the path from the row to the record. `without` are fields that say nothing to the person. `select` narrows the rows.
    """

    heading: str
    nominal: str = "nominal"
    without: tuple[str, ...] = ()
    select: Callable[[models.QuerySet], models.QuerySet] | None = None


@dataclass(frozen=True)
class Apart:
    """A table that no bundle reads: the code of the ground in law, and why."""

    ground: str
    why: str


@dataclass(frozen=True)
class NotTheirs:
    """A table that says nothing of the person, or is read with another: why; and `whose` personal data it holds instead, if anybody's."""

    why: str
    whose: str = ""


ON_RECORD = "people on record"

Declared = dict[str, Held | Apart | NotTheirs]  # by the name of the model


def declared() -> Iterator[tuple[str, str, Held | Apart | NotTheirs]]:
    """Yield app, model and declaration of every table; each app keeps its own in `personal.py`."""
    for path in settings.PERSONAL_DATA:
        table: Any = import_string(path)
        app = path.partition(".")[0]
        yield from ((app, model, declaration) for model, declaration in table.items())


PERSONAL_DATA: Declared = {
    "Event": Apart("prevention", "Who looked at a record and when tells of operations, and of the people who looked."),
    "Seal": NotTheirs("Hashes of entries of the log, and numbers."),
    "SealMark": NotTheirs("Up to where the log is to be sealed next."),
    "TrailKey": NotTheirs("Random keys of digests."),
    "Erasure": NotTheirs("Which entries of the log had their content taken out, by digests."),
    "AuditCheck": NotTheirs("Whether the log is whole."),
}
