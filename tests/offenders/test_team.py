"""The overdue board, the team board, and moving cases between officers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from offenders.models import Nominal, RiskPeriod
from offenders.services.visits_due import raise_visits
from offenders.services.workload import reallocate_cases
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_visits import make_planned, make_visit

pytestmark = pytest.mark.django_db
BOARD, OVERDUE, MOVE = reverse("offenders:team"), reverse("offenders:visit-overdue"), reverse("offenders:team-move")


@pytest.fixture
def boss(client):
    user = make_user(Role.SUPERVISOR)
    client.force_login(user)
    return user


@pytest.fixture
def giver(boss):
    return make_user(unit=boss.unit)


@pytest.fixture
def taker(boss):
    return make_user(unit=boss.unit)


def make_case(officer, *, days=1, **values):
    nominal = make_nominal(offender_manager=officer, **values)
    make_visit(nominal=nominal, at=now() - timedelta(days=days))
    return nominal


def test_the_overdue_board_is_oldest_first_and_recorded(client, boss, giver, taker):
    late, later, restricted = make_case(giver, days=200), make_case(taker, days=400), make_case(giver, days=150, is_restricted=True)
    make_case(giver, days=2)
    make_case(make_user(), days=400)
    hidden = make_case(giver, days=500)
    make_exclusion(nominal=hidden, user=boss)
    make_planned(nominal=later)
    raise_visits(actor=None, today=localdate())
    response = client.get(OVERDUE)
    assert [row.pk for row, _ in response.context["rows"]] == [later.pk, late.pk, restricted.pk]
    days = [number for _, number in response.context["rows"]]
    assert days == sorted(days, reverse=True)
    assert "6 May 2031" in response.content.decode()
    assert Event.objects.get(verb="listed").detail["ids"] == [later.pk, late.pk, restricted.pk]
    assert [row.pk for row, _ in client.get(OVERDUE, {"officer": taker.pk}).context["rows"]] == [later.pk]
    client.force_login(giver)
    assert {row.pk for row, _ in client.get(OVERDUE).context["rows"]} == {later.pk, late.pk, restricted.pk, hidden.pk}


@pytest.mark.parametrize("query", ["officer=x", "officer=999999999999", "page=0", "page=zz", "page=99999999999999", "officer=%00"])
def test_boards_take_any_query(client, boss, giver, query):
    make_case(giver)
    for page in (OVERDUE, MOVE, BOARD):
        assert client.get(f"{page}?{query}").status_code == 200


def test_boards_are_for_supervisors_and_the_overdue_board_for_managers_too(client, giver):
    client.force_login(giver)
    assert [client.get(page).status_code for page in (OVERDUE, BOARD, MOVE)] == [200, 403, 403]
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert [client.get(page).status_code for page in (OVERDUE, BOARD, MOVE)] == [403, 403, 403]


def test_the_team_board_counts_cases_points_and_what_is_late(client, boss, giver, taker):
    cases = [make_case(giver, days=300) for _ in range(2)]
    RiskPeriod.objects.filter(nominal=cases[0]).update(level=4)
    gone = make_case(make_user(unit=boss.unit, is_active=False, last_name="Leaver")).offender_manager
    lapsed = make_user(unit=boss.unit, trained_until=None)
    raise_visits(actor=None, today=localdate())
    response = client.get(BOARD)
    lines = {officer.user.pk: (officer, numbers) for officer, numbers in response.context["lines"]}
    officer, numbers = lines[giver.pk]
    assert (officer.load.cases, officer.load.points, numbers) == (2, 16, [1, 1, 0, 0, 0])
    assert (officer.late_visits, officer.late_actions) == (2, 2)
    assert {taker.pk, gone.pk, lapsed.pk} <= set(lines)
    text = response.content.decode()
    assert "Has left: hand over the cases" in text
    assert "Cannot open case files: training has run out" in text


def chosen(cases, taker, **values):
    return {"cases": [f"{case.reference}.{case.version}" for case in cases], "offender_manager": taker.pk, **values}


def test_comparing_shows_both_loads_and_stores_nothing(client, giver, taker):
    cases = [make_case(giver) for _ in range(3)]
    address = f"{MOVE}?officer={giver.pk}"
    assert all(case.reference in client.get(address).content.decode() for case in cases)
    response = client.post(address, chosen(cases[:2], taker, compare="1"))
    (left, before, after), (right, empty, full) = response.context["loads"]
    assert (left, before.cases, after.cases) == (giver, 3, 1)
    assert (right, empty.points, full.points) == (taker, 0, 8)
    assert Nominal.objects.filter(offender_manager=giver).count() == 3
    assert client.post(address, chosen(cases[:2], taker)).status_code == 422  # no reason


def test_confirming_moves_all_with_their_waiting_visits(client, giver, taker):
    cases = [make_case(giver) for _ in range(3)]
    raise_visits(actor=None, today=localdate())
    response = client.post(f"{MOVE}?officer={giver.pk}", chosen(cases[:2], taker, reason="Workload"))
    assert (response.status_code, response.url) == (302, BOARD)
    assert set(Nominal.objects.filter(offender_manager=taker)) == set(cases[:2])
    assert Action.objects.filter(kind="visit", owner=taker).count() == 2
    assert Event.objects.filter(detail__act="Offender manager changed", reason="Workload").count() == 2


def test_a_stale_case_or_an_excluded_officer_moves_none(client, boss, giver, taker):
    cases = [make_case(giver) for _ in range(3)]
    sent = chosen(cases, taker, reason="Workload")
    Nominal.objects.filter(pk=cases[2].pk).update(version=2)
    response = client.post(f"{MOVE}?officer={giver.pk}", sent)
    assert response.status_code == 409
    assert "Nothing was moved" in response.content.decode()
    Nominal.objects.filter(pk=cases[2].pk).update(version=1)
    exclusion = make_exclusion(nominal=cases[2], user=taker)
    response = client.post(f"{MOVE}?officer={giver.pk}", sent)
    assert response.status_code == 409
    assert "cannot take this record" in response.content.decode()
    assert "exclu" not in response.content.decode()
    assert Nominal.objects.filter(offender_manager=giver).count() == 3
    exclusion.ended_at = now()
    exclusion.save()
    assert client.post(f"{MOVE}?officer={giver.pk}", sent).status_code == 302


def test_moving_takes_the_right_to_allocate_each_case(boss, giver, taker):
    mine, foreign = make_case(giver), make_case(make_user())
    with pytest.raises(NotPermitted):
        reallocate_cases(actor=giver, cases=[(mine, 1)], offender_manager=taker, reason="x")
    with pytest.raises(NotPermitted):
        reallocate_cases(actor=boss, cases=[(mine, 1), (foreign, 1)], offender_manager=taker, reason="x")
    with pytest.raises(DomainError):
        reallocate_cases(actor=boss, cases=[], offender_manager=taker, reason="x")
    with pytest.raises(StaleRecord):
        reallocate_cases(actor=boss, cases=[(mine, 9)], offender_manager=taker, reason="x")
    assert Nominal.objects.aggregate(Max("version"))["version__max"] == 1


def test_cases_that_are_not_offered_are_refused(client, giver, taker):
    make_case(giver)
    foreign = make_case(make_user())
    for key in (f"{foreign.reference}.1", "V-1", "x.y", "\x00.1"):
        assert client.post(f"{MOVE}?officer={giver.pk}", {"cases": [key], "offender_manager": taker.pk, "reason": "x"}).status_code == 422
