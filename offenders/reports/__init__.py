"""Who can see a record and who could, computed from the table of rules and from the exceptions that count now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security, scopes_of
from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm, Scope
from offenders.models import BreakGlass, ConfidentialSection, Nominal, Partnership, SectionUserGrant

READS = {Perm.VIEW_CARD: _("Operational card"), Perm.VIEW_CASE_FILE: _("Case file")}
# Scopes that stop at a record restricted to named people.
OPEN_ONLY = {
    Scope.UNIT, Scope.PARTNERED_UNIT, Scope.FORCE, Scope.PARTNERED_FORCE, Scope.ALL, Scope.STATED_REASON, Scope.FORCE_STATED_REASON,
}  # fmt: skip


@dataclass(frozen=True)
class WayIn:
    """One rule that opens the record: who comes in by it, and in which roles."""

    reads: str
    who: str
    roles: list[str]


@dataclass(frozen=True)
class Reader:
    """A person who reads the case file because of the post they hold."""

    user: User
    why: str
    lapsed: list[str]


def names_of(things: Iterable[Any]) -> str:
    """Return the names in one phrase; empty when there are none."""
    return ", ".join(str(thing) for thing in things)


def everybody_in(force: Organisation) -> str:
    """Name everybody of a force."""
    return gettext("Everybody in %(force)s") % {"force": force}


WORDS: dict[Scope, Callable[[Nominal, list[Partnership]], str]] = {
    Scope.OWN: lambda nominal, partners: (
        gettext("The managing officer, %(person)s") % {"person": nominal.offender_manager.display_name}
    ),
    Scope.UNIT: lambda nominal, partners: f"{nominal.unit}",
    Scope.UNIT_RESTRICTED: lambda nominal, partners: f"{nominal.unit}",
    Scope.PARTNERED_UNIT: lambda nominal, partners: names_of(f"{each.unit}, {each.force}" for each in partners if each.unit),
    Scope.FORCE: lambda nominal, partners: everybody_in(nominal.force),
    Scope.PARTNERED_FORCE: lambda nominal, partners: names_of(everybody_in(each.force) for each in partners),
    Scope.STATED_REASON: lambda nominal, partners: gettext("Any force, after stating a reason"),
    Scope.FORCE_STATED_REASON: lambda nominal, partners: (
        gettext("%(forces)s, after stating a reason") % {"forces": names_of([nominal.force, *(each.force for each in partners)])}
    ),
}


def ways_in(nominal: Nominal, partners: list[Partnership]) -> list[WayIn]:
    """Return the rules of the table that open this record to somebody, case file first."""
    found: dict[tuple[str, str], set[Role]] = {}
    for perm in (Perm.VIEW_CASE_FILE, Perm.VIEW_CARD):
        for scope, words in WORDS.items():
            roles = {role for role in Role if scope in ROLE_RIGHTS[role].get(perm, ())}
            who = words(nominal, partners)
            if roles and who and not (nominal.is_restricted and scope in OPEN_ONLY):
                found.setdefault((str(READS[perm]), who), set()).update(roles)
    return [WayIn(reads, who, [role.label for role in Role if role in roles]) for (reads, who), roles in found.items()]


def case_file_readers(nominal: Nominal, partners: list[Partnership], excluded: set[int]) -> list[Reader]:
    """Return the people of the owning and partnered units who read the case file by their post; lapsed ones are marked."""
    units = {nominal.unit_id, *(each.unit_id for each in partners if not nominal.is_restricted)} - {None}
    people = User.objects.filter(Q(unit__in=units) | Q(pk=nominal.offender_manager_id), is_active=True).exclude(pk__in=excluded)
    readers = [describe_reader(nominal, user) for user in people.select_related("unit").prefetch_related("groups")]
    return [reader for reader in readers if reader]


def describe_reader(nominal: Nominal, user: User) -> Reader | None:
    """Say why this person reads the case file by post, or return None."""
    rights = set().union(*(ROLE_RIGHTS[role].get(Perm.VIEW_CASE_FILE, ()) for role in user.roles))
    if user.pk == nominal.offender_manager_id and Scope.OWN in rights:
        why = gettext("Manages the record")
    elif user.unit_id == nominal.unit_id and (Scope.UNIT_RESTRICTED in rights or (Scope.UNIT in rights and not nominal.is_restricted)):
        why = gettext("Owning unit")
    elif user.unit_id != nominal.unit_id and Scope.PARTNERED_UNIT in rights:
        why = gettext("Partnered unit")
    else:
        return None
    return Reader(user, why, [] if scopes_of(user, Perm.VIEW_CASE_FILE) else user.lapsed_qualifications)


def describe_sight(nominal: Nominal) -> dict[str, Any]:
    """Return everything that the page of people shows, each kind of sight as a list."""
    now = timezone.now()
    partners = list(nominal.partnerships.filter(ended_at=None).select_related("force", "unit"))
    exclusions = list(nominal.exclusions.filter(ended_at=None).select_related("user__organisation", "made_by"))
    excluded = {each.user_id for each in exclusions}
    reasons = nominal.stated_reasons.filter(expires_at__gt=now).exclude(user__in=excluded)
    return {
        "ways": ways_in(nominal, partners),
        "readers": case_file_readers(nominal, partners, excluded),
        "grants": list(nominal.user_grants.filter(expires_at__gt=now).select_related("user__organisation", "permission", "granted_by")),
        "group_grants": list(nominal.group_grants.filter(expires_at__gt=now).select_related("group", "permission", "granted_by")),
        "reasons": list(reasons.select_related("user__organisation")),
        "exclusions": exclusions,
        "partners": partners,
        "excluded": excluded,
    }


def people_to_grant(nominal: Nominal) -> QuerySet[User]:
    """Return whom a grant on the record may name: active staff of the owning force and of its live partners."""
    partners = nominal.partnerships.filter(ended_at=None).values("force_id")
    forces = Organisation.objects.filter(pk=nominal.force_id) | Organisation.objects.filter(pk__in=partners)
    return User.objects.staff_of_forces(forces.values("pk"))


def people_to_exclude() -> QuerySet[User]:
    """Return whom an exclusion may name: staff of any force, because any of them may know that a record exists."""
    return User.objects.staff_of_forces()


def forces_to_partner(nominal: Nominal) -> QuerySet[Organisation]:
    """Return the police forces that a partnership may name."""
    return Organisation.objects.filter(kind=OrganisationKind.FORCE).exclude(pk=nominal.force_id)


def units_to_partner(nominal: Nominal) -> QuerySet[Unit]:
    """Return the units of those forces."""
    units = Unit.objects.filter(organisation__in=forces_to_partner(nominal).values("pk"))
    return units.select_related("organisation").order_by("organisation__name", "name")


def may_name_readers(user: User, section: ConfidentialSection) -> bool:
    """Whether the user decides who reads the section: its owner, or a lead of the unit whom the owner let read it.

    An emergency opening only reads. Asks the database, so call it inside row_security.
    """
    if not ConfidentialSection.objects.named_for(user).filter(pk=section.pk).exists():
        return False
    return section.owner_id == user.pk or may(user, Perm.ALLOCATE_RECORD, section.nominal)


def addresses_to_tell(opening: BreakGlass) -> list[str]:
    """Return the mail addresses of whoever must know of an opening at once: owners of the sections, auditors of the force.

    The sections are visible to whoever opened them, for as long as the opening lasts; nobody excluded from the record is told.
    """
    with row_security(opening.user):
        sections = ConfidentialSection.objects.for_user(opening.user).filter(nominal=opening.nominal_id)
        owners = set(sections.values_list("owner_id", flat=True))
    excluded = set(opening.nominal.exclusions.filter(ended_at=None).values_list("user_id", flat=True))
    auditors = User.objects.filter(organisation=opening.user.organisation_id, groups__name=Role.AUDITOR)
    told = (owners - excluded) | set(auditors.values_list("pk", flat=True))
    people = User.objects.filter(pk__in=told - {opening.user_id}, is_active=True).exclude(email="")
    return sorted(people.values_list("email", flat=True))


def sections_for(user: User, nominal: Nominal, *, closed: bool = False) -> list[ConfidentialSection]:
    """Return the confidential sections that the user sees, open or closed ones, each with how the user comes to see it and who else may.

    Call it inside row_security.
    """
    grants = SectionUserGrant.objects.select_related("user", "granted_by").order_by("-expires_at")
    visible = ConfidentialSection.objects.for_user(user).filter(nominal__in=nominal.every_key, closed_at__isnull=not closed)
    named = set(visible.named_for(user).values_list("pk", flat=True))
    is_lead = may(user, Perm.ALLOCATE_RECORD, nominal)
    people = visible.select_related("owner", "closed_by")
    sections = list(people.prefetch_related(Prefetch("user_grants", grants, to_attr="readers"), "versions__changed_by"))
    now = timezone.now()
    for section in sections:
        section.by_emergency = section.pk not in named
        section.is_own = section.owner_id == user.pk
        section.is_left = section.nominal_id != nominal.pk  # on a record that was merged into this one
        section.is_own = section.is_own and not section.is_left
        section.may_name_readers = not (section.by_emergency or section.closed_at or section.is_left) and (is_lead or section.is_own)
        for reader in section.readers:
            reader.is_live = reader.expires_at > now
    return sections
