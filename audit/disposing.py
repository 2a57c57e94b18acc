"""How an app declares what becomes of the rows of each of its tables when a record is disposed of: they go, or they stay and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

NOBODY = "A person whose record was disposed of"
Emptying = Callable[[models.QuerySet], object] | Mapping[str, object]


class Going:
    """The records that go, by key, and the rows of each table that go with them."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.keys: Sequence[int] = sorted(keys)
        self.rows: dict[type[models.Model], set[Any]] = defaultdict(set)

    def of(self, label: str) -> set[Any]:
        """Return the keys of the rows of a table that go."""
        return self.rows.get(apps.get_model(label), set())


@dataclass(frozen=True)
class Goes:
    """A table of which rows go with what they point at.

    `without` are the columns that are emptied instead when what they name goes, each with other columns to write or a function that
    changes these rows. `keyed` holds the bare key of a record. `is_about` says that a row names what it is about by table and key.
    `also` selects more rows, for all that goes so far. `is_last` selects after everything else went, for what triggers write.
    `wiped` selects rows that stay for others and lose the columns in `wiped_to`.
    """

    keyed: str = ""
    is_about: bool = False
    without: Mapping[str, Emptying] = field(default_factory=dict)
    also: Callable[[Going], models.QuerySet] | None = None
    is_last: bool = False
    wiped: Callable[[Going], models.QuerySet] | None = None
    wiped_to: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Stays:
    """A table that holds nothing of a person, or must be kept: why."""

    why: str


Declared = Mapping[str, Goes | Stays]  # by the name of the model


def declared() -> Iterator[tuple[str, str, Goes | Stays]]:
    """Yield app, model and declaration of every table; each app keeps its own in `disposal.py`."""
    for path in settings.DISPOSAL:
        table: Any = import_string(path)
        app = path.partition(".")[0]
        yield from ((app, model, declaration) for model, declaration in table.items())


def tables_that_go() -> dict[type[models.Model], Goes]:
    """Return every table of which rows may go, and those that only join two of them."""
    found: dict[type[models.Model], Goes] = {apps.get_model(app, model): each for app, model, each in declared() if isinstance(each, Goes)}
    joining = [field.remote_field.through for model in found for field in model._meta.local_many_to_many]
    return found | {model: Goes() for model in joining if model._meta.auto_created}


SEALED = Stays("hashes and numbers of entries, which say nothing")

DISPOSAL: Declared = {
    "Seal": SEALED,
    "SealMark": SEALED,
    "TrailKey": Stays("keys of digests; the erasure of the log takes out those of the record (audit.erasing)"),
    "Erasure": SEALED,
    "AuditCheck": SEALED,
    "Event": Stays("the trail is never removed: who did what and when stays, its words are erased (audit.erasing)"),
}
