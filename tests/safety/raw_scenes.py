"""A row in every table that the database guards, and people around it: who sees it, who would but for an exclusion, and strangers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from disclosure.migrations._applications_sql import SEALED, SEALED_LATER
from disclosure.models import Application, Safeguarding
from offenders.models import Nominal
from offenders.services.section_care import change_section
from tests.disclosure.making_outcomes import make_prepared
from tests.factories import make_exclusion, make_nominal, make_section, make_unit, make_user
from tests.intelligence.making_reports import GIVER, make_bureau, make_sent
from tests.offenders.making_confidential import make_matter, make_sensitive


@dataclass(frozen=True)
class People:
    """Those around the rows of a table."""

    seeing: User
    excluded: User
    colleague: User


def make_scenes() -> dict[str, People]:
    """Fill every guarded table; return whom to try, by table."""
    unit = make_unit()
    manager, excluded, colleague = make_user(unit=unit), make_user(unit=unit), make_user(unit=unit)
    lead = make_user(Role.SUPERVISOR, unit=unit)
    nominal = make_nominal(offender_manager=manager)
    make_sections(nominal, manager, excluded)
    make_sensitive(nominal=nominal)
    for owner in (manager, excluded):
        make_matter(nominal=nominal, owner=owner)
    bureau, other_bureau = make_bureau(unit.organisation), make_bureau(unit.organisation)
    make_sent(author=colleague, nominal=nominal, giver=GIVER | {"will_ask_more": True, "more_reason": "She sees him daily"})
    officer = make_sealed_application(nominal)
    for person in (excluded, lead, other_bureau):
        make_exclusion(nominal=nominal, user=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', '', false)")
    owned = People(manager, excluded, colleague)
    told = People(bureau, other_bureau, colleague)
    return {
        **dict.fromkeys(("offenders_confidentialsection", "offenders_sectionversion", "intelligence_covertreferral"), owned),
        **dict.fromkeys(("intelligence_informationgiver", "intelligence_sourcereview"), told),
        **dict.fromkeys((*SEALED, *SEALED_LATER), People(officer, lead, colleague)),
        "offenders_sensitiveitem": People(manager, lead, colleague),
    }


def make_sections(nominal: Nominal, *owners: User) -> None:
    """A section of each owner with an earlier text."""
    for owner in owners:
        section = make_section(nominal=nominal, owner=owner)
        with row_security(owner):
            change_section(actor=owner, section=section, version=section.version, body="Lives elsewhere now")


def make_sealed_application(nominal: Nominal) -> User:
    """An application about the record with something in each of its tables; return who deals with it."""
    made = make_prepared(nominal=None)
    Application.objects.filter(pk=made.pk).update(nominal=nominal, has_no_record=False, unit=nominal.unit, force=nominal.force)
    with row_security(made.officer):
        Safeguarding.objects.create(application=made, began_by=made.officer, danger="He is at the door")
    return made.officer
