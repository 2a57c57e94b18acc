"""The list of everybody who can see a record."""

import pytest
from django.contrib.auth.models import Group

from accounts.access import may
from accounts.choices import Role
from accounts.permissions import Perm
from offenders.reports import describe_sight
from tests.factories import (
    make_exclusion,
    make_grant,
    make_group_grant,
    make_nominal,
    make_partnership,
    make_reason,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    return make_nominal(offender_manager=manager)


@pytest.fixture
def supervisor(manager):
    return make_user(Role.SUPERVISOR, unit=manager.unit)


def test_the_list_of_readers_is_what_the_rules_say(nominal, manager, supervisor):
    partner_unit = make_unit()
    make_partnership(nominal=nominal, force=partner_unit.organisation, unit=partner_unit)
    colleague, of_partner = make_user(unit=manager.unit), make_user(unit=partner_unit)
    lapsed = make_user(unit=manager.unit, vetted_until=None)
    excluded = make_user(unit=manager.unit)
    make_exclusion(nominal=nominal, user=excluded)
    others = [
        make_user(Role.CONTROL_ROOM, unit=manager.unit),
        make_user(Role.SUPERVISOR, unit=partner_unit),
        make_user(),
        make_user(unit=manager.unit, is_active=False),
    ]

    readers = describe_sight(nominal)["readers"]

    assert {reader.user: reader.why for reader in readers} == {
        manager: "Manages the record", supervisor: "Owning unit", colleague: "Owning unit", lapsed: "Owning unit",
        of_partner: "Partnered unit", others[1]: "Partnered unit",
    }  # fmt: skip
    assert {reader.user for reader in readers if reader.lapsed} == {lapsed}
    everybody = [manager, supervisor, colleague, of_partner, lapsed, excluded, *others]
    assert {user for user in everybody if may(user, Perm.VIEW_CASE_FILE, nominal)} == {
        reader.user for reader in readers if not reader.lapsed
    }


def test_the_list_of_a_restricted_record_names_the_few(manager, supervisor):
    nominal = make_nominal(offender_manager=manager, is_restricted=True)
    colleague = make_user(unit=manager.unit)
    sight = describe_sight(nominal)
    assert {reader.user for reader in sight["readers"]} == {manager, supervisor}
    assert {way.who for way in sight["ways"]} == {f"The managing officer, {manager.display_name}", str(manager.unit)}
    assert not may(colleague, Perm.VIEW_MARKER, nominal)


def test_the_list_holds_only_exceptions_that_count_now(nominal, manager):
    users = [make_user(organisation=manager.organisation) for _ in range(4)]
    grant = make_grant(nominal=nominal, user=users[0])
    make_grant(nominal=nominal, user=users[1], hours=-1)
    reason = make_reason(nominal=nominal, user=users[2])
    make_reason(nominal=nominal, user=users[3], hours=-1)
    group_grant = make_group_grant(nominal=nominal, group=Group.objects.get(name=Role.MAPP_CHAIR))
    sight = describe_sight(nominal)
    assert (sight["grants"], sight["reasons"], sight["group_grants"]) == ([grant], [reason], [group_grant])
