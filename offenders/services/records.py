"""The record itself: registering a person, who manages it, who may know of it, who checked its card."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import hold, wait_turn
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import move_actions, rehome_actions
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import NameKind, Registration, Sex
from offenders.guards import require_able_manager, require_not_excluded, require_own_unit, require_unchanged, require_unit_of_force
from offenders.models import DateOfBirth, Description, Name, Nominal, OperationalFacts
from offenders.references import next_references
from offenders.rules import check_birth
from offenders.search import index_names
from offenders.services.offers import lapse_offers


def lock_nominal(nominal: Nominal, version: int | None = None) -> Nominal:
    """Hold the record until the transaction ends; StaleRecord when it is gone, or no longer the version that the actor saw."""
    locked = hold(nominal)
    require_unchanged(locked, version)
    return locked


def save_nominal(nominal: Nominal, *fields: str) -> Nominal:
    """Store the fields and count the version up, so that whoever saw the old one is told."""
    nominal.version += 1
    nominal.save(update_fields=[*fields, "version"])
    return nominal


@transaction.atomic
def register_nominal(
    *,
    actor: User,
    registration: Registration | str,
    unit: Unit,
    offender_manager: User,
    surname: str,
    given_names: str = "",
    birth: tuple[int, int | None, int | None] | None = None,
    sex: Sex | str = Sex.UNKNOWN,
    local_reference: str = "",
    source: str = "",
    is_restricted: bool = False,
) -> Nominal:
    """Put a person on record. A restricted record is hidden from its first moment: it is stored whole or not at all."""
    authorise(actor, Perm.CREATE_NOMINAL)
    require_own_unit(actor, unit)
    require_able_manager(offender_manager, unit)
    nominal = Nominal.objects.create(
        reference=next_references()[0],
        registration=registration,
        force=unit.organisation,
        unit=unit,
        offender_manager=offender_manager,
        local_reference=free_local_reference(unit, local_reference),
        is_restricted=is_restricted,
    )
    Name.objects.create(nominal=nominal, kind=NameKind.PRIMARY, surname=tidy(surname), given_names=tidy(given_names), source=source)
    Description.objects.create(nominal=nominal, sex=sex)
    if birth:
        add_first_birth(nominal, birth, source)
    index_names([nominal.pk])
    record_event(Verb.CREATED, nominal, act="Record added", restricted=is_restricted)
    return nominal


def add_first_birth(nominal: Nominal, birth: tuple[int, int | None, int | None], source: str) -> None:
    """Store the date of birth that the record goes by."""
    require_birth(birth, localdate())
    year, month, day = birth
    DateOfBirth.objects.create(nominal=nominal, year=year, month=month, day=day, is_primary=True, source=source)


def require_birth(birth: tuple[int, int | None, int | None], today: date) -> None:
    """The date is one on which somebody can be born."""
    try:
        check_birth(*birth, today)
    except ValueError as error:
        raise DomainError(str(error), field="birth") from error


def free_local_reference(unit: Unit, reference: str) -> str:
    """Return the force's own reference, which only one record may carry; the words tell nothing of the other record."""
    reference = reference.strip()
    if reference:
        wait_turn(f"local reference {unit.organisation_id} {reference}")
    if reference and Nominal.objects.filter(force=unit.organisation_id, local_reference=reference).exists():
        raise DomainError("This reference cannot be used. Leave it empty or choose another.", field="local_reference")
    return reference


def tidy(text: str) -> str:
    """Return the text with single spaces and none around it."""
    return " ".join(text.split())


@transaction.atomic
def allocate_nominal(*, actor: User, nominal: Nominal, unit: Unit, offender_manager: User, version: int, reason: str) -> Nominal:
    """Hand the record to a managing officer, perhaps in another unit of the force."""
    authorise(actor, Perm.ALLOCATE_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    require_unit_of_force(locked, unit)
    require_able_manager(offender_manager, unit)
    require_not_excluded(offender_manager, locked)
    before = locked.offender_manager
    if before.pk == offender_manager.pk and locked.unit_id == unit.pk:
        raise DomainError("This officer manages the record already. Choose another officer.", field="offender_manager")
    if locked.unit_id != unit.pk:
        lapse_offers(locked, actor)
    locked.unit, locked.offender_manager = unit, offender_manager
    save_nominal(locked, "unit", "offender_manager")
    record_event(Verb.CHANGED, locked, reason=reason, act="Offender manager changed", before=before.pk, after=offender_manager.pk)
    move_actions(actor=actor, nominal=locked, before=before, after=offender_manager, unit=unit, reason=reason)
    rehome_actions(actor=actor, nominal=locked.pk)
    return locked


@transaction.atomic
def set_restriction(*, actor: User, nominal: Nominal, is_restricted: bool, version: int, reason: str) -> Nominal:
    """Hide the record from all but the manager, the unit's supervisors and named people; or open it again."""
    authorise(actor, Perm.ALLOCATE_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    if locked.is_restricted == is_restricted:
        words = gettext_noop("The record is restricted already.") if is_restricted else gettext_noop("The record is open already.")
        raise DomainError(words, field="is_restricted")
    locked.is_restricted = is_restricted
    save_nominal(locked, "is_restricted")
    record_event(Verb.CHANGED, locked, reason=reason, act="Record restricted" if is_restricted else "Restriction lifted")
    rehome_actions(actor=actor, nominal=locked.pk)
    return locked


@transaction.atomic
def check_card(*, actor: User, nominal: Nominal) -> OperationalFacts:
    """Say that the operational card is right as it stands today."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    facts, _ = OperationalFacts.objects.get_or_create(nominal=nominal)
    if not facts.on_encounter:
        raise DomainError("The card says nothing yet. Write what to do on meeting this person first.")
    facts.checked_on, facts.checked_by = localdate(), actor
    facts.save(update_fields=["checked_on", "checked_by"])
    record_event(Verb.CHANGED, facts, act="Card checked")
    return facts
