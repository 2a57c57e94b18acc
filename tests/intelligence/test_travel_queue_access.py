"""Every address of one report, tried by every role of the unit, of the force and of another force."""

import pytest

from accounts.choices import Role
from intelligence.models import AlertSource, TravelAlert
from tests.factories import make_unit, make_user
from tests.intelligence.making_travel import make_alert, make_source

pytestmark = pytest.mark.django_db

TEAM = {Role.OFFENDER_MANAGER, Role.SUPERVISOR}
ADDRESSES = [("get", ""), ("post", ""), ("post", "document/"), ("post", "take/"), ("get", "back/"), ("post", "back/")]


def answers(client, user, address):
    client.force_login(user)
    return {getattr(client, method)(f"{address}{rest}").status_code for method, rest in ADDRESSES}


@pytest.mark.parametrize("role", list(Role))
def test_a_report_is_reached_by_the_queue_of_its_unit_and_the_intelligence_of_its_force_alone(client, role):
    unit = make_unit()
    alert = make_alert(source=make_source(unit=unit))
    address = f"/travel-alerts/{alert.public_id}/"
    mine = make_user(role, unit=unit) if role != Role.PARTNER else make_user(role)
    near = make_user(role, unit=make_unit(organisation=unit.organisation)) if role != Role.PARTNER else make_user(role)
    elsewhere = make_user(role)
    reached, hidden, refused = {200, 422, 302}, {404}, {403}
    holds = role in TEAM or role == Role.INTELLIGENCE
    expected = [reached if holds else refused, (reached if role == Role.INTELLIGENCE else hidden) if holds else refused]
    expected.append(hidden if holds else refused)
    for user, outcome in zip((mine, near, elsewhere), expected, strict=True):
        assert answers(client, user, address) <= outcome
    assert TravelAlert.objects.get().state == "triage"


@pytest.mark.parametrize("role", list(Role))
def test_sources_are_changed_by_administrators_of_their_force_alone(client, role):
    unit = make_unit()
    source = make_source(unit=unit)
    address = f"/travel-alerts/sources/{source.code}/"
    mine = make_user(role, unit=unit) if role != Role.PARTNER else make_user(role)
    elsewhere = make_user(role)
    for user, outcome in ((mine, 200 if role == Role.ADMINISTRATOR else 403), (elsewhere, 404 if role == Role.ADMINISTRATOR else 403)):
        client.force_login(user)
        assert client.get(address).status_code == outcome
    assert AlertSource.objects.get().name == source.name
