"""The sweep that raises what is missing: once for each record, restricted ones too, whatever the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from actions.models import Action
from actions.rules import end_of
from audit.models import Event
from offenders.choices import RiskLevel
from offenders.models import Nominal, RiskPeriod
from offenders.services.visits_due import raise_visits
from offenders.tasks import raise_visits as raise_visits_task
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.offenders.making_visits import make_reactive, make_visit

pytestmark = pytest.mark.django_db
TODAY = localdate()


def standing():
    return {action.nominal: action for action in Action.objects.waiting().filter(kind="visit")}


def test_every_record_gets_one_action_from_its_level_and_last_visit():
    day = {RiskLevel.VERY_HIGH: date(2026, 2, 28), RiskLevel.HIGH: date(2026, 4, 30), RiskLevel.MEDIUM: date(2026, 7, 31)}
    day |= {RiskLevel.LOW: date(2027, 1, 31)}
    due = {}
    for level, last in day.items():
        nominal = make_nominal(is_restricted=level == RiskLevel.LOW)
        RiskPeriod.objects.filter(nominal=nominal).update(level=level)
        make_visit(nominal=nominal, at=datetime(2026, 1, 31, 22, tzinfo=UTC))
        make_visit(nominal=nominal, at=datetime(2025, 1, 31, 22, tzinfo=UTC))
        due[nominal.pk] = end_of(last)
    assert raise_visits(actor=None, today=TODAY) == 4
    assert {key: action.late_from for key, action in standing().items()} == due
    assert Event.objects.filter(detail__kind="visit", verb="created").count() == 4
    assert all("Rule:" in action.explanation[0]["words"] for action in standing().values())


def test_without_a_visit_it_counts_from_registration_and_without_a_level_as_most_urgent():
    nominal = make_nominal()
    Nominal.objects.update(created_at=datetime(2026, 3, 31, 12, tzinfo=UTC))
    RiskPeriod.objects.all().delete()
    raise_visits(actor=None, today=TODAY)
    assert standing()[nominal.pk].late_from == end_of(date(2026, 4, 30))
    assert standing()[nominal.pk].rule_code == "visit-not-set"


def test_twice_is_once_and_any_day_adds_nothing():
    nominals = [make_nominal() for _ in range(3)]
    for day in (TODAY, TODAY, TODAY + timedelta(days=400), date(2020, 1, 1)):
        raise_visits(actor=None, today=day)
    assert set(standing()) == {nominal.pk for nominal in nominals}
    assert Action.objects.waiting().count() == 3
    assert raise_visits(actor=None, today=TODAY) in {0, 3}
    assert raise_visits(actor=None, today=TODAY) == 0


def test_command_and_task_do_the_same(capsys):
    make_nominal()
    call_command("raise_visits", "--date", "2026-11-24")
    assert capsys.readouterr().out.startswith("1 visits")
    raise_visits_task()
    assert len(standing()) == 1


def test_what_an_import_changed_is_reckoned_anew_and_a_date_given_by_hand_is_kept():
    changed, given = make_nominal(), make_nominal()
    raise_visits(actor=None, today=TODAY)
    RiskPeriod.objects.filter(nominal=changed).update(level=RiskLevel.LOW)
    RiskPeriod.objects.filter(nominal=given).update(level=RiskLevel.LOW)
    Action.objects.filter(nominal=given.pk).update(rule_code="")
    assert raise_visits(actor=None, today=TODAY) == 1
    assert (standing()[changed.pk].rule_code, standing()[given.pk].rule_code) == ("visit-low", "")


def test_reactive_management_has_no_visit_due_until_it_ends():
    nominal, ended = make_nominal(), make_nominal()
    make_reactive(nominal=nominal, since=TODAY - timedelta(days=30))
    make_reactive(nominal=ended, since=TODAY - timedelta(days=30), until=TODAY - timedelta(days=3))
    make_visit(nominal=ended, at=datetime(2024, 1, 1, tzinfo=UTC))
    raise_visits(actor=None, today=TODAY)
    assert set(standing()) == {ended.pk}
    assert localdate(standing()[ended.pk].starts_at) == TODAY - timedelta(days=3)


def test_the_unit_owns_it_where_the_manager_cannot():
    gone, kept_out, fine = make_nominal(), make_nominal(), make_nominal()
    gone.offender_manager.is_active = False
    gone.offender_manager.save()
    make_exclusion(nominal=kept_out, user=kept_out.offender_manager)
    raise_visits(actor=None, today=TODAY)
    owners = {key: (action.owner_id, action.owner_unit_id) for key, action in standing().items()}
    assert owners[fine.pk] == (fine.offender_manager_id, None)
    assert owners[gone.pk] == (None, gone.unit_id)
    assert owners[kept_out.pk] == (None, kept_out.unit_id)


def test_the_sweep_takes_as_many_queries_for_many_records_as_for_few():
    officer = make_user(unit=make_unit())
    counts = []
    for number in (3, 20):
        for _ in range(number):
            make_nominal(offender_manager=officer)
        with CaptureQueriesContext(connection) as captured:
            assert raise_visits(actor=None, today=TODAY) == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


@time_machine.travel(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
def test_a_visit_late_at_night_counts_on_its_local_day():
    nominal = make_nominal()
    make_visit(nominal=nominal, at=datetime(2025, 10, 25, 23, 30, tzinfo=UTC))  # 00:30 on the 26th in British Summer Time
    raise_visits(actor=None, today=localdate())
    assert localdate(standing()[nominal.pk].starts_at) == date(2025, 10, 26)
