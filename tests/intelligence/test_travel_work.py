"""What waits in the queue of reports stands on the page where those who work it begin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from actions.reports import work_of
from actions.rules import standing_of
from intelligence.choices.travel import AlertState
from intelligence.reports.alerts import dues_of
from tests.factories import make_nominal, make_unit, make_user
from tests.intelligence.making_travel import make_alert, make_candidate, make_source, make_triager

pytestmark = pytest.mark.django_db
PAGE = reverse("intelligence:alert-list")


@pytest.fixture
def unit():
    return make_unit()


def queue_of(user):
    return [(work.number, work.late) for work in work_of(user, now()) if work.address == PAGE]


def test_the_number_the_oldest_deadline_and_how_many_are_late_stand_on_the_home_page(unit, client):
    officer, source, moment = make_triager(unit), make_source(unit=unit), now()
    alerts = [make_alert(source=source, received_at=moment - timedelta(days=days)) for days in (0, 30, 20, 0)]
    client.force_login(officer)
    text = client.get(reverse("home"), follow=True).content.decode()
    oldest = standing_of(dues_of([alerts[1]])[0].late_from, moment)
    assert queue_of(officer) == [(4, 2)]
    assert f'<span class="app-counter__number">4</span> Travel alerts, the oldest {oldest.words}, 2 late' in text


def test_only_what_waits_in_a_queue_that_one_works_is_counted(unit):
    source = make_source(unit=unit)
    for state in set(AlertState) - {AlertState.FILED}:
        make_alert(source=source, state=state)
    make_alert()
    near, force = make_unit(organisation=unit.organisation), make_user(Role.INTELLIGENCE, organisation=unit.organisation)
    people = [make_triager(unit), make_triager(unit, Role.SUPERVISOR), force, make_triager(near), make_user(Role.CONTROL_ROOM, unit=unit)]
    assert [queue_of(user) for user in people] == [[(1, 0)], [(1, 0)], [(1, 0)], [], []]


def test_a_hidden_candidate_changes_no_number(unit):
    officer, alert = make_triager(unit), make_alert(source=make_source(unit=unit))
    make_candidate(alert=alert, nominal=make_nominal(unit=unit, is_restricted=True))
    assert queue_of(officer) == [(1, 0)]
