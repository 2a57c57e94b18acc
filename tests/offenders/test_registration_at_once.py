"""Two people record the same notification or decision at the same moment, and two sweeps run together."""

import pytest
from django.utils.timezone import localdate

from accounts.errors import StaleRecord
from offenders.models import BreachStep, NotificationDuty
from offenders.services.breaches import decide_breach
from offenders.services.duties import excuse_duty, raise_duties, record_notification
from tests.factories import make_nominal, make_user
from tests.offenders.making_registration import make_breach, make_duty, make_period
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_notification_is_recorded_once_and_the_next_year_raised_once():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    make_period(nominal=nominal)
    duty = make_duty(nominal=nominal, kind="annual")
    facts = {"duty": duty, "version": 1, "notified_on": localdate(), "station": "x", "what_was_notified": "x", "taken_by": "x"}
    assert at_once(*[lambda: record_notification(actor=officer, **facts)] * 2) == [StaleRecord.__name__, "done"]
    assert sorted(NotificationDuty.objects.values_list("state", flat=True)) == ["complied", "due"]


def test_one_notification_is_excused_once():
    officer = make_user()
    duty = make_duty(nominal=make_nominal(offender_manager=officer))
    acts = [lambda: excuse_duty(actor=officer, duty=duty, version=1, reason="Entered twice")] * 2
    assert at_once(*acts) == [StaleRecord.__name__, "done"]


def test_one_decision_on_a_breach_counts():
    officer = make_user()
    breach = make_breach(nominal=make_nominal(offender_manager=officer))
    facts = {"breach": breach, "version": 1, "on": localdate(), "reason": "x"}
    acts = [lambda state=state: decide_breach(actor=officer, state=state, **facts) for state in ("warned", "charged")]
    assert at_once(*acts) == [StaleRecord.__name__, "done"]
    assert BreachStep.objects.count() == 1


def test_two_sweeps_raise_one_year():
    for _ in range(3):
        make_period(nominal=make_nominal())
    assert at_once(*[lambda: raise_duties(actor=None, today=localdate())] * 2) == ["done", "done"]
    assert NotificationDuty.objects.count() == 3
