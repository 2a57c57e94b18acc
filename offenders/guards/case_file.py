"""What must hold before the case file changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.errors import DomainError
from offenders.choices.case_file import CHILD_AGES, MAIN_KINDS, PLACELESS_KINDS, AddressKind, AgeClass, ProtectedKind
from offenders.models import Address, Household, ProtectedPerson, Vehicle
from offenders.models.case_file import FilePart
from offenders.rules.case_file import is_current, last_of
from ui.templatetags.ui import date_words


def require_days_in_order(starts_on: date | None, ends_on: date | None) -> None:
    """A period's last day is not before its first."""
    if starts_on and ends_on and ends_on < starts_on:
        raise DomainError("The last day must not be before the first day.", field="ends_on")


def require_happened(day: date | datetime | None, today: date | datetime, field: str) -> None:
    """What is recorded as done or seen was done or seen by now."""
    if day and day > today:
        raise DomainError("This must be today or earlier.", field=field)


def require_not_ended(entry: FilePart, today: date) -> None:
    """An entry that is over stays as it was."""
    if not is_current(entry.period, today):
        raise DomainError("This ended on {day}. Add a new entry instead.", day=date_words(last_of(entry.period)))


def require_sound(entry: FilePart) -> None:
    """The entry makes sense by the rules of its own kind."""
    match entry:
        case Address():
            require_sound_address(entry)
        case Household():
            require_sound_household(entry)
        case ProtectedPerson():
            require_sound_person(entry)
        case Vehicle():
            require_sound_vehicle(entry)


def require_sound_address(address: Address) -> None:
    """An address says where, and only one at a time is the main one."""
    if not address.line_1 and address.kind not in PLACELESS_KINDS:
        raise DomainError("Enter the first line of the address.", field="line_1")
    if not address.is_main:
        return
    if address.kind not in MAIN_KINDS:
        raise DomainError(
            "“{kind}” cannot be the main address. Choose another kind, or untick main address.",
            kind=AddressKind(address.kind).label,
            field="kind",
        )
    if address.period.lower is None:
        raise DomainError("Enter the first day: a main address follows the one before it.", field="starts_on")
    others = Address.objects.filter(nominal=address.nominal_id, is_main=True, period__overlap=address.period).exclude(pk=address.pk)
    if other := others.order_by("period").first():
        raise overlap(other)


def overlap(other: Address) -> DomainError:
    """Say which main address is in the way, and what to do."""
    first, last = date_words(other.period.lower), last_of(other.period)
    if last is None:
        return DomainError(
            "Another main address holds from {first}. If the person has moved, use “Record a move”; "
            "otherwise change or end that address first.",
            first=first,
            field="starts_on",
        )
    return DomainError(
        "Another main address holds from {first} to {last}. If the person has moved, use “Record a move”; "
        "otherwise change or end that address first.",
        first=first,
        last=date_words(last),
        field="starts_on",
    )


def require_sound_household(household: Household) -> None:
    """Children are children, of the same record's address; a day of telling names who was told."""
    if household.address.nominal_id != household.nominal_id:
        raise DomainError("Choose an address of this record.", field="address")
    if set(household.ages) - {value for value, _ in CHILD_AGES}:
        raise DomainError("Choose ages under 18.", field="ages")
    require_agency_named(household)


def require_sound_person(person: ProtectedPerson) -> None:
    """A child is not an adult; a day of telling names who was told."""
    if person.kind == ProtectedKind.CHILD and person.age == AgeClass.ADULT:
        raise DomainError("A child cannot be an adult. Change the age or choose “Adult at risk”.", field="age")
    require_agency_named(person)


def require_sound_vehicle(vehicle: Vehicle) -> None:
    """A vehicle can be told from others, and stands in the file once for the same days."""
    if vehicle.identifier is None:
        if not vehicle.make:
            raise DomainError("Enter the registration mark, or the make while the mark is not known.", field="mark")
        return
    if Vehicle.objects.filter(identifier=vehicle.identifier, period__overlap=vehicle.period).exclude(pk=vehicle.pk).exists():
        raise DomainError("A vehicle with this mark is in the file for these days already. Change that one.", field="mark")


def require_agency_named(entry: Any) -> None:
    """A day on which an agency was told goes with its name."""
    if entry.told_on and not entry.agency_told:
        raise DomainError("Say which agency was told.", field="agency_told")


def require_only_this_person(*, spoke_of_others: bool, left_out: bool) -> None:
    """A note holds what is about this person; what was said of others goes another way."""
    if spoke_of_others and not left_out:
        raise DomainError(
            "Take out what is about other people: report that as intelligence, where it is graded and kept apart. Then tick this box.",
            field="left_out",
        )
