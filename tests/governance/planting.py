"""A record about which every table holds something, unusual strings in all of it, and a search of the whole system for them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.search import SearchVectorField
from django.core.cache import cache
from django.db import Error, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from offenders.models import Nominal
from tests.safety.objects import OBJECTS
from tests.test_architecture import our_models

WORD = "zqxplanted"
Rows = dict[type[models.Model], set[Any]]

# Tables that stay when a record goes: rules, staff, and what names nobody. Written by hand, so that a declaration cannot hide a table.
STAYING = {
    "accounts.ApiClient", "accounts.Authenticator", "accounts.Delegation", "accounts.Organisation", "accounts.SignIn", "accounts.Unit",
    "accounts.User",
    "actions.BankHoliday", "actions.ClockRule", "audit.AuditCheck", "audit.Erasure", "audit.Event", "audit.Seal", "audit.SealMark",
    "audit.TrailKey", "disclosure.Clarification", "disclosure.FreedomReply", "disclosure.FreedomRequest", "disclosure.FreedomReview",
    "disclosure.Ground", "disclosure.NationalAdvice", "disclosure.SmallNumber", "disclosure.StandardText", "governance.ClosedYear",
    "governance.Disposal", "governance.DisposedFile", "governance.Fact", "governance.JobRun", "governance.LookJudgement",
    "governance.LookQuestion", "governance.LookRule", "governance.LookSweep", "governance.QuestionStep", "governance.RetentionRule",
    "governance.SightPaper", "governance.UnusualLook", "intelligence.AlertSource", "intelligence.Canary", "intelligence.CheckSource",
    "intelligence.ContactLimit", "intelligence.EventType", "intelligence.MatchingThreshold", "intelligence.MeansRule",
    "intelligence.PostcodePoint", "intelligence.Suggestion", "intelligence.UsualFlag", "offenders.AssessmentTool", "offenders.Import",
    "offenders.InformationSource", "offenders.Meeting", "offenders.SearchSweep", "offenders.ToolField", "sharing.AgencyChange",
    "sharing.AgencyContact", "sharing.Agreement", "sharing.AuthorityRule", "sharing.MediaLine", "sharing.Power", "sharing.Webhook",
    "sharing.WebhookDelivery",
}  # fmt: skip
PLAIN: list[tuple[type[models.Field], Any]] = [
    (models.BooleanField, True),
    (models.DateTimeField, datetime(2020, 1, 1, tzinfo=UTC)),
    (models.DateField, date(2020, 1, 1)),
    (DateRangeField, DateRange(date(2020, 1, 1), None)),
    (models.IntegerField, 1),
    (models.FloatField, 0.5),
    (models.BinaryField, b"x"),
    (models.JSONField, []),
    (models.UUIDField, uuid4()),
    (ArrayField, []),
]
# What a column says to the system: to write words there would change what the row is about.
TOLD_TO_THE_SYSTEM = {"subject_type", "table", "column", "marks", "tokens", "keys", "pair"}
# Tables of which rows go by their words or keys: written by the test itself.
BY_THEIR_WORDS = {"accounts.KeptAnswer", "intelligence.LinkCheck", "intelligence.ReportSearch", "offenders.SavedSearch", "offenders.Word"}


def all_tables() -> dict[str, type[models.Model]]:
    """Every table of our own, and those that join two of them."""
    joining = [field.remote_field.through for model in our_models() for field in model._meta.local_many_to_many]
    found = {model._meta.label: model for model in [*our_models(), *joining] if model._meta.app_label != "auth"}
    return {label: model for label, model in found.items() if label not in {"accounts.User_groups", "accounts.User_user_permissions"}}


@contextmanager
def as_owner() -> Iterator[Any]:
    """Work as the owner of the tables, past triggers and row security, as somebody with the disk in their hands would."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        guarded = [name for (name,) in cursor.fetchall()]
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
        yield cursor
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        cursor.execute(f"SET CONSTRAINTS ALL DEFERRED; SET ROLE {settings.DATABASE_APP_ROLE}")


def snapshot() -> Rows:
    """The keys of all rows there are."""
    with as_owner():
        return {model: set(model._base_manager.values_list("pk", flat=True)) for model in all_tables().values()}


def difference(after: Rows, before: Rows) -> Rows:
    """The rows that were added."""
    return {model: keys - before[model] for model, keys in after.items()}


def fill(nominal: Nominal) -> dict[str, str]:
    """Add everything that the safety tests can make about a record; return what could not be made beside the rest, and why."""
    failed = {}
    for route, make in OBJECTS.items():
        try:
            with transaction.atomic():
                make(nominal)
        except Exception as error:  # noqa: BLE001 - whatever stands in the way of one thing more; the tables are counted afterwards
            failed[route] = f"{type(error).__name__}: {error}"[:150]
    return failed


def loosen() -> None:
    """Let every table take any words, until the test's transaction is rolled back: what is planted need not make sense."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace"
        )
        ours = {model._meta.db_table for label, model in all_tables().items() if label not in STAYING}
        for table, name in cursor.fetchall():
            if table in ours:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("ALTER TABLE disclosure_undoneseal DISABLE TRIGGER seal_undone_in_time")


def complete(nominal: Nominal, rows: Rows) -> None:
    """Add a row to each table that goes with the record and has none yet, pointing at what there is."""
    waiting = [model for model, keys in rows.items() if not keys and model._meta.label not in STAYING | BY_THEIR_WORDS]
    with as_owner():
        for _ in range(5):
            waiting = [model for model in waiting if not add_row(model, nominal, rows)]
    assert waiting == []


def add_row(model: type[models.Model], nominal: Nominal, rows: Rows) -> bool:
    """Add a row, once all that it must point at is there."""
    values: dict[str, Any] = {}
    columns = [field for field in model._meta.concrete_fields if field.is_relation]
    owned = [field for field in columns if field.related_model in rows and field.related_model._meta.label not in STAYING]
    is_free = all(field.null for field in owned)
    for field in columns:
        if field in owned and (not field.null or is_free):
            there = {nominal.pk} if field.related_model is Nominal else rows[field.related_model]
            if not there:
                return False
            values[field.attname] = min(there)
        elif not field.null:
            values[field.attname] = field.related_model._base_manager.values_list("pk", flat=True).first()
    for field in model._meta.concrete_fields:
        if not field.is_relation and not field.primary_key and not field.null and not field.has_default() and not field.has_db_default():
            values.setdefault(field.attname, plain_value(field))
    row = model(**values)
    models.Model.save_base(row, force_insert=True)
    rows[model].add(row.pk)
    return True


def plain_value(field: models.Field) -> Any:
    """Something that the column's type takes."""
    for kind, value in PLAIN:
        if isinstance(field, kind):
            return value
    return ""


def is_on_certificate(field: models.Field) -> bool:
    """The number of the record stays on the certificate."""
    return field.model is Nominal and field.name == "reference"


def columns_to_plant(model: type[models.Model]) -> Iterator[tuple[models.Field, str]]:
    """The columns of a table that hold words, each with what is planted there."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation or field.choices or field.name in TOLD_TO_THE_SYSTEM or is_on_certificate(field):
            continue
        word = f"{WORD}{model._meta.db_table}{field.column}".replace("_", "")
        if isinstance(field, ArrayField):
            if isinstance(field.base_field, models.CharField | models.TextField) and not field.base_field.choices:
                yield field, "{" + word[: field.base_field.max_length or 200] + "}"
        elif isinstance(field, models.JSONField):
            yield field, json.dumps([{"words": word}])
        elif isinstance(field, models.BinaryField | models.FileField):
            yield field, word
        elif isinstance(field, SearchVectorField):
            yield field, f"'{word}'"
        elif isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.UUIDField):
            yield field, word[: field.max_length] if field.max_length else word


def plant(rows: Rows) -> tuple[set[str], set[str]]:
    """Write unusual strings into every column with words of these rows; return the tables with some, and columns that refused."""
    planted, refused = set(), set()
    with as_owner() as cursor:
        for model, keys in rows.items():
            label, table = model._meta.label, model._meta.db_table
            if label in STAYING or label in BY_THEIR_WORDS or not keys:
                continue
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for field, value in columns_to_plant(model):
                if plant_column(cursor, model, field, value, keys):
                    planted.add(label)
                else:
                    refused.add(f"{label}.{field.name}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return planted, refused


def plant_column(cursor: Any, model: type[models.Model], field: models.Field, value: str, keys: set[Any]) -> int:
    """Write into one column of these rows, those that take it; return how many did."""
    if isinstance(field, models.FileField):
        return plant_files(model, field, keys)
    done = 0
    for number, key in enumerate(sorted(keys)):
        said = value if number == 0 or not field.unique else f"{value[: (field.max_length or 60) - 4]}{number}"
        try:
            with transaction.atomic():
                cursor.execute(
                    f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE {model._meta.pk.column} = %s',  # noqa: S608 - our names
                    [said.encode() if isinstance(field, models.BinaryField) else said, key],
                )
                done += cursor.rowcount
        except Error:
            continue
    return done


def plant_files(model: type[models.Model], field: models.Field, keys: set[Any]) -> int:
    """Write into the files on the disk."""
    names = list(model._base_manager.filter(pk__in=keys).exclude(**{field.name: ""}).values_list(field.name, flat=True))
    for name in names:
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{WORD} in a file", encoding="utf-8")
    return len(names)


def plant_in_log(nominal: Nominal, rows: Rows) -> int:
    """Write into the trail and the change log, where they tell of the record or of the rows about it."""
    with as_owner() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER; ALTER TABLE auditlog_logentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_event SET reason = %s, detail = detail || %s WHERE nominal = %s", [WORD, json.dumps({"words": WORD}), nominal.pk]
        )
        changed = cursor.rowcount
        cursor.execute(
            "UPDATE auditlog_logentry SET object_repr = %s, changes_text = %s, changes = %s WHERE additional_data -> 'nominal' = %s",
            [WORD, WORD, json.dumps({"words": ["", WORD]}), json.dumps(nominal.pk)],
        )
        changed += cursor.rowcount
        for model, keys in rows.items():
            if model._meta.label in STAYING or not keys:
                continue
            label = model._meta.label_lower
            cursor.execute(
                "UPDATE audit_event SET reason = %s WHERE subject_type = %s AND subject_id = ANY(%s)", [WORD, label, list(keys)]
            ) if isinstance(model._meta.pk, models.BigAutoField) else None
            cursor.execute(
                "UPDATE auditlog_logentry SET changes = %s FROM django_content_type kind WHERE kind.id = content_type_id"
                " AND kind.app_label || '.' || kind.model = %s AND object_pk = ANY(%s)",
                [json.dumps({"words": ["", WORD]}), label, [str(key) for key in keys]],
            )
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER; ALTER TABLE auditlog_logentry ENABLE TRIGGER USER")
    return changed


COLUMNS = """
    SELECT table_name, column_name, data_type
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    AND (data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY', 'USER-DEFINED', 'tsvector') OR udt_name = 'tsvector')
"""


def found_in_database(word: str = WORD) -> dict[str, int]:
    """Each column of the whole database that holds the word, and in how many rows."""
    found = {}
    with as_owner() as cursor:
        cursor.execute(COLUMNS)
        by_table = defaultdict(list)
        for table, column, kind in cursor.fetchall():
            by_table[table].append((column, f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'))
        for table, columns in by_table.items():
            counted = ", ".join(f"count(*) FILTER (WHERE {said} ILIKE %s)" for _, said in columns)
            cursor.execute(f'SELECT {counted} FROM "{table}"', [f"%{word}%"] * len(columns))  # noqa: S608 - names of our tables
            for (column, _), number in zip(columns, cursor.fetchone(), strict=True):
                if number:
                    found[f"{table}.{column}"] = number
    return found


def found_on_disk(word: str = WORD) -> list[str]:
    """Each file that holds the word."""
    return [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def found_in_cache(word: str = WORD) -> list[str]:
    """Each key of the cache server whose name or value holds the word."""
    client = cache._cache.get_client(None, write=False)
    readers = {b"string": client.get, b"list": lambda key: client.lrange(key, 0, -1), b"set": client.smembers, b"hash": client.hgetall,
               b"zset": lambda key: client.zrange(key, 0, -1)}  # fmt: skip
    held = ((key, readers.get(client.type(key), lambda key: "")(key)) for key in client.scan_iter())
    return [str(key) for key, value in held if word in f"{key!r}{value!r}".lower()]


def contents(rows: Rows) -> dict[str, list[Any]]:
    """Everything that these rows say, for comparing."""
    with as_owner():
        return {
            model._meta.label: sorted(
                repr([plain(value) for value in row]) for row in model._base_manager.filter(pk__in=keys).values_list()
            )
            for model, keys in rows.items()
        }


def plain(value: Any) -> Any:
    """A value as it can be compared."""
    return bytes(value) if isinstance(value, memoryview) else value
