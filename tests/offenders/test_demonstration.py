"""The demonstration has a full board of visits, one clock for each record, and Arthur Sample's story."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from actions.models import Action
from offenders.models import Nominal, ReactiveManagement, RegistrationPeriod, Visit

pytestmark = pytest.mark.xdist_group("journeys")  # beside the site that is a copy of the same force


def test_synthetic_force_tells_arthur_samples_story(demonstration):
    arthur = Nominal.objects.order_by("pk")[0]
    assert [row.last_day and row.last_day.year for row in arthur.registration_periods.filter(withdrawn_at__isnull=True)] == [None, 2019]
    assert set(arthur.notification_duties.values_list("kind", "state")) >= {("annual", "due"), ("bank", "breached"), ("passport", "due")}
    assert arthur.travel_notifications.get().is_in_time
    assert RegistrationPeriod.objects.exclude(nominal=arthur).exists()


def test_the_demonstration_has_visits_in_every_state_and_some_overdue(demonstration):
    due = Action.objects.waiting().filter(kind="visit")
    assert due.count() == due.values("nominal").distinct().count() == 120 - ReactiveManagement.objects.count() == 119
    assert 5 <= due.filter(late_from__lte=now()).count() <= 40
    arthur = Nominal.objects.order_by("pk")[0]
    assert set(Visit.objects.filter(nominal=arthur).values_list("state", flat=True)) == {"planned", "done", "no_reply"}
    assert Visit.objects.values("nominal").distinct().count() == 120
