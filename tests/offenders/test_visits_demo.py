"""The demonstration's visits: a full board, and one clock for each record."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from actions.models import Action
from offenders.models import Nominal, ReactiveManagement, Visit

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_visits_in_every_state_and_some_overdue(settings):
    settings.DEMO = True
    call_command("seed_demo", nominals=120, seed=7)
    due = Action.objects.waiting().filter(kind="visit")
    assert due.count() == due.values("nominal").distinct().count() == 120 - ReactiveManagement.objects.count() == 119
    assert 5 <= due.filter(late_from__lte=now()).count() <= 40
    arthur = Nominal.objects.order_by("pk")[0]
    assert set(Visit.objects.filter(nominal=arthur).values_list("state", flat=True)) == {"planned", "done", "no_reply"}
    assert Visit.objects.values("nominal").distinct().count() == 120
