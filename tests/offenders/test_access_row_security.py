"""Confidential rows and the trail, tried with raw SQL as the application's role and as the owner of the tables."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from accounts.access import may, row_security
from accounts.choices import Role
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.models import ConfidentialSection
from tests.factories import make_exclusion, make_nominal, make_opening, make_section, make_section_grant, make_unit, make_user

pytestmark = pytest.mark.django_db
BODIES = "SELECT id FROM offenders_confidentialsection ORDER BY id"


def ids_in_sql():
    """Return the keys of the sections that the database shows now."""
    with connection.cursor() as cursor:
        cursor.execute(BODIES)
        return [key for (key,) in cursor.fetchall()]


def ids_for(user):
    """Return what the database shows inside row security, and check that the ORM's rule agrees."""
    with row_security(user):
        shown = ids_in_sql()
        assert sorted(ConfidentialSection.objects.for_user(user).values_list("pk", flat=True)) == shown
    forget_user()
    return shown


def forget_user():
    """Tests run inside one transaction, which a request does not; end the setting as its end would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', '', true)")


@pytest.fixture
def scene():
    """Two sections of one owner on one record, and a third of somebody else on another."""
    unit = make_unit()
    owner, other = make_user(unit=unit), make_user(unit=unit)
    nominal = make_nominal(offender_manager=owner)
    first, second = make_section(nominal=nominal), make_section(nominal=nominal)
    third = make_section(nominal=make_nominal(offender_manager=other), owner=other)
    forget_user()
    return {"unit": unit, "owner": owner, "other": other, "nominal": nominal, "first": first, "second": second, "third": third}


def test_the_tests_run_as_the_role_of_the_application(scene):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_APP_ROLE,)


def test_without_the_setting_no_row_exists(scene):
    assert ids_in_sql() == []
    assert not ConfidentialSection.objects.exists()


def test_the_owner_sees_exactly_their_sections(scene):
    assert ids_for(scene["owner"]) == [scene["first"].pk, scene["second"].pk]
    assert ids_for(scene["other"]) == [scene["third"].pk]


def test_a_stranger_and_the_units_supervisor_see_nothing(scene):
    assert ids_for(make_user()) == []
    assert ids_for(make_user(Role.SUPERVISOR, unit=scene["unit"])) == []


def test_a_grant_shows_exactly_that_section(scene):
    user = make_user()
    with row_security(scene["owner"]):
        make_section_grant(section=scene["second"], user=user)
    forget_user()
    assert ids_for(user) == [scene["second"].pk]


def test_a_grant_that_is_over_shows_nothing(scene):
    user = make_user()
    with row_security(scene["owner"]):
        make_section_grant(section=scene["second"], user=user, hours=-0.001)
    forget_user()
    assert ids_for(user) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INTELLIGENCE])
def test_an_emergency_opening_shows_that_record_only_while_it_lasts(scene, role):
    user, late = make_user(role, unit=scene["unit"]), make_user(role, unit=scene["unit"])
    make_opening(nominal=scene["nominal"], user=user)
    make_opening(nominal=scene["nominal"], user=late, hours=-0.001)
    assert ids_for(user) == [scene["first"].pk, scene["second"].pk]
    assert ids_for(late) == []


def test_an_exclusion_wins_over_ownership_grant_and_emergency(scene):
    granted, breaker = make_user(), make_user(Role.SUPERVISOR, unit=scene["unit"])
    with row_security(scene["owner"]):
        make_section_grant(section=scene["first"], user=granted)
    forget_user()
    make_opening(nominal=scene["nominal"], user=breaker)
    assert ids_for(granted) == [scene["first"].pk]
    for user in (scene["owner"], granted, breaker):
        make_exclusion(nominal=scene["nominal"], user=user)
    assert [ids_for(user) for user in (scene["owner"], granted, breaker)] == [[], [], []]


def test_somebody_unqualified_sees_no_section_through_the_orm(scene):
    scene["owner"].trained_until = None
    with row_security(scene["owner"]):
        assert not ConfidentialSection.objects.for_user(scene["owner"]).exists()
        assert not may(scene["owner"], Perm.VIEW_CONFIDENTIAL, scene["first"])


def test_nobody_adds_a_section_in_the_name_of_another(scene):
    values = {"kind": "victim", "body": "x", "lawful_basis": "x", "originator": "x", "review_on": "2099-01-01"}
    with pytest.raises(DatabaseError, match="row-level security"), row_security(scene["other"]):
        ConfidentialSection.objects.create(nominal=scene["nominal"], owner=scene["owner"], **values)


@pytest.mark.django_db(transaction=True)
def test_the_setting_ends_with_the_transaction():
    owner = make_user()
    section = make_section(nominal=make_nominal(offender_manager=owner))
    with row_security(owner):
        assert ids_in_sql() == [section.pk]
    assert ids_in_sql() == []


@pytest.fixture
def trail():
    """An event and an entry of the change log."""
    record_event(Verb.VIEWED, make_nominal())


@pytest.mark.parametrize("table", ["audit_event", "auditlog_logentry"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_may_not_change_or_remove_rows_of_the_trail(trail, table, act):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


@pytest.mark.parametrize("table", ["audit_event", "auditlog_logentry"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_even_the_owner_of_the_tables_is_refused(trail, table, act):
    # Checks that wait would be another reason to refuse a truncation.
    prepare = "SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; "
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(prepare + act.format(table))


def test_the_application_may_not_switch_the_triggers_off(trail):
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")


def test_the_reader_of_the_log_reads_the_log_only(trail):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET ROLE vigil_audit; SELECT count(*) FROM audit_event")
        assert cursor.fetchone()[0] == 1
        cursor.execute(f"RESET ROLE; SET ROLE {settings.DATABASE_APP_ROLE}")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET ROLE vigil_audit; SELECT * FROM offenders_nominal")
