"""Visits: what may be recorded, what follows from it, and the clock of the next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from actions.rules import Length, add_days, end_of
from audit.models import Event
from offenders.choices import RiskLevel
from offenders.choices.visits import VisitState
from offenders.models import Nominal, Visit
from offenders.services.operational import set_risk
from offenders.services.reactive import review_reactive, start_reactive
from offenders.services.records import allocate_nominal
from offenders.services.visits import cancel_visit, correct_visit, move_visit, plan_visit, record_visit
from offenders.services.visits_due import raise_visits
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_visits import PLANNED, make_planned, make_visit

pytestmark = pytest.mark.django_db
TOLD = {"seen": "The person", "risk": "unchanged", "others_present": "A duty officer"}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def record(officer, nominal, **values):
    data = {"state": VisitState.DONE, "happened_at": now() - timedelta(hours=1), "officer": officer, **TOLD, **values}
    return record_visit(actor=officer, nominal=nominal, **data)


def waiting(nominal, kind="visit"):
    return list(Action.objects.waiting().filter(kind=kind, nominal=nominal.pk))


def test_a_visit_is_stored_and_its_event_recorded(officer, nominal):
    visit = record(officer, nominal, said="All well")
    assert (visit.state, visit.recorded_by, visit.version) == ("done", officer, 1)
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Visit carried out").count() == 1
    assert "All well" not in str(list(Event.objects.values_list("detail", "reason")))


def test_a_visit_closes_what_was_due_and_raises_the_next(officer, nominal):
    Nominal.objects.update(created_at=datetime(2026, 10, 1, tzinfo=UTC))
    raise_visits(actor=None, today=localdate())
    (first,) = waiting(nominal)
    record(officer, nominal)
    first.refresh_from_db()
    (second,) = waiting(nominal)
    assert (first.state, first.closed_by) == ("done", officer)
    due = add_days(localdate(now() - timedelta(hours=1)), Length(3, "months"), ())  # from the day of the visit
    assert (second.rule_code, second.late_from, second.owner) == ("visit-high", end_of(due), officer)


def test_no_reply_plans_the_next_try_and_does_not_reset_the_clock(officer, nominal):
    make_visit(nominal=nominal, at=datetime(2026, 9, 1, 10, tzinfo=UTC))
    raise_visits(actor=None, today=localdate())
    (before,) = waiting(nominal)
    with pytest.raises(DomainError) as error:
        record(officer, nominal, state="no_reply", seen="", risk="")
    assert error.value.field == "next_on"
    record(officer, nominal, state="no_reply", seen="", risk="", next_at=now() + timedelta(days=2))
    raise_visits(actor=None, today=localdate())
    assert [(row.pk, row.late_from) for row in waiting(nominal)] == [(before.pk, before.late_from)]
    assert Visit.objects.get(state="planned").officer == officer
    assert len(waiting(nominal, "visit-planned")) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"others_present": ""}, "lone_reason"),
        ({"seen": " "}, "seen"),
        ({"risk": ""}, "risk"),
        ({"happened_at": datetime(2050, 1, 1, tzinfo=UTC)}, "on"),
        ({"next_at": datetime(2020, 1, 1, tzinfo=UTC)}, "next_on"),
    ],
)
def test_a_visit_is_recorded_whole_or_not_at_all(officer, nominal, values, field):
    with pytest.raises(DomainError) as error:
        record(officer, nominal, **values)
    assert error.value.field == field
    assert not Visit.objects.exists()
    record(officer, nominal, **({"others_present": "", "lone_reason": "Colleague called away"} if field == "lone_reason" else {}))


def test_two_different_officers_go_and_both_may_know_of_the_record(officer, nominal):
    excluded = make_user(unit=officer.unit)
    make_exclusion(nominal=nominal, user=excluded)
    for second in (officer, excluded):
        with pytest.raises(DomainError) as error:
            record(officer, nominal, second_officer=second)
        assert error.value.field == "second_officer"
    assert record(officer, nominal, second_officer=make_user(unit=officer.unit)).second_officer


def test_the_same_visit_is_not_recorded_twice(officer, nominal):
    at = now() - timedelta(hours=2)
    record(officer, nominal, happened_at=at)
    with pytest.raises(StaleRecord):
        record(officer, nominal, happened_at=at)
    record(officer, make_nominal(offender_manager=officer), happened_at=at)


def test_a_concern_goes_to_the_supervisor_and_a_changed_risk_to_the_manager(officer, nominal):
    boss = make_user(Role.SUPERVISOR, unit=officer.unit)
    record(officer, nominal, concerns="Children's bicycles", risk="changed")
    (concern,), (risk,) = waiting(nominal, "visit-concern"), waiting(nominal, "risk-after-visit")
    assert (concern.owner, risk.owner) == (boss, officer)
    assert "icycle" not in str(list(Action.objects.values())) + str(list(Notification.objects.values()))
    set_risk(actor=officer, nominal=nominal, level=4, at_risk=["public"], reason="Visit", starts_on=localdate())
    assert waiting(nominal, "risk-after-visit") == []


def test_a_planned_visit_can_move_and_be_called_off(officer, nominal):
    second = make_user(unit=officer.unit)
    visit = plan_visit(actor=officer, nominal=nominal, planned_for=PLANNED, officer=officer, second_officer=second)
    assert Notification.objects.filter(recipient=second).exists()
    visit = move_visit(actor=officer, visit=visit, version=1, planned_for=PLANNED + timedelta(days=1), officer=second)
    (action,) = waiting(nominal, "visit-planned")
    assert (visit.version, action.owner) == (2, second)
    with pytest.raises(StaleRecord):
        cancel_visit(actor=officer, visit=visit, version=1, reason="x")
    cancel_visit(actor=officer, visit=visit, version=2, reason="In hospital")
    assert waiting(nominal, "visit-planned") == []
    with pytest.raises(StaleRecord):
        record(officer, nominal, visit=visit)
    with pytest.raises(DomainError):
        plan_visit(actor=officer, nominal=nominal, planned_for=now(), officer=officer)


def test_change_of_risk_reckons_the_visit_anew(officer, nominal):
    make_visit(nominal=nominal, at=datetime(2026, 9, 1, 10, tzinfo=UTC))
    raise_visits(actor=None, today=localdate())
    for level in (RiskLevel.VERY_HIGH, RiskLevel.LOW, RiskLevel.VERY_HIGH):
        set_risk(actor=officer, nominal=nominal, level=level, at_risk=["public"], reason="x", starts_on=localdate())
    (action,) = waiting(nominal)
    assert (action.rule_code, action.late_from) == ("visit-very-high", end_of(date(2026, 10, 1)))
    assert Action.objects.filter(kind="visit", state="cancelled").count() == 3


def test_a_corrected_day_moves_the_clock(officer, nominal):
    visit = record(officer, nominal)
    early = now() - timedelta(days=40)
    told = {"officer": officer, **TOLD}
    with pytest.raises(StaleRecord):
        correct_visit(actor=officer, visit=visit, version=7, reason="Wrong day", happened_at=early, **told)
    correct_visit(actor=officer, visit=visit, version=1, reason="Wrong day", happened_at=early, **told)
    (action,) = waiting(nominal)
    assert localdate(action.starts_at) == localdate(early)
    with pytest.raises(DomainError):
        correct_visit(
            actor=officer, visit=make_planned(nominal=nominal), version=1, reason="x", happened_at=early - timedelta(days=1), **told
        )


def test_a_waiting_visit_goes_with_the_record(officer, nominal):
    boss, taker = make_user(Role.SUPERVISOR, unit=officer.unit), make_user(unit=officer.unit)
    raise_visits(actor=None, today=localdate())
    allocate_nominal(actor=boss, nominal=nominal, unit=boss.unit, offender_manager=taker, version=1, reason="Workload")
    assert [action.owner for action in waiting(nominal)] == [taker]


def test_others_may_not_record_or_plan(nominal):
    for actor in (make_user(), make_user(Role.CONTROL_ROOM, organisation=nominal.force)):
        with pytest.raises(NotPermitted):
            record(actor, nominal)
        with pytest.raises(NotPermitted):
            plan_visit(actor=actor, nominal=nominal, planned_for=PLANNED, officer=actor)


def test_reactive_management_stops_the_clock_and_ending_it_starts_anew(officer, nominal):
    boss = make_user(Role.SUPERVISOR, unit=officer.unit)
    raise_visits(actor=None, today=localdate())
    ahead = localdate() + timedelta(days=90)
    with pytest.raises(NotPermitted):
        start_reactive(actor=officer, nominal=nominal, reason="Settled", review_on=ahead)
    with pytest.raises(DomainError):
        start_reactive(actor=boss, nominal=nominal, reason="Settled", review_on=localdate())
    row = start_reactive(actor=boss, nominal=nominal, reason="Settled", review_on=ahead)
    raise_visits(actor=None, today=localdate())
    assert waiting(nominal) == []
    assert [action.owner for action in waiting(nominal, "reactive-review")] == [boss]
    with pytest.raises(DomainError):
        start_reactive(actor=boss, nominal=nominal, reason="Again", review_on=ahead)
    row = review_reactive(actor=boss, reactive=row, keeps=True, reason="Still", review_on=ahead + timedelta(days=90), version=1)
    with pytest.raises(StaleRecord):
        review_reactive(actor=boss, reactive=row, keeps=False, reason="New partner", version=1)
    review_reactive(actor=boss, reactive=row, keeps=False, reason="New partner", version=2)
    tomorrow = localdate() + timedelta(days=1)
    raise_visits(actor=None, today=tomorrow)
    assert [localdate(action.starts_at) for action in waiting(nominal)] == [tomorrow]
    assert waiting(nominal, "reactive-review") == []


@pytest.mark.parametrize(
    "values",
    [
        {"state": "planned"},
        {"state": "done", "happened_at": PLANNED},
        {"state": "cancelled", "planned_for": PLANNED},
        {"state": "elsewhere", "planned_for": PLANNED},
        {"state": "planned", "planned_for": PLANNED, "happened_at": PLANNED},
    ],
)
def test_the_database_refuses_visits_that_cannot_be(officer, nominal, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(nominal=nominal, officer=officer, **values)
    make_planned(nominal=nominal)


@pytest.mark.parametrize("values", [{"others_present": ""}, {"seen": ""}, {"risk": ""}, {"recorded_by": None}, {"happened_at": None}])
def test_the_database_refuses_half_a_visit(nominal, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_visit(nominal=nominal, at=PLANNED, **values)
    make_visit(nominal=nominal, at=PLANNED)
