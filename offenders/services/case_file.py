"""Entries of the case file: adding, changing, ending, making sure of them; moving home; the marking."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Manager
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import tell
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import IdentifierKind
from offenders.choices.case_file import MarkingLevel, VerifiedHow
from offenders.guards import require_unchanged
from offenders.guards.case_file import require_days_in_order, require_happened, require_not_ended, require_sound
from offenders.models import Address, Associate, Identifier, Marking, Nominal, Vehicle
from offenders.models.case_file import FilePart
from offenders.rules import canonical_identifier
from offenders.rules.case_file import canonical_postcode, span
from offenders.services.identity import add_identifier, remove_identity_fact
from offenders.services.operational import succeed
from offenders.services.records import lock_nominal, save_nominal, tidy

Entry = TypeVar("Entry", bound=FilePart)
MOVED = "Moved"
OTHER_MARK = "The vehicle has another mark"
UNKNOWN_RECORD = gettext_noop("No record with this reference can be linked. Check the reference, or write the person's name instead.")


@transaction.atomic
def add_entry(
    *,
    actor: User,
    nominal: Nominal,
    model: type[Entry],
    starts_on: date | None = None,
    ends_on: date | None = None,
    reference: str = "",
    **values: Any,
) -> Entry:
    """Add an entry for the days from `starts_on` to `ends_on`, both included; None: not known, or until further notice.

    `reference` links an associate to another record, which the actor must be allowed to know of.
    """
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    if issubclass(model, Associate):
        values |= associate_values(actor, locked, reference, values.get("name", ""))
    if "mark" in values:
        values["identifier"] = number_of(actor, locked, values.pop("mark"), values.get("source", ""))
    require_days_in_order(starts_on, ends_on)
    entry = model(nominal=locked, period=span(starts_on, ends_on), added_by=actor, **clean(values))
    store(actor, entry, f"{words_of(entry)} added")
    return entry


def associate_values(actor: User, nominal: Nominal, reference: str, name: str) -> dict[str, Any]:
    """Return the record or the name of an associate: one of them. Hidden and missing records get the same words."""
    reference = reference.strip().upper()
    if bool(reference) == bool(name.strip()):
        raise DomainError("Enter a reference or a name, and not both.", field="name")
    if not reference:
        return {"name": tidy(name)}
    other = Nominal.objects.for_user(actor, Perm.VIEW_MARKER).filter(reference=reference).first()
    if other is None:
        raise DomainError(UNKNOWN_RECORD, field="reference")
    if other.pk == nominal.pk:
        raise DomainError("This is the record itself. Enter another reference.", field="reference")
    return {"other": other, "name": ""}


def number_of(actor: User, nominal: Nominal, mark: str, source: str) -> Identifier | None:
    """Return the number of the identity that a vehicle's mark is, added where it is new; None for a mark that is not known."""
    if not mark.strip():
        return None
    try:
        value = canonical_identifier(IdentifierKind.VEHICLE, mark)
    except ValueError as error:
        raise DomainError(str(error), field="mark") from error
    known = Identifier.objects.filter(nominal=nominal, kind=IdentifierKind.VEHICLE, value=value).first()
    return known or add_identifier(actor=actor, nominal=nominal, kind=IdentifierKind.VEHICLE, number=mark, source=source)


@transaction.atomic
def change_entry(
    *, actor: User, entry: Entry, version: int, starts_on: date | None = None, ends_on: date | None = None, **values: Any
) -> Entry:
    """Put an entry right. What was true and is over is ended instead, so that the file keeps it."""
    authorise(actor, Perm.CHANGE_RECORD, entry)
    locked = lock_entry(entry)
    require_unchanged(locked, version)
    require_days_in_order(starts_on, ends_on)
    before = is_main(locked)
    number = locked.identifier if isinstance(locked, Vehicle) else None
    if "mark" in values:
        values["identifier"] = number_of(actor, locked.nominal, values.pop("mark"), values.get("source", ""))
    for name, value in clean(values).items():
        setattr(locked, name, value)
    locked.period = span(starts_on, ends_on)
    locked.version += 1
    store(actor, locked, f"{words_of(locked)} changed", was_main=before)
    if number is not None and number.nominal_id == locked.nominal_id and not number.vehicles.exists():
        remove_identity_fact(actor=actor, fact=number, reason=OTHER_MARK)
    return locked


@transaction.atomic
def end_entry(*, actor: User, entry: Entry, ends_on: date, reason: str) -> Entry:
    """Say which day was an entry's last, and why."""
    authorise(actor, Perm.CHANGE_RECORD, entry)
    locked = lock_entry(entry)
    require_not_ended(locked, localdate())
    require_days_in_order(locked.period.lower, ends_on)
    require_happened(ends_on, localdate(), "ends_on")
    if isinstance(locked, Address):
        end_households(locked, ends_on, reason)
    end_at(locked, ends_on, reason)
    record_event(Verb.CHANGED, locked, reason=reason, act=f"{words_of(locked)} ended")
    note_address(actor, locked)
    if is_main(locked):
        tell_of_main_address(actor, locked.nominal)
    return locked


@transaction.atomic
def verify_entry(*, actor: User, entry: Entry, verified_on: date, how: VerifiedHow | str, seen_on: date | None = None) -> Entry:
    """Say that somebody made sure of an entry, how and when; perhaps the person or thing was seen there."""
    authorise(actor, Perm.CHANGE_RECORD, entry)
    locked = lock_entry(entry)
    require_not_ended(locked, localdate())
    require_happened(verified_on, localdate(), "verified_on")
    require_happened(seen_on, localdate(), "seen_on")
    locked.verified_on, locked.verified_by, locked.verified_how = verified_on, actor, str(how)
    locked.seen_on = max(filter(None, (seen_on, locked.seen_on)), default=None)
    locked.version += 1
    locked.save(update_fields=["verified_on", "verified_by", "verified_how", "seen_on", "version"])
    record_event(Verb.CHANGED, locked, act=f"{words_of(locked)} verified")
    return locked


@transaction.atomic
def move_home(*, actor: User, nominal: Nominal, moved_on: date, **values: Any) -> Address:
    """End the main address and begin the next on the day of the move: one act."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_happened(moved_on, localdate(), "moved_on")
    old = Address.objects.select_for_update().filter(nominal=locked, is_main=True).order_by("-period").first()
    if old is not None and (old.period.lower or moved_on) >= moved_on:
        raise DomainError("The main address began on this day or later. Change that address instead.", field="moved_on")
    if old is not None and (old.period.upper is None or old.period.upper > moved_on):
        end_at(old, moved_on - timedelta(days=1), MOVED)
        end_households(old, moved_on - timedelta(days=1), MOVED)
    address = Address(nominal=locked, is_main=True, period=span(moved_on, None), added_by=actor, **clean(values))
    store(actor, address, "Move recorded")
    return address


@transaction.atomic
def set_marking(
    *,
    actor: User,
    nominal: Nominal,
    level: MarkingLevel | str,
    reason: str,
    starts_on: date,
    handling: str = "",
    version: int | None = None,
) -> Marking:
    """Mark the case file from a day on."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    marking = succeed(Marking, locked, actor, starts_on, reason=reason, level=str(level), handling=handling)
    save_nominal(locked)
    record_event(Verb.CHANGED, marking, reason=reason, act=f"Case file marked {MarkingLevel(level).label}")
    return marking


def lock_entry(entry: Entry) -> Entry:
    """Hold the record and the entry until the transaction ends."""
    lock_nominal(entry.nominal)
    return cast("Manager[Entry]", type(entry)._default_manager).select_for_update(of=("self",)).get(pk=entry.pk)


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with a postcode as it is written; a foreign one stays as it was typed."""
    if values.get("postcode") and not values.get("country"):
        try:
            values |= {"postcode": canonical_postcode(values["postcode"])}
        except ValueError as error:
            raise DomainError(str(error), field="postcode") from error
    return values


def store(actor: User, entry: FilePart, act: str, *, was_main: bool = False) -> None:
    """Check the entry, store it, note the act, and tell the unit when the main address is another."""
    require_happened(entry.seen_on, localdate(), "seen_on")
    require_sound(entry)
    entry.save()
    record_event(Verb.CHANGED, entry, act=act)
    note_address(actor, entry)
    if was_main or is_main(entry):
        tell_of_main_address(actor, entry.nominal)


def note_address(actor: User, entry: FilePart) -> None:
    """Note for flags that an address of the person is another."""
    if isinstance(entry, Address):
        note_occurrence(actor=actor, kind=Happening.ADDRESS_CHANGE, nominal=entry.nominal, subject=entry, route="offenders:case-file")


def end_at(entry: FilePart, last: date, reason: str) -> None:
    """Store an entry's last day."""
    entry.period, entry.end_reason, entry.version = span(entry.period.lower, last), reason, entry.version + 1
    entry.save(update_fields=["period", "end_reason", "version"])


def end_households(address: Address, last: date, reason: str) -> None:
    """Who has left an address no longer lives there with children."""
    for household in address.households.select_for_update().filter(period__endswith__isnull=True):
        if household.period.lower is None or household.period.lower <= last:
            end_at(household, last, reason)


def is_main(entry: FilePart) -> bool:
    """Say whether the entry is the main address."""
    return isinstance(entry, Address) and entry.is_main


def tell_of_main_address(actor: User, nominal: Nominal) -> None:
    """Tell the manager and the unit's supervisors, unless it was their own act."""
    people = [nominal.offender_manager, *User.objects.filter(unit=nominal.unit_id, is_active=True, groups__name=Role.SUPERVISOR)]
    text = gettext_noop("Details changed: main address")
    tell(actor=actor, people=people, text=text, nominal=nominal.pk, route="offenders:case-file")


def words_of(entry: FilePart) -> str:
    """Name what an act was about."""
    return str(entry._meta.verbose_name).capitalize()


