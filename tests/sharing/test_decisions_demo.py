"""The demonstration has a decision about sharing in each state."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from sharing.models import SharingDecision
from sharing.reports.seals import seal_of
from sharing.rules.decisions import SEALED, State

pytestmark = pytest.mark.django_db


def test_there_is_a_decision_in_each_state(client, settings):
    settings.DEMO = True
    call_command("seed_demo", nominals=10, seed=7)
    rows = SharingDecision.objects.all()
    assert {row.state for row in rows} == set(State)
    assert all(row.content_hash == seal_of(row) for row in rows.filter(state__in=SEALED))
    assert rows.filter(approvals__verdict="returned", state="draft").exists()
    assert rows.filter(template="parole_dossier").exists()
    client.force_login(User.objects.get(username="supervisor"))
    shown = client.get(reverse("sharing:approval-list")).content.decode()
    assert rows.get(state="submitted").reference in shown
