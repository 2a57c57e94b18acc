"""Where each role starts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from audit.models import Event
from offenders.models import MappaPeriod, OperationalFacts, RiskPeriod
from offenders.services.notices import answer_notice
from tests.factories import make_exclusion, make_nominal, make_notice, make_user

pytestmark = pytest.mark.django_db


def references(response):
    return [nominal.reference for nominal in response.context["rows"]]


def numbers(response):
    return {counter.words: counter.number for counter in response.context["counters"]}


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.OPERATIONAL, Role.INTELLIGENCE, Role.PRESS_OFFICER])
def test_roles_that_search_start_at_the_search(client, role):
    client.force_login(make_user(role))
    assert client.get("/").url == "/find/"


@pytest.mark.parametrize(
    ("role", "url"), [(Role.AUDITOR, "/audit/"), (Role.ADMINISTRATOR, "/users/"), (Role.MAPPA_COORDINATOR, "/meetings/")]
)
def test_some_roles_start_elsewhere(client, role, url):
    client.force_login(make_user(role))
    assert client.get("/").url == url


def test_partner_and_people_without_a_role_read_who_can_help(client):
    for user, words in [(make_user(Role.PARTNER), "Nothing is shared with you now."), (make_user(), "Your account has no role yet")]:
        if words.startswith("Your"):
            user.groups.clear()
        client.force_login(user)
        assert words in client.get("/", follow=True).content.decode()


def test_manager_sees_exactly_their_own_cases_highest_risk_first(client):
    officer = make_user()
    low, high, other = make_nominal(offender_manager=officer), make_nominal(offender_manager=officer), make_nominal(unit=officer.unit)
    unset = make_nominal(offender_manager=officer)
    RiskPeriod.objects.filter(nominal=low).update(level=1)
    RiskPeriod.objects.filter(nominal=unset).delete()
    hidden = make_nominal(offender_manager=officer)
    make_exclusion(nominal=hidden, user=officer)
    client.force_login(officer)
    response = client.get("/")
    assert references(response) == [unset.reference, high.reference, low.reference]
    assert other.reference not in response.content.decode()
    assert Event.objects.get(verb="listed").detail["ids"] == [unset.pk, high.pk, low.pk]


def test_manager_without_cases_reads_why(client):
    client.force_login(make_user())
    page = client.get("/").content.decode()
    assert "You manage no one yet. Your supervisor allocates cases." in page
    assert "No notice waits for an answer." in page


def test_counters_count_and_lead_to_the_list_behind_them(client):
    officer = make_user()
    unchecked, no_risk, no_mappa, restricted = (make_nominal(offender_manager=officer, is_restricted=number == 3) for number in range(4))
    OperationalFacts.objects.update(checked_on=date.max)
    OperationalFacts.objects.filter(nominal=unchecked).update(checked_on=date(2020, 1, 1))
    RiskPeriod.objects.filter(nominal=no_risk).delete()
    MappaPeriod.objects.filter(nominal=no_mappa).delete()
    answered, _waiting = make_notice(nominal=unchecked), make_notice(nominal=unchecked)
    answer_notice(actor=officer, notice=answered, answer="Done")
    client.force_login(officer)
    assert numbers(client.get("/")) == {
        "Notices to answer": 1,
        "Cards not checked for 90 days": 1,
        "Risk level not set": 1,
        "MAPPA not set": 1,
        "Restricted records": 1,
    }
    shown = {show: references(client.get("/", {"show": show})) for show in ("unchecked", "risk", "mappa", "restricted")}
    assert shown == {
        "unchecked": [unchecked.reference],
        "risk": [no_risk.reference],
        "mappa": [no_mappa.reference],
        "restricted": [restricted.reference],
    }


def test_caseload_is_filtered_by_risk(client):
    officer = make_user()
    high, low = make_nominal(offender_manager=officer), make_nominal(offender_manager=officer)
    RiskPeriod.objects.filter(nominal=low).update(level=1)
    client.force_login(officer)
    assert references(client.get("/", {"risk": ["3", "4"]})) == [high.reference]
    assert references(client.get("/", {"risk": "nonsense", "show": "nonsense"})) == [high.reference, low.reference]
    empty = client.get("/", {"risk": "4"})
    assert "No case fits the filter." in empty.content.decode()


def test_supervisor_sees_the_unit_and_notices_of_who_has_left(client):
    boss = make_user(Role.SUPERVISOR)
    gone = make_user(unit=boss.unit, is_active=False, last_name="Departed")
    mine, other = make_nominal(offender_manager=gone, is_restricted=True), make_nominal(unit=make_user(organisation=boss.organisation).unit)
    notice, elsewhere = make_notice(nominal=mine), make_notice(nominal=other)
    client.force_login(boss)
    response = client.get("/")
    page = response.content.decode()
    assert [row.pk for row in response.context["notices"]] == [notice.pk]
    assert str(elsewhere.public_id) not in page
    assert [(row["offender_manager"], row["cases"]) for row in response.context["officers"]] == [(gone.pk, 1)]
    assert "Has left: hand over the cases" in page


def test_lapsed_training_keeps_cards_and_says_who_renews(client):
    officer = make_user(trained_until=date(2020, 1, 1))
    nominal = make_nominal(offender_manager=officer)
    client.force_login(officer)
    response = client.get("/")
    assert references(response) == [nominal.reference]
    assert "system administrator records the renewal" in response.content.decode()


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.SUPERVISOR])
def test_query_count_does_not_grow(client, role):
    user = make_user(role)
    officer = user if role == Role.OFFENDER_MANAGER else make_user(unit=user.unit)
    client.force_login(user)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get("/", {"show": ""})
        return len(captured)

    make_notice(nominal=make_nominal(offender_manager=officer))
    count()
    few = count()
    for _ in range(6):
        make_notice(nominal=make_nominal(offender_manager=officer))
    assert count() == few
