"""Who the person is: names, dates of birth, numbers, looks and marks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import IdentifierKind, MarkKind, NameKind
from offenders.guards import require_removable
from offenders.models import DateOfBirth, Description, Identifier, Mark, Name, Nominal
from offenders.models.identity import IdentityPart
from offenders.rules import canonical_identifier
from offenders.search import index_names
from offenders.services.records import lock_nominal, require_birth, tidy


@transaction.atomic
def add_name(
    *,
    actor: User,
    nominal: Nominal,
    kind: NameKind | str,
    surname: str,
    given_names: str = "",
    used_from: date | None = None,
    used_until: date | None = None,
    source: str = "",
) -> Name:
    """Add a name. A new primary name makes the old one a previous name."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    if used_from and used_until and used_until < used_from:
        raise DomainError("Used until must not be before used from.", field="used_until")
    lock_nominal(nominal)
    surname, given_names = tidy(surname), tidy(given_names)
    if Name.objects.filter(nominal=nominal, kind=kind, surname=surname, given_names=given_names).exists():
        raise DomainError("This name is on the record already.", field="surname")
    if kind == NameKind.PRIMARY:
        retire_primary_name(nominal)
    name = Name.objects.create(
        nominal=nominal, kind=kind, surname=surname, given_names=given_names, used_from=used_from, used_until=used_until, source=source
    )
    index_names([nominal.pk])
    record_event(Verb.CHANGED, name, act="Name added", kind=str(kind))
    return name


def retire_primary_name(nominal: Nominal) -> None:
    """Make the name that the record went by a previous one."""
    for old in Name.objects.filter(nominal=nominal, kind=NameKind.PRIMARY):
        old.kind = NameKind.PREVIOUS
        old.save(update_fields=["kind"])


@transaction.atomic
def add_date_of_birth(
    *, actor: User, nominal: Nominal, birth: tuple[int, int | None, int | None], is_primary: bool = False, source: str = ""
) -> DateOfBirth:
    """Add a date of birth, as far as it is known; `is_primary` makes it the one that the record goes by."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_birth(birth, localdate())
    lock_nominal(nominal)
    year, month, day = birth
    known = DateOfBirth.objects.filter(nominal=nominal)
    if known.filter(year=year, month=month, day=day).exists():
        raise DomainError("This date of birth is on the record already.", field="birth")
    if is_primary:
        retire_primary_birth(nominal)
    added = DateOfBirth.objects.create(
        nominal=nominal, year=year, month=month, day=day, is_primary=is_primary or not known.exists(), source=source
    )
    record_event(Verb.CHANGED, added, act="Date of birth added")
    return added


def retire_primary_birth(nominal: Nominal) -> None:
    """Make the date that the record went by one of the others."""
    for old in DateOfBirth.objects.filter(nominal=nominal, is_primary=True):
        old.is_primary = False
        old.save(update_fields=["is_primary"])


@transaction.atomic
def add_identifier(*, actor: User, nominal: Nominal, kind: IdentifierKind | str, number: str, source: str = "") -> Identifier:
    """Add a number by which a system or paper knows the person; check letters must fit."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    try:
        value = canonical_identifier(kind, number)
    except ValueError as error:
        raise DomainError(str(error), field="number") from error
    lock_nominal(nominal)
    if Identifier.objects.filter(nominal=nominal, kind=kind, value=value).exists():
        raise DomainError("This number is on the record already.", field="number")
    identifier = Identifier.objects.create(nominal=nominal, kind=kind, value=value, as_given=number.strip(), source=source)
    record_event(Verb.CHANGED, identifier, act="Number added", kind=str(kind))
    return identifier


@transaction.atomic
def add_mark(*, actor: User, nominal: Nominal, kind: MarkKind | str, place: str, description: str, source: str = "") -> Mark:
    """Add a tattoo, scar or other mark."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    mark = Mark.objects.create(nominal=nominal, kind=kind, place=place, description=description, source=source)
    record_event(Verb.CHANGED, mark, act="Mark added", kind=str(kind))
    return mark


@transaction.atomic
def change_description(*, actor: User, nominal: Nominal, **looks: Any) -> Description:
    """Rewrite the person's looks."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    row = Description.objects.filter(nominal=nominal).first() or Description(nominal=nominal)
    changed = sorted(name for name, value in looks.items() if getattr(row, name) != value)
    for name, value in looks.items():
        setattr(row, name, value)
    row.save()
    record_event(Verb.CHANGED, row, act="Description changed", fields=changed)
    return row


@transaction.atomic
def remove_identity_fact(*, actor: User, fact: IdentityPart, reason: str) -> None:
    """Take a name, date of birth, number or mark off the record; the change log keeps what it said."""
    lock_nominal(fact.nominal)
    fact = hold(fact)
    authorise(actor, Perm.CHANGE_RECORD, fact)
    require_removable(fact)
    record_event(Verb.CHANGED, fact, reason=reason, act=f"{str(fact._meta.verbose_name).capitalize()} removed")
    fact.delete()
