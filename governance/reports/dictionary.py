"""The data dictionary: what each table and field is, whose data it holds, who reads it and what becomes of it, as the code declares it.

Nothing is said here a second time: permissions and rows come from the models, persons from `personal.py`, retention from `disposal.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from auditlog.registry import auditlog
from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.text import capfirst

from accounts.models import User
from accounts.permissions import TIERS, Perm
from audit import disposing, personal
from disclosure.reports.personal import held_sources, told_fields
from governance.rules.tables import GUARDED, NOT_FOR_USERS, NOT_IN_CHANGE_LOG
from offenders.models import Nominal
from ui.templatetags.ui import in_sentence

Person = personal.Held | personal.Apart | personal.NotTheirs
Kept = disposing.Goes | disposing.Stays
SHOWN_CHOICES = 8
KINDS: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "moment"),
    (models.DateField, "day"),
    (models.TimeField, "time of day"),
    (DateRangeField, "period of days"),
    (models.IntegerField, "whole number"),
    (models.FloatField, "number"),
    (models.UUIDField, "random key"),
    (models.EmailField, "e-mail address"),
    (models.GenericIPAddressField, "network address"),
    (models.FileField, "file"),
    (models.BinaryField, "bytes"),
    (models.JSONField, "structure (JSON)"),
    (SearchVectorField, "words for searching"),
    (models.TextField, "text"),
)


@dataclass(frozen=True)
class Column:
    """A field as the dictionary shows it."""

    name: str
    kind: str
    meaning: str
    whose: str
    notes: str


@dataclass(frozen=True)
class Table:
    """A table as the dictionary shows it."""

    app: str
    name: str
    holds: str
    readers: str
    about: str
    kept: str
    logged: str
    columns: tuple[Column, ...]


def tables() -> Iterator[Table]:
    """Yield every table of our own that is declared, by app and in the order in which the code declares them."""
    kept = {f"{app}.{name}": each for app, name, each in disposing.declared()}
    about = {f"{app}.{name}": each for app, name, each in personal.declared()}
    for model in apps.get_models():
        label = model._meta.label
        if label in about:
            yield table_of(model, about[label], kept[label])


def table_of(model: type[models.Model], about: Person, kept: Kept) -> Table:
    """Describe one table."""
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    columns = tuple(column_of(model, field, about, kept) for field in fields)
    label = model._meta.label
    logged = "yes" if auditlog.contains(model) else f"no: {NOT_IN_CHANGE_LOG[label]}"
    app, name = model._meta.app_label, model.__name__
    return Table(app, name, one_line(model.__doc__), readers_of(model), about_whom(about), kept_until(model, kept), logged, columns)


def one_line(text: str | None) -> str:
    """Return a docstring as one line."""
    return " ".join(inspect.cleandoc(text or "").split())


def readers_of(model: type[models.Model]) -> str:
    """Say which permission reads the rows, its tier, and which rows it reaches."""
    perm: Perm | None = getattr(model, "read_permission", None)
    guarded = " The database itself guards each row." if model._meta.label in GUARDED else ""
    if perm is None:
        return f"nobody as rows: {NOT_FOR_USERS[model._meta.label]}.{guarded}"
    tier = TIERS.get(perm, 4 if guarded else None)
    said = f"`{perm}`" if tier is None else f"`{perm}`, tier {tier}"
    return f"{said}. {one_line(type(model._default_manager.all()).visible_to.__doc__)}{guarded}"


def about_whom(about: Person) -> str:
    """Say what the table is to the person that a record is about."""
    match about:
        case personal.Held(heading=heading):
            return f"the person of the record, who is given it on request under “{heading}”"
        case personal.Apart(why=why):
            return f"kept apart from what the person is given: {why}"
        case personal.NotTheirs(why=why, whose=whose):
            return f"{whose or 'nobody'}: {why}"


def kept_until(model: type[models.Model], kept: Kept) -> str:
    """Say what becomes of the rows when a record is disposed of, and after how long they go by themselves."""
    if isinstance(kept, disposing.Stays):
        return f"stays: {kept.why}{deleted_after(model)}"
    also = f"; so do: {phrase(kept.also.__doc__)}" if kept.also else ""
    wiped = f"; others lose {', '.join(f'`{name}`' for name in kept.wiped_to)}: {phrase(kept.wiped.__doc__)}" if kept.wiped else ""
    return f"rows about it go{also}{wiped}{deleted_after(model)}"


def phrase(text: str | None) -> str:
    """Return a docstring as a part of a sentence."""
    return in_sentence(one_line(text).rstrip("."))


def deleted_after(model: type[models.Model]) -> str:
    """Say after how long rows go, whatever becomes of the record."""
    kept, unopened = getattr(model, "KEPT_FOR", None), getattr(model, "KEPT_UNOPENED", None)
    under_a_name = f", or, kept under a name, {long(unopened)} after it was opened last" if unopened else ""
    return f"; deleted after {long(kept)}{under_a_name}" if kept else ""


def long(time: timedelta) -> str:
    """Return a length of time in words."""
    return f"{time.days} days" if time.days > 1 else f"{int(time.total_seconds() // 3600)} hours"


def column_of(model: type[models.Model], field: Any, about: Person, kept: Kept) -> Column:
    """Describe one field."""
    return Column(field.name, kind_of(field), meaning_of(field), whose_of(model, field, about), notes_of(model, field, about, kept))


def kind_of(field: Any) -> str:
    """Return the type of a field in words."""
    if isinstance(field, ArrayField):
        return f"list, each a {kind_of(field.base_field)}"
    optional = ", may be empty" if field.null or (field.blank and not field.many_to_many) else ""
    if field.is_relation:
        return f"{'links' if field.many_to_many else 'link'} to `{field.related_model._meta.label}`{optional}"
    if isinstance(field, models.AutoField):
        return "number"
    said = next((words for kind, words in KINDS if isinstance(field, kind)), "text")
    return f"{said}, up to {field.max_length}{optional}" if said == "text" and field.max_length else f"{said}{optional}"


def meaning_of(field: Any) -> str:
    """Return what a field is: its help text or name, and its choices where they are few."""
    said = str(field.help_text or capfirst(str(field.verbose_name)))
    choices = [str(label) for _, label in (getattr(field, "base_field", field).flatchoices or ())]
    if not choices:
        return said
    few = len(choices) <= SHOWN_CHOICES
    return f"{said.rstrip('.')}: {'; '.join(choices)}" if few else f"{said.rstrip('.')}: one of {len(choices)} kinds"


@cache
def told() -> dict[str, frozenset[str]]:
    """Return by table which of its fields the person is given."""
    return {source.name: frozenset(field.name for field in told_fields(source)) for source in held_sources()}


def whose_of(model: type[models.Model], field: Any, about: Person) -> str:
    """Say whose personal data a field is."""
    if field.primary_key or field.name in {"public_id", "version"}:
        return "key" if field.name != "version" else "no"
    if field.is_relation and issubclass(field.related_model, User):
        return "staff"
    if isinstance(about, personal.NotTheirs):
        return about.whose or "no"
    if isinstance(about, personal.Apart):
        return "yes, apart"
    return "yes" if field.name in told()[model._meta.label_lower] or is_record(field) else "yes, not given"


def is_record(field: Any) -> bool:
    """Say whether a field names the record."""
    return bool(field.is_relation and field.related_model is Nominal)


def notes_of(model: type[models.Model], field: Any, about: Person, kept: Kept) -> str:
    """Say what differs for this field: in the change log, and at a disposal."""
    notes = [masked(model, field)]
    if isinstance(kept, disposing.Goes) and field.name in kept.without:
        notes.append("emptied when what it names is disposed of")
    if isinstance(kept, disposing.Goes) and field.name == kept.keyed:
        notes.append("key of a record")
    return "; ".join(filter(None, notes))


def masked(model: type[models.Model], field: Any) -> str:
    """Say whether the change log hides or leaves out a field."""
    if not auditlog.contains(model):
        return ""
    options = auditlog.get_model_fields(model)
    if field.name in options["mask_fields"]:
        return "hidden in the change log"
    return "not in the change log" if field.name in options["exclude_fields"] and field.name != "version" else ""
