"""Two people at one visit, and the sweep beside them: real transactions, one outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.errors import StaleRecord
from actions.models import Action
from offenders.models import Visit
from offenders.services.visits import record_visit
from offenders.services.visits_due import raise_visits
from tests.factories import make_nominal, make_user
from tests.offenders.making_visits import make_planned
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_record_one_planned_visit_leave_one():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    visit = make_planned(nominal=nominal, planned_for=now())
    told = {"state": "done", "officer": officer, "seen": "The person", "risk": "unchanged", "others_present": "A duty officer"}
    ends = at_once(
        *(
            lambda hours=hours: record_visit(
                actor=officer, nominal=nominal, visit=visit, version=1, happened_at=now() - timedelta(hours=hours), **told
            )
            for hours in (1, 2)
        )
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert Visit.objects.get().version == 2
    assert Action.objects.waiting().filter(kind="visit").count() == 1


def test_two_sweeps_raise_one_action_for_each_record():
    officer = make_user()
    for _ in range(5):
        make_nominal(offender_manager=officer)
    at_once(*(lambda: raise_visits(actor=None, today=localdate()) for _ in range(2)))
    raise_visits(actor=None, today=localdate())
    assert Action.objects.waiting().filter(kind="visit").count() == 5
