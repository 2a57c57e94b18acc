"""The change log of a nominal in words. A change may be read by whoever may read the row that changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import User
from audit.masking import hide_value
from offenders.models import Nominal
from offenders.models.nominal import NominalPart
from offenders.querysets import NominalQuerySet, PartQuerySet
from ui.templatetags.ui import in_sentence, uk_date, uk_datetime

if TYPE_CHECKING:
    from collections.abc import Callable

ACTIONS = {LogEntry.Action.CREATE: _("Added"), LogEntry.Action.UPDATE: _("Changed"), LogEntry.Action.DELETE: _("Removed")}
# Keys and the like, and times that the entry itself tells.
UNSHOWN = {"id", "public_id", "nominal", "version", "tokens", "sha256", "set_at", "added_at", "made_at", "since", "created_at"}
NOTHING = gettext_noop("Empty")
HIDDEN = gettext_noop("Not kept in the history")
RANGE = re.compile(r"[\[(](\d{4}-\d\d-\d\d|None|), ?(\d{4}-\d\d-\d\d|None|)[\])]")


@dataclass(frozen=True)
class FieldChange:
    """One field: what it was and what it became."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One entry: a row that was added, changed or removed."""

    at: datetime
    who: str
    acting_role: str
    action: str
    what: str
    fields: list[FieldChange]


def changes_of(user: User, nominal: Nominal) -> QuerySet[LogEntry]:
    """Return the change log of a nominal, newest first, without rows that the user may not read, whichever app they are of.

    Rows that follow the record need one question for all; of models with a rule of their own each row is asked for, so that
    nothing is told of one that is gone.
    Call it inside accounts.access.row_security, or nothing about confidential sections is there.
    """
    kept = [model for model in apps.get_models() if issubclass(model, (Nominal, NominalPart))]
    plain = [model for model in kept if rule_of(model) in {NominalQuerySet.visible_to, PartQuerySet.visible_to}]
    readable = {perm: may(user, perm, nominal) for perm in {model.read_permission for model in plain}}
    open_types = ContentType.objects.get_for_models(*(model for model in plain if readable[model.read_permission]))
    seen = Q(content_type__in=open_types.values())
    for model in (model for model in kept if model not in plain):
        rows = model._default_manager.for_user(user).filter(nominal=nominal)
        seen |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows.values("pk"))
    entries = LogEntry.objects.filter(of_records(nominal.every_key)).filter(seen)
    return entries.select_related("actor", "content_type").order_by("-pk")


def of_records(keys: list[int]) -> Q:
    """Entries about any of these records."""
    return reduce(or_, (Q(additional_data__nominal=key) for key in keys))


def rule_of(model: type[Nominal | NominalPart]) -> Any:
    """Return what says which rows of a model somebody may see."""
    return type(model._default_manager.all()).visible_to


def describe_changes(entries: Iterable[LogEntry]) -> list[Change]:
    """Put entries into words; the people, units and forces they name are fetched together."""
    entries = list(entries)
    names = related_names(entries)
    return [describe_entry(entry, names) for entry in entries]


def describe_entry(entry: LogEntry, names: dict[tuple[str, str], str]) -> Change:
    """Put one entry into words."""
    model = entry.content_type.model_class()
    fields = [
        FieldChange(label_of(model, name), words_for(model, name, before, names), words_for(model, name, after, names))
        for name, (before, after) in changed_fields(entry)
    ]
    who = entry.actor.display_name if entry.actor else gettext("The system")
    role = gettext(str((entry.additional_data or {}).get("acting_role", "")).replace("_", " ").capitalize())
    what = str(model._meta.verbose_name).replace("mappa", "MAPPA") if model else entry.content_type.model
    what = in_sentence(gettext(capfirst(what)))
    return Change(entry.timestamp, who, role, str(ACTIONS.get(entry.action, _("Changed"))), what, fields)


def changed_fields(entry: LogEntry) -> list[tuple[str, tuple[Any, Any]]]:
    """Return the fields that say something, with both values; empty fields of a new row and rows that point here are left out."""
    model = entry.content_type.model_class()
    pairs = [(name, pair) for name, pair in (entry.changes or {}).items() if name not in UNSHOWN and is_column(model, name)]
    return [(name, (pair[0], pair[1])) for name, pair in pairs if not (is_empty(pair[0]) and is_empty(pair[1]))]


def is_column(model: type[models.Model] | None, name: str) -> bool:
    """Whether the name is a field of the table's own, or one that exists no longer."""
    field = field_of(model, name)
    return field is None or bool(field.concrete)


def is_empty(value: Any) -> bool:
    """Whether the log holds nothing for a value."""
    return value in (None, "", "None", "[]")


def field_of(model: type[models.Model] | None, name: str) -> Any:
    """Return the field, or None for one that exists no longer."""
    with suppress(FieldDoesNotExist, AttributeError):
        return model._meta.get_field(name)  # type: ignore[union-attr]
    return None


def label_of(model: type[models.Model] | None, name: str) -> str:
    """Return what people call the field."""
    field = field_of(model, name)
    label = str(field.verbose_name) if field else name.replace("_", " ")
    return gettext(label[:1].upper() + label[1:])


def related_names(entries: list[LogEntry]) -> dict[tuple[str, str], str]:
    """Return what the people, units and forces in the entries are called, by model and key: one query for each model."""
    wanted: dict[type[models.Model], set[str]] = {}
    for entry in entries:
        for name, pair in changed_fields(entry):
            field = field_of(entry.content_type.model_class(), name)
            if field is not None and field.many_to_one:
                wanted.setdefault(field.related_model, set()).update(str(value) for value in pair if str(value).isdigit())
    return {
        (model._meta.label, str(row.pk)): name_of(row) for model, keys in wanted.items() for row in model._base_manager.filter(pk__in=keys)
    }


def name_of(row: models.Model) -> str:
    """Return how officers name each other; anything else by its own name."""
    return row.display_name if isinstance(row, User) else str(row)


def words_for(model: type[models.Model] | None, name: str, value: Any, names: dict[tuple[str, str], str]) -> str:
    """Put a logged value into words: choices by their labels, dates as people write them, rows by their names."""
    if is_empty(value):
        return gettext(NOTHING)
    if value == hide_value(str(value)):
        return gettext(HIDDEN)
    field = field_of(model, name)
    return str(value) if field is None else words_of_field(field, str(value), names)


def words_of_field(field: Any, text: str, names: dict[tuple[str, str], str]) -> str:
    """Put a logged text into words by the kind of its field; what fits none stays as it is."""
    if field.many_to_one:
        return names.get((field.related_model._meta.label, text), text)
    if field.choices:
        return choice_label(field, text)
    for kind, words in WORDS_BY_KIND:
        if isinstance(field, kind):
            with suppress(ValueError, SyntaxError):
                return words(field, text)
    return text


def choice_label(field: Any, text: str) -> str:
    """Return the words of a choice."""
    return str({str(key): label for key, label in field.flatchoices}.get(text, text))


def range_words(field: Any, text: str) -> str:
    """Write a range of days as people do: both ends included."""
    found = RANGE.fullmatch(text)
    if not found:
        return text
    first, after = (date.fromisoformat(part) if part not in ("", "None") else None for part in found.groups())
    last = after - timedelta(days=1) if after else None
    if first and last:
        return gettext("%(first)s to %(last)s") % {"first": uk_date(first), "last": uk_date(last)}
    if last:
        return gettext("to %(last)s") % {"last": uk_date(last)}
    return gettext("%(first)s until further notice") % {"first": uk_date(first)} if first else gettext("until further notice")


def array_words(field: Any, text: str) -> str:
    """Write a list with commas."""
    return ", ".join(choice_label(field.base_field, str(item)) for item in ast.literal_eval(text))


# Date-times come before dates, whose field class they share; the log keeps them in UTC without saying so.
WORDS_BY_KIND: tuple[tuple[type[models.Field], Callable[[Any, str], str]], ...] = (
    (models.BooleanField, lambda field, text: {"True": gettext("Yes"), "False": gettext("No")}.get(text, text)),
    (models.DateTimeField, lambda field, text: uk_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))),
    (models.DateField, lambda field, text: uk_date(date.fromisoformat(text))),
    (DateRangeField, range_words),
    (ArrayField, array_words),
)
