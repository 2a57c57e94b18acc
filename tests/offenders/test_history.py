"""The history of every field of a record."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from accounts.access import row_security
from accounts.choices import Role
from audit.choices import Verb
from audit.context import acting_as
from audit.models import Event
from offenders.history import changes_of, describe_changes
from tests.factories import make_exclusion, make_nominal, make_section, make_section_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    return make_nominal(offender_manager=manager)


def url_of(nominal):
    return f"/nominals/{nominal.reference}/history/"


def history(user, nominal):
    """Return action, thing and fields of each change that the user may read."""
    with row_security(user):
        return [
            (change.action, change.what, [(field.field, field.before, field.after) for field in change.fields])
            for change in describe_changes(changes_of(user, nominal))
        ]


def test_a_change_says_who_when_and_from_what_to_what(nominal, manager):
    with acting_as(manager, "web"):
        nominal.facts.modus_operandi = "Befriends parents"
        nominal.facts.checked_on = date(2026, 11, 24)
        nominal.facts.save()
    with row_security(manager):
        change = describe_changes(changes_of(manager, nominal))[0]
    assert (change.who, change.action, change.what) == (manager.display_name, "Changed", "operational facts")
    assert {(field.field, field.before, field.after) for field in change.fields} == {
        ("Modus operandi", "Offers coaching.", "Befriends parents"),
        ("Checked on", "1 November 2026", "24 November 2026"),
    }


def test_values_stand_in_words(nominal, manager):
    other = make_user(unit=manager.unit)
    nominal.offender_manager, nominal.is_restricted, nominal.registration = other, True, "pdp"
    nominal.save()
    risk = nominal.risk_periods.get()
    risk.level, risk.at_risk, risk.period = 4, ["children", "known_adult"], DateRange(date(2025, 1, 1), date(2026, 1, 1))
    risk.save()
    name = nominal.names.get()
    name.used_from = date(2020, 2, 3)
    name.save()
    changes = {
        what: fields for action, what, fields in history(make_user(Role.SUPERVISOR, unit=manager.unit), nominal) if action == "Changed"
    }
    assert set(changes["nominal"]) == {
        ("Offender manager", manager.display_name, other.display_name),
        ("Is restricted", "No", "Yes"),
        ("Registration", "Registered sexual offender", "Potentially dangerous person"),
    }
    assert set(changes["risk period"]) == {
        ("Level", "High", "Very high"),
        ("At risk", "children", "children, a known adult"),
        ("Period", "1 January 2025 until further notice", "1 January 2025 to 31 December 2025"),
    }
    assert changes["name"] == [("Used from", "Empty", "3 February 2020")]


def test_removing_something_shows(nominal, manager):
    nominal.names.get().delete()
    action, what, fields = history(manager, nominal)[0]
    assert (action, what) == ("Removed", "name")
    assert ("Surname", "Sample", "Empty") in fields


def test_changes_of_other_records_are_elsewhere(nominal, manager):
    other = make_nominal(offender_manager=manager, surname="Elsewhere")
    assert "Elsewhere" in str(history(manager, other))
    assert "Elsewhere" not in str(history(manager, nominal))


def test_sections_show_only_to_those_who_see_them_and_never_their_text(nominal, manager):
    reader, colleague = make_user(unit=manager.unit), make_user(unit=manager.unit)
    section = make_section(nominal=nominal, body="Lives with an aunt in Millbrook")
    with row_security(manager):
        make_section_grant(section=section, user=reader)
    kinds = {user: {what for _, what, _ in history(user, nominal)} for user in (manager, reader, colleague)}
    assert "confidential section" in kinds[manager] & kinds[reader]
    assert "confidential section" not in kinds[colleague]
    assert kinds[manager] - kinds[colleague] == {"confidential section"}
    assert "Millbrook" not in str(history(manager, nominal))
    kept = {what: fields for _, what, fields in history(manager, nominal)}
    assert ("Body", "Not kept in the history", "Not kept in the history") in kept["confidential section"]


def test_a_change_may_be_read_by_whoever_may_read_the_row(nominal, manager):
    make_exclusion(nominal=nominal, user=make_user())
    kinds = {user: {what for _, what, _ in history(user, nominal)} for user in (manager, make_user(unit=manager.unit))}
    assert [kinds[user] - {"exclusion"} == kinds[user] for user in kinds] == [False, True]


def test_the_page_shows_it_and_is_recorded(client, nominal, manager):
    client.force_login(manager)
    page = client.get(url_of(nominal)).content.decode()
    assert "Offers coaching." in page
    assert Event.objects.filter(verb=Verb.VIEWED, nominal=nominal.pk, actor=manager, detail__page="HistoryPage").count() == 1


def test_the_page_costs_the_same_for_more_changes(client, nominal, manager):
    client.force_login(manager)
    client.get(url_of(nominal))
    with CaptureQueriesContext(connection) as few:
        client.get(url_of(nominal))
    for number in range(30):
        nominal.facts.risk_factors = f"Alcohol {number}"
        nominal.facts.save()
    with CaptureQueriesContext(connection) as many:
        first = client.get(url_of(nominal))
    assert len(many) <= len(few)
    assert len(first.context["changes"]) == 25
    assert client.get(url_of(nominal), {"before": first.context["next_before"]}).status_code == 200


@pytest.mark.parametrize(
    ("role", "same_unit", "answer"),
    [
        (Role.SUPERVISOR, True, 200),
        (Role.CONTROL_ROOM, True, 403),
        (Role.OPERATIONAL, True, 302),
        (Role.OPERATIONAL, False, 403),
        (Role.AUDITOR, True, 404),
    ],
)
def test_who_may_see_it(client, nominal, role, same_unit, answer):
    client.force_login(make_user(role, **({"unit": nominal.unit} if same_unit else {})))
    assert client.get(url_of(nominal)).status_code == answer
