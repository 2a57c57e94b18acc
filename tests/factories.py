"""Plain functions that make valid objects; every argument has a sensible default."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from auditlog.context import disable_auditlog
from django.contrib.auth.models import Group, Permission
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.access import row_security
from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from offenders.choices import NameKind, Registration, RiskLevel
from offenders.models import (
    BreakGlass,
    ConfidentialSection,
    DateOfBirth,
    Exclusion,
    Identifier,
    MappaPeriod,
    Name,
    Nominal,
    NominalGroupGrant,
    NominalUserGrant,
    Notice,
    OperationalFacts,
    Partnership,
    RiskPeriod,
    SectionUserGrant,
    StatedReason,
)
from offenders.references import next_references

serial = count(1)
FAR = date(2099, 1, 1)


def make_force(**values: Any) -> Organisation:
    """A police force."""
    number = next(serial)
    return Organisation.objects.create(**{"name": f"Force {number}", "code": f"force-{number}", "kind": OrganisationKind.FORCE, **values})


def make_agency(**values: Any) -> Organisation:
    """An agency that works with forces."""
    return make_force(**{"name": f"Agency {next(serial)}", "kind": OrganisationKind.PROBATION, **values})


def make_unit(**values: Any) -> Unit:
    """A unit of a force."""
    if "organisation" not in values:
        values["organisation"] = make_force()
    return Unit.objects.create(**{"name": f"Unit {next(serial)}", "phone": "01632 960100", "on_call": "On-call DI, 01632 960101", **values})


def make_user(*roles: Role, **values: Any) -> User:
    """A trained and vetted user with these roles (an offender manager by default), in a unit of a force; partners in an agency."""
    roles = roles or (Role.OFFENDER_MANAGER,)
    if "organisation" not in values:
        values["organisation"] = (
            values["unit"].organisation if values.get("unit") else make_agency() if roles == (Role.PARTNER,) else make_force()
        )
    if "unit" not in values and values["organisation"].is_force:
        values["unit"] = make_unit(organisation=values["organisation"])
    number = next(serial)
    identity = {"username": f"user{number}", "email": f"user{number}@force.invalid"}
    defaults = {
        **identity,
        "last_name": f"Officer{number}",
        "collar_number": str(1000 + number),
        "rank": "DC",
        "trained_until": FAR,
        "vetted_until": FAR,
    }
    user = User(**{**defaults, **values})
    user.set_unusable_password()
    with disable_auditlog():  # every test needs people; that somebody made them is what few are about
        user.save()
        user.groups.add(*Group.objects.filter(name__in=roles))
    return user


def make_nominal(**values: Any) -> Nominal:
    """A registered offender with a name, facts, a risk level and MAPPA category 1 level 1; `surname`, `given_names` name them."""
    surname, given_names = values.pop("surname", "Sample"), values.pop("given_names", "Alex")
    if "offender_manager" in values and "unit" not in values:
        values["unit"] = values["offender_manager"].unit
    unit = values.pop("unit", None) or make_unit()
    manager = values.pop("offender_manager", None) or make_user(unit=unit)
    reference = next_references()[0]
    defaults = {
        "registration": Registration.REGISTERED,
        "force": unit.organisation,
        "unit": unit,
        "offender_manager": manager,
        "reference": reference,
    }
    nominal = Nominal.objects.create(**{**defaults, **values})
    Name.objects.create(nominal=nominal, kind=NameKind.PRIMARY, surname=surname, given_names=given_names)
    OperationalFacts.objects.create(
        nominal=nominal, on_encounter="Double-crew.\nTell the manager.", modus_operandi="Offers coaching.", checked_on=date(2026, 11, 1)
    )
    make_risk(nominal=nominal)
    make_mappa(nominal=nominal)
    return nominal


def make_risk(*, nominal: Nominal, level: int = RiskLevel.HIGH, start: date = date(2025, 1, 1), end: date | None = None) -> RiskPeriod:
    """A risk level for a time."""
    return RiskPeriod.objects.create(nominal=nominal, level=level, at_risk=["children"], period=DateRange(start, end), reason="Assessment")


def make_mappa(
    *, nominal: Nominal, category: int | None = 1, level: int | None = 1, start: date = date(2025, 1, 1), end: date | None = None
) -> MappaPeriod:
    """A MAPPA category and level for a time."""
    return MappaPeriod.objects.create(nominal=nominal, category=category, level=level, period=DateRange(start, end), reason="Screening")


def make_name(*, nominal: Nominal, surname: str, given_names: str = "", kind: str = NameKind.ALIAS) -> Name:
    """Another name."""
    return Name.objects.create(nominal=nominal, kind=kind, surname=surname, given_names=given_names)


def make_birth(*, nominal: Nominal, year: int, month: int | None = None, day: int | None = None, **values: Any) -> DateOfBirth:
    """A date of birth, perhaps partial."""
    return DateOfBirth.objects.create(nominal=nominal, year=year, month=month, day=day, **{"is_primary": True, **values})


def make_identifier(*, nominal: Nominal, kind: str, value: str) -> Identifier:
    """A number, already canonical."""
    return Identifier.objects.create(nominal=nominal, kind=kind, value=value, as_given=value)


def make_partnership(*, nominal: Nominal, force: Organisation, unit: Unit | None = None) -> Partnership:
    """Another force, and perhaps a unit of it, that works with the record."""
    return Partnership.objects.create(nominal=nominal, force=force, unit=unit, reason="Moves between the areas")


def make_exclusion(*, nominal: Nominal, user: User) -> Exclusion:
    """A person who must not know of the record."""
    return Exclusion.objects.create(nominal=nominal, user=user, reason="Related", made_by=nominal.offender_manager)


def grant_values(nominal_manager: User, hours: float) -> dict[str, Any]:
    """What every grant says."""
    return {"reason": "Joint operation", "granted_by": nominal_manager, "expires_at": timezone.now() + timedelta(hours=hours)}


def make_grant(*, nominal: Nominal, user: User, permission: Perm = Perm.VIEW_CASE_FILE, hours: float = 24) -> NominalUserGrant:
    """A grant to one person; negative hours: already over."""
    perm = Permission.objects.get(content_type__app_label="offenders", content_type__model="nominal", codename=permission)
    return NominalUserGrant.objects.create(
        user=user, permission=perm, content_object=nominal, **grant_values(nominal.offender_manager, hours)
    )


def make_group_grant(*, nominal: Nominal, group: Group, permission: Perm = Perm.VIEW_CASE_FILE, hours: float = 24) -> NominalGroupGrant:
    """A grant to everybody in a group."""
    perm = Permission.objects.get(content_type__app_label="offenders", content_type__model="nominal", codename=permission)
    return NominalGroupGrant.objects.create(
        group=group, permission=perm, content_object=nominal, **grant_values(nominal.offender_manager, hours)
    )


def make_reason(*, nominal: Nominal, user: User, permission: Perm = Perm.VIEW_CARD, hours: float = 8) -> StatedReason:
    """A stated reason; negative hours: already over."""
    expires_at = timezone.now() + timedelta(hours=hours)
    return StatedReason.objects.create(
        nominal=nominal, user=user, permission=permission, category="incident", text="Call from a neighbour", expires_at=expires_at
    )


def make_section(
    *, nominal: Nominal, owner: User | None = None, body: str = "Lives with an aunt in Millbrook", **values: Any
) -> ConfidentialSection:
    """A confidential section, owned by the managing officer unless told otherwise."""
    owner = owner or nominal.offender_manager
    defaults = {"kind": "victim", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "review_on": FAR}
    with row_security(owner):
        return ConfidentialSection.objects.create(nominal=nominal, owner=owner, body=body, **{**defaults, **values})


def make_section_grant(*, section: ConfidentialSection, user: User, hours: float = 24) -> SectionUserGrant:
    """A grant to one person on one section."""
    perm = Permission.objects.get(
        content_type__app_label="offenders", content_type__model="confidentialsection", codename=Perm.VIEW_CONFIDENTIAL
    )
    values = grant_values(section.owner, hours)
    return SectionUserGrant.objects.create(user=user, permission=perm, content_object_id=section.pk, **values)


def make_opening(*, nominal: Nominal, user: User, hours: float = 1) -> BreakGlass:
    """An emergency opening; negative hours: already over."""
    return BreakGlass.objects.create(
        nominal=nominal, user=user, reason="A child is missing from home now", expires_at=timezone.now() + timedelta(hours=hours)
    )


def make_notice(*, nominal: Nominal, reported_by: User | None = None, **values: Any) -> Notice:
    """Somebody told the manager that the person came to notice."""
    reporter = reported_by or make_user(Role.CONTROL_ROOM, organisation=nominal.force)
    return Notice.objects.create(nominal=nominal, reported_by=reporter, **{"what_happened": "Seen near the school gates", **values})
