"""The demonstration has an application that was told, one that was answered, and one that waits for a decision."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.access import row_security
from accounts.models import User
from disclosure.models import NeutralAnswer, SchemeDecision, SchemeDisclosure

pytestmark = pytest.mark.django_db


def test_there_is_one_told_one_answered_and_one_that_waits(client, settings):
    settings.DEMO = True
    call_command("seed_demo", nominals=10, seed=7)
    with row_security(User.objects.get(username="offender_manager")):
        told = SchemeDisclosure.objects.get(told_at__isnull=False).application
        proposed = SchemeDecision.objects.get(lapsed_at__isnull=True, decided_at__isnull=True)
    answered = NeutralAnswer.objects.get().application
    waiting = proposed.application
    client.force_login(User.objects.get(username="supervisor"))

    assert (told.state, answered.state) == ("closed", "decided")
    assert client.get(reverse("disclosure:application-decide", args=[waiting.public_id])).status_code == 200
