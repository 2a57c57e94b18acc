"""What addresses with further arguments are about, and the few addresses whose rule is their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from accounts.choices import Role
from accounts.permissions import Perm
from offenders.choices import ConditionKind, WarningKind
from offenders.models import Condition, ConfidentialSection, Nominal, Photograph, WarningMarker
from tests.factories import (
    make_exclusion,
    make_force,
    make_grant,
    make_name,
    make_notice,
    make_opening,
    make_partnership,
    make_section,
    make_section_grant,
    make_user,
)
from tests.safety.expectations import CASE_ROLES, EXPECTED, NOBODY, SAME_FORCE
from tests.safety.things import SUBJECTS

Arguments = dict[str, Any]


def make_photograph(nominal: Nominal) -> Arguments:
    """A picture; what is in the file does not matter to who may see it."""
    file = ContentFile(b"pixels", name="picture.jpg")
    row = Photograph.objects.create(nominal=nominal, file=file, sha256="0" * 64, added_by=nominal.offender_manager)
    return {"reference": nominal.reference, "pk": row.pk}


def make_warning(nominal: Nominal) -> Arguments:
    """A warning that holds."""
    return {"reference": nominal.reference, "pk": WarningMarker.objects.create(nominal=nominal, kind=WarningKind.DOG).pk}


def make_condition(nominal: Nominal) -> Arguments:
    """A condition that holds."""
    row = Condition.objects.create(nominal=nominal, kind=ConditionKind.LICENCE, text="Not to enter Millbrook Park")
    return {"reference": nominal.reference, "pk": row.pk}


def make_alias(nominal: Nominal) -> Arguments:
    """A name that could be removed."""
    return {"reference": nominal.reference, "kind": "name", "pk": make_name(nominal=nominal, surname="Other").pk}


def make_live_grant(nominal: Nominal) -> Arguments:
    """A grant to somebody."""
    return {"reference": nominal.reference, "public_id": make_grant(nominal=nominal, user=make_user(unit=nominal.unit)).public_id}


def make_live_exclusion(nominal: Nominal) -> Arguments:
    """An exclusion of somebody."""
    return {"reference": nominal.reference, "public_id": make_exclusion(nominal=nominal, user=make_user()).public_id}


def make_live_partnership(nominal: Nominal) -> Arguments:
    """A partnership with some force."""
    return {"reference": nominal.reference, "pk": make_partnership(nominal=nominal, force=make_force()).pk}


def section_of_the_manager(nominal: Nominal) -> ConfidentialSection:
    """A confidential section of the managing officer's; of a colleague's where the officer is excluded and may own none."""
    is_excluded = nominal.exclusions.filter(user=nominal.offender_manager).exists()
    return make_section(nominal=nominal, owner=make_user(unit=nominal.unit) if is_excluded else nominal.offender_manager)


def make_own_section(nominal: Nominal) -> Arguments:
    """A confidential section."""
    return {"reference": nominal.reference, "public_id": section_of_the_manager(nominal).public_id}


def make_live_section_grant(nominal: Nominal) -> Arguments:
    """A grant on a confidential section."""
    grant = make_section_grant(section=section_of_the_manager(nominal), user=make_user(unit=nominal.unit))
    return {"reference": nominal.reference, "public_id": grant.public_id}


def make_emergency(nominal: Nominal) -> Arguments:
    """An emergency opening by a supervisor of the owning force."""
    return {"public_id": make_opening(nominal=nominal, user=make_user(Role.SUPERVISOR, unit=nominal.unit)).public_id}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], Arguments]] = {
    "offenders:notice": lambda nominal: {"public_id": make_notice(nominal=nominal).public_id},
    "offenders:photograph": make_photograph,
    "offenders:warning-end": make_warning,
    "offenders:condition-end": make_condition,
    "offenders:identity-add": lambda nominal: {"reference": nominal.reference, "kind": "name"},
    "offenders:identity-remove": make_alias,
    "offenders:reason": lambda nominal: {"reference": nominal.reference, "permission": Perm.VIEW_CARD},
    "offenders:access-revoke": make_live_grant,
    "offenders:exclusion-end": make_live_exclusion,
    "offenders:partnership-end": make_live_partnership,
    "offenders:section-grant": make_own_section,
    "offenders:section-revoke": make_live_section_grant,
    "offenders:break-glass-review": make_emergency,
}


def by(perm: Perm) -> Callable[[Role, str], set[str]]:
    """The rule of another permission than the one that the address names first."""
    return lambda role, relation: {"reached"} if role in EXPECTED[perm].get(relation, NOBODY) else {"hidden", "refused"}


def confidential_page(role: Role, relation: str) -> set[str]:
    """The page opens with the card, for roles that may hold a grant; what is on it is another matter."""
    if role in EXPECTED[Perm.VIEW_CARD].get(relation, NOBODY):
        return {"reached"} if role in CASE_ROLES else {"refused"}
    return {"asked for a reason"} if role in EXPECTED[Perm.VIEW_MARKER].get(relation, NOBODY) else {"hidden"}


def readers_of_a_section(role: Role, relation: str) -> set[str]:
    """Only the section's owner, here the managing officer, names its readers."""
    return {"reached"} if role in CASE_ROLES and relation == "own" else {"hidden", "refused", "asked for a reason"}


def reason_page(role: Role, relation: str) -> set[str]:
    """A reason for the card helps whoever may know of the record; a restricted one opens to no reason."""
    if relation == "restricted" or role not in EXPECTED[Perm.VIEW_MARKER].get(relation, NOBODY):
        return {"hidden"}
    return {"reached"}


def emergency_review(role: Role, relation: str) -> set[str]:
    """Auditors review what was opened in their own force."""
    return {"reached"} if role == Role.AUDITOR and relation in {*SAME_FORCE, "restricted"} else {"hidden", "refused"}


# Addresses whose outcome the permission alone does not tell.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {
    "offenders:notice": by(Perm.ANSWER_NOTICE),
    "offenders:reason": reason_page,
    "offenders:confidential": confidential_page,
    "offenders:section-grant": readers_of_a_section,
    "offenders:section-revoke": readers_of_a_section,
    "offenders:break-glass-review": emergency_review,
}

# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE = {
    "audit:event",  # tests/audit: events of one's own force
    "offenders:find-results",  # tests/offenders/test_search_pages.py: one's own searches only
    "offenders:import",  # tests/offenders/test_import_pages.py: imports of one's own force
    "offenders:import-progress",
    "offenders:import-store",
}

for subject in SUBJECTS:
    OBJECTS |= subject.OBJECTS
    OWN_RULES |= subject.OWN_RULES
    TRIED_ELSEWHERE |= subject.TRIED_ELSEWHERE
