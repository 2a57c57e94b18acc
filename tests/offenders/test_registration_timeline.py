"""What registration puts on the line of time, and what the worker and the operator start."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate, now

from accounts.choices import Role
from offenders.models import NotificationDuty
from offenders.tasks import raise_duties
from offenders.timeline.registration import entries_of_registration
from tests.factories import make_nominal, make_user
from tests.offenders.making_registration import fill_registration, make_conviction, make_period

pytestmark = pytest.mark.django_db


def test_line_of_time_has_the_newest_first_before_a_moment():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    fill_registration(nominal, 1)
    far = now() + timedelta(days=100)
    entries = entries_of_registration(officer, nominal, far, 50)
    assert {entry.kind for entry in entries} == {"conviction", "order", "breach", "registration", "travel"}
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert entries_of_registration(officer, nominal, far, 2) == entries[:2]
    assert entries_of_registration(officer, nominal, entries[-1].at, 50) == []


def test_line_of_time_tells_nothing_to_whom_the_case_file_is_closed():
    nominal = make_nominal()
    make_conviction(nominal=nominal)
    assert entries_of_registration(nominal.offender_manager, nominal, now(), 9)
    assert entries_of_registration(make_user(Role.CONTROL_ROOM, organisation=nominal.force), nominal, now(), 9) == []


def test_worker_and_operator_raise_each_missing_year_once():
    make_period(nominal=make_nominal())
    raise_duties()
    out = StringIO()
    call_command("raise_duties", "--date", localdate().isoformat(), stdout=out)
    assert out.getvalue() == "0 annual notifications raised, 0 ended.\n"
    assert NotificationDuty.objects.count() == 1
