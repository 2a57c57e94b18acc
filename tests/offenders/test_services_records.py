"""Registering a person, handing a record over, restricting it, checking its card."""

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from audit.models import Event
from offenders.choices import NameKind, Registration
from offenders.models import Name, Nominal, OperationalFacts
from offenders.services.records import allocate_nominal, check_card, register_nominal, set_restriction
from tests.factories import make_exclusion, make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db


def register(actor, **values):
    defaults = {
        "registration": Registration.REGISTERED,
        "unit": actor.unit,
        "offender_manager": actor,
        "surname": "Specimen",
        "given_names": "Robin",
    }
    return register_nominal(actor=actor, **{**defaults, **values})


def acts(nominal):
    return [(event.verb, event.detail.get("act")) for event in Event.objects.filter(nominal=nominal.pk).order_by("pk")]


def test_register_stores_the_record_with_name_birth_and_event():
    officer = make_user()
    nominal = register(officer, birth=(1971, 3, None), surname="  Van   Specimen ")
    assert (nominal.force, nominal.unit, nominal.offender_manager) == (officer.organisation, officer.unit, officer)
    assert list(nominal.names.values_list("kind", "surname", "given_names")) == [("primary", "Van Specimen", "Robin")]
    assert list(nominal.dates_of_birth.values_list("year", "month", "day", "is_primary")) == [(1971, 3, None, True)]
    assert Name.objects.get(nominal=nominal).tokens != []
    assert acts(nominal) == [("created", "Record added")]


def test_register_restricted_is_hidden_from_its_first_moment():
    officer = make_user()
    colleague = make_user(unit=officer.unit)
    seen, hidden = register(officer), register(officer, is_restricted=True)
    assert set(Nominal.objects.for_user(colleague)) == {seen}
    assert set(Nominal.objects.for_user(officer)) == {seen, hidden}


def test_register_is_refused_to_roles_that_only_read():
    operator = make_user(Role.CONTROL_ROOM)
    with pytest.raises(NotPermitted):
        register(operator)
    assert not Nominal.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth": (1971, 2, 30)}, "birth"),
        ({"birth": (2199, 1, 1)}, "birth"),
        ({"local_reference": "NM/1"}, "local_reference"),
    ],
)
def test_register_names_the_field_of_a_broken_rule_and_stores_nothing(change, field):
    officer = make_user()
    register(officer, local_reference="NM/1")
    with pytest.raises(DomainError) as error:
        register(officer, **change)
    assert error.value.field == field
    assert Nominal.objects.count() == 1


def test_register_takes_neither_another_unit_nor_a_manager_who_left():
    officer = make_user()
    gone = make_user(unit=officer.unit, is_active=False)
    operator = make_user(Role.CONTROL_ROOM, unit=officer.unit)
    elsewhere = make_unit(organisation=officer.organisation)
    for change, field in [
        ({"unit": elsewhere}, "unit"),
        ({"offender_manager": gone}, "offender_manager"),
        ({"offender_manager": operator}, "offender_manager"),
    ]:
        with pytest.raises(DomainError) as error:
            register(officer, **change)
        assert error.value.field == field
    assert not Nominal.objects.exists()


def test_allocate_hands_over_to_another_unit_and_records_the_reason():
    boss = make_user(Role.SUPERVISOR)
    nominal = make_nominal(offender_manager=make_user(unit=boss.unit))
    taker = make_user(organisation=boss.organisation)
    allocate_nominal(actor=boss, nominal=nominal, unit=taker.unit, offender_manager=taker, version=nominal.version, reason="Moved house")
    nominal.refresh_from_db()
    assert (nominal.offender_manager, nominal.unit, nominal.version) == (taker, taker.unit, 2)
    assert Event.objects.get(nominal=nominal.pk).reason == "Moved house"


def test_allocate_is_refused_to_a_colleague_and_for_a_hidden_record():
    officer = make_user()
    colleague, stranger = make_user(unit=officer.unit), make_user(Role.SUPERVISOR)
    nominal = make_nominal(offender_manager=officer)
    for actor in (colleague, stranger):
        with pytest.raises(NotPermitted):
            allocate_nominal(actor=actor, nominal=nominal, unit=officer.unit, offender_manager=colleague, version=1, reason="x")
    nominal.refresh_from_db()
    assert nominal.offender_manager == officer


def test_allocate_refuses_a_stale_copy_another_force_and_an_excluded_officer():
    boss = make_user(Role.SUPERVISOR)
    nominal = make_nominal(offender_manager=make_user(unit=boss.unit))
    excluded, foreign, able = make_user(unit=boss.unit), make_user(), make_user(unit=boss.unit)
    make_exclusion(nominal=nominal, user=excluded)

    def allocate(officer, version=1):
        return allocate_nominal(actor=boss, nominal=nominal, unit=officer.unit, offender_manager=officer, version=version, reason="x")

    for officer, version, error in [
        (able, 7, StaleRecord),
        (foreign, 1, DomainError),
        (excluded, 1, DomainError),
        (nominal.offender_manager, 1, DomainError),
    ]:
        with pytest.raises(error):
            allocate(officer, version)
    assert allocate(able).offender_manager == able


def test_restriction_hides_and_opens():
    boss = make_user(Role.SUPERVISOR)
    nominal = make_nominal(offender_manager=make_user(unit=boss.unit))
    colleague = make_user(unit=boss.unit)
    assert set(Nominal.objects.for_user(colleague)) == {nominal}
    set_restriction(actor=boss, nominal=nominal, is_restricted=True, version=1, reason="Officer's neighbour")
    assert set(Nominal.objects.for_user(colleague)) == set()
    with pytest.raises(StaleRecord):
        set_restriction(actor=boss, nominal=nominal, is_restricted=False, version=1, reason="x")
    with pytest.raises(DomainError):
        set_restriction(actor=boss, nominal=nominal, is_restricted=True, version=2, reason="x")
    set_restriction(actor=boss, nominal=nominal, is_restricted=False, version=2, reason="Moved away")
    assert set(Nominal.objects.for_user(colleague)) == {nominal}
    with pytest.raises(NotPermitted):
        set_restriction(actor=colleague, nominal=nominal, is_restricted=True, version=3, reason="x")


def test_check_card_says_who_and_when():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    facts = check_card(actor=officer, nominal=nominal)
    assert (facts.checked_by, facts.checked_on) == (officer, localdate())
    assert acts(nominal) == [("changed", "Card checked")]
    with pytest.raises(NotPermitted):
        check_card(actor=make_user(), nominal=nominal)


def test_check_card_refuses_a_card_that_says_nothing():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    OperationalFacts.objects.filter(nominal=nominal).delete()
    with pytest.raises(DomainError):
        check_card(actor=officer, nominal=nominal)
    assert not OperationalFacts.objects.exists()


def test_nobody_manages_records_without_the_permission_in_the_table():
    officer = make_user(trained_until=None)
    nominal = make_nominal(offender_manager=officer)
    with pytest.raises(NotPermitted):
        check_card(actor=officer, nominal=nominal)
    assert Nominal.objects.for_user(officer, Perm.VIEW_CARD).get() == nominal
    assert nominal.names.get().kind == NameKind.PRIMARY
