"""All that is held about the person of a record, table by table, as a reader may see it; and what somebody must look at before it goes.

Each app declares what its tables are to the person (`personal.py`); what is kept apart is read by no source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, cast

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import override

from accounts.access import may, permissions_on, row_security
from accounts.choices import OrganisationKind
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from audit.personal import Held, declared
from disclosure.rules.staff import STAFF, Member, staff_finder
from intelligence.models import CheckSource, TravelAlert
from offenders.choices.case_file import ContactParty
from offenders.models import AssessmentTool, Contact, CourtOrder, Identifier, Meeting, Nominal
from offenders.services.leaks import passages_that_may_leak
from offenders.templatetags.nominals import last_day
from sharing.models import PartnerNews, Release
from sharing.reports.chosen import other_names, own_words
from sharing.rules.passages import Passage, found_by, undecided
from ui.languages import KEPT_IN
from ui.templatetags.ui import uk_date, uk_datetime, uk_time

SOMEBODY = "another person on record"
RELEASED = "intelligence.informationrelease"  # of which an agency may keep control: only sharing knows
LAST = "actions."  # of all that is held, what staff had to do comes last
UNREAD = (models.UUIDField, models.FileField, models.BinaryField, SearchVectorField)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LABEL_LENGTH = 200


@dataclass(frozen=True)
class Source:
    """A table of which rows are held about people."""

    name: str
    heading: str
    model: type[models.Model]
    declaration: Held

    @property
    def permission(self) -> Perm:
        """The permission that reading it takes."""
        return cast(Any, self.model).read_permission

    def about(self, keys: Sequence[int]) -> QuerySet:
        """Return the rows about these records, whoever may see them."""
        rows: QuerySet = self.model._default_manager.all()
        if self.declaration.select:
            rows = self.declaration.select(rows)
        if self.name == RELEASED:
            rows = rows.exclude(report__in=PartnerNews.objects.kept_back().filter(report__isnull=False).values("report"))
        return rows.filter(**{f"{self.declaration.nominal}__in": keys})


class Piece(NamedTuple):
    """One row that is held, in words."""

    key: str
    heading: str
    label: str
    text: str


def held_sources() -> list[Source]:
    """Return every table of which rows are held about people, in the order in which they are read."""
    held = ((f"{app}.{name}", each) for app, name, each in declared() if isinstance(each, Held))
    sources = [Source(name.lower(), each.heading, apps.get_model(name), each) for name, each in held]
    return sorted(sources, key=lambda source: source.name.startswith(LAST))


def may_read(user: User, nominal: Nominal, source: Source) -> bool:
    """Say whether a user reads what a source holds about a person."""
    return may(user, source.permission, nominal)


def read_source(user: User, nominal: Nominal, source: Source) -> list[Piece]:
    """Return all that a source holds about a person and the user may see, oldest first."""
    keys = nominal.every_key
    with row_security(user):
        return pieces_of(user, keys, source)


def read_everything(user: User, nominal: Nominal) -> tuple[list[tuple[Source, list[Piece]]], list[Source]]:
    """Return what each source holds that the user may read, where it holds something; and the sources that somebody else must read."""
    sources, keys = held_sources(), nominal.every_key
    allowed = permissions_on(user, sorted({source.permission for source in sources}), nominal)
    with row_security(user):
        read = [(source, pieces_of(user, keys, source)) for source in sources if source.permission in allowed]
    return [(source, pieces) for source, pieces in read if pieces], [source for source in sources if source.permission not in allowed]


def pieces_of(user: User, keys: Sequence[int], source: Source) -> list[Piece]:
    """Return the rows of a source in words. Call it inside row_security."""
    fields = told_fields(source)
    joined = [field.name for field in fields if field.is_relation]
    rows: QuerySet = cast(Any, source.model._default_manager).for_user(user)
    rows = rows.filter(pk__in=source.about(keys).values("pk")).select_related(None).select_related(*joined).order_by("pk")
    pieces = (Piece(f"{source.name}:{row.pk}", source.heading, label_of(row, fields), text_of(row, fields)) for row in rows)
    return [piece for piece in pieces if piece.text]


def told_fields(source: Source) -> list[models.Field]:
    """Return the fields of a table that say something to the person: no keys, no names of staff, no stamps."""
    left_out = {source.declaration.nominal, "version", *source.declaration.without}
    return [field for field in source.model._meta.concrete_fields if field.name not in left_out and is_told(field)]


def is_told(field: models.Field) -> bool:
    """Say whether a field holds words or facts."""
    if field.is_relation:
        return field.related_model in WORDS
    is_stamp = isinstance(field, models.DateTimeField) and not field.editable
    return not (field.primary_key or is_stamp or isinstance(field, UNREAD))


def label_of(row: models.Model, fields: Iterable[models.Field]) -> str:
    """Return what a row is: its kind, and the first day that it names."""
    kind = cast(Any, row).get_kind_display() if any(field.name == "kind" and field.choices for field in fields) else ""
    days = (getattr(row, field.name) for field in fields if isinstance(field, models.DateField))
    day = next((uk_date(day) for day in days if day), "")
    return ", ".join(filter(None, (str(kind) or capfirst(str(row._meta.verbose_name)), day)))[:LABEL_LENGTH]


def text_of(row: models.Model, fields: Iterable[models.Field]) -> str:
    """Return a row as lines, one for each field that holds something."""
    lines = ((capfirst(str(field.verbose_name)), value_of(row, field)) for field in fields)
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def value_of(row: models.Model, field: models.Field) -> str:
    """Return what a field holds, in words; nothing where it holds nothing."""
    value = getattr(row, field.name)
    if value is None or value in ("", [], {}):
        return ""
    if field.is_relation:
        return WORDS[cast(Any, field.related_model)](value)
    if isinstance(field, DateRangeField):
        return days_of(value)
    if isinstance(field, ArrayField):
        names = dict(field.base_field.flatchoices)
        return ", ".join(in_words(names.get(each, each)) for each in value)
    return in_words(getattr(row, f"get_{field.name}_display")() if field.choices else value)


def in_words(value: Any) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    return next((write(value) for kind, write in WRITTEN if isinstance(value, kind)), str(value))


def days_of(period: DateRange) -> str:
    """Return a period in words, with its last day."""
    first, last = uk_date(period.lower), uk_date(last_day(period))
    return " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))


def listed(values: Iterable[Any]) -> str:
    """Return several values in words."""
    return "; ".join(filter(None, map(in_words, values)))


def described(values: dict[str, Any]) -> str:
    """Return named values in words."""
    said = ((name.replace("_", " "), in_words(each)) for name, each in values.items())
    return "; ".join(f"{name}: {words}" for name, words in said if words)


# How people write a kind of value; the first that fits counts, so that what is narrower stands before.
WRITTEN: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (bool, lambda value: "Yes" if value else "No"),
    (datetime, uk_datetime),
    (date, uk_date),
    (time, uk_time),
    (dict, described),
    ((list, tuple), listed),
    (str, lambda value: uk_date(date.fromisoformat(value)) if ISO_DAY.fullmatch(value) else value),
)


def crossing(alert: Any) -> str:
    """Return one crossing of a border in words."""
    ways = filter(None, (alert.get_direction_display(), alert.port, alert.carrier, alert.service, alert.origin, alert.destination))
    return ", ".join([uk_datetime(alert.travels_at) if alert.is_time_known else uk_date(alert.travels_at), *ways])


# What stands for a row of another table; a table that is not named here is left out, people who sign in before all others.
WORDS: dict[type[models.Model], Callable[[Any], str]] = {
    Nominal: lambda row: SOMEBODY,
    Organisation: str,
    Unit: str,
    CheckSource: lambda row: row.name,
    TravelAlert: crossing,
    AssessmentTool: lambda row: row.name,
    Contact: lambda row: uk_datetime(row.at),
    CourtOrder: lambda row: str(row.get_kind_display()),
    Identifier: lambda row: row.value,
    Meeting: lambda row: uk_date(row.starts_at),
    Release: lambda row: row.reference,
}


def suggest(user: User, nominal: Nominal, pieces: Sequence[Piece]) -> list[list[Passage]]:
    """Cut each piece into passages, undecided, each with the rules that suggest that somebody looks at it (`found`)."""
    cut = [undecided(piece.text) for piece in pieces]
    names, names_staff = people_named(user, nominal), staff_finder(staff(), own_words(user, nominal))
    apart = iter(passages_that_may_leak(actor=user, nominal=nominal, texts=[each["text"] for passages in cut for each in passages]))
    return [
        [each | {"found": [*found_by(each["text"], names, next(apart)), *[STAFF] * names_staff(each["text"])]} for each in passages]
        for passages in cut
    ]


def staff() -> list[Member]:
    """Return how everybody is named who works or worked for a force; nobody is shown one."""
    people = User.objects.filter(is_service=False, organisation__kind=OrganisationKind.FORCE)
    return [Member(*each) for each in people.values_list("last_name", "username", "collar_number", "rank")]


def people_named(user: User, nominal: Nominal) -> list[str]:
    """Return names of other people on the record, and of those with whom officers spoke, as far as the user may see them."""
    spoken = Contact.objects.for_user(user).filter(nominal=nominal).exclude(party=ContactParty.OFFENDER).exclude(with_whom="")
    return list(dict.fromkeys([*other_names(user, nominal), *spoken.values_list("with_whom", flat=True)]))


@dataclass(frozen=True)
class Heading:
    """What a source holds about a person: each row by its label, with its passages."""

    source: Source
    rows: list[tuple[str, list[Passage]]]

    @property
    def marked(self) -> int:
        """How many passages somebody would have to decide about."""
        return sum(bool(each["found"]) for _, passages in self.rows for each in passages)


def as_read(user: User, nominal: Nominal) -> tuple[list[Heading], list[Source]]:
    """Return what would go today if nobody decided anything, and the sources that somebody else must read. What would go is in English."""
    with override(KEPT_IN):
        read, unread = read_everything(user, nominal)
    passages = iter(suggest(user, nominal, [piece for _, pieces in read for piece in pieces]))
    return [Heading(source, [(piece.label, next(passages)) for piece in pieces]) for source, pieces in read], unread
