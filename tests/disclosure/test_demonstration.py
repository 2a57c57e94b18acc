"""The demonstration has applications at different steps, one that was told, one that was answered, one that waits."""

import pytest
from django.urls import reverse

from accounts.access import row_security
from accounts.models import User
from disclosure.models import Application, NeutralAnswer, SchemeDecision, SchemeDisclosure
from disclosure.rules.applications import State

pytestmark = pytest.mark.xdist_group("journeys")  # beside the site that is a copy of the same force


def test_demonstration_has_applications_at_different_steps(client, demonstration):
    lead = User.objects.get(username="supervisor_2")
    assert {row.state for row in Application.objects.for_user(lead)} == {State.FIRST_CONTACT, State.SAFEGUARDING, State.DECISION}
    client.force_login(lead)
    shown = client.get(reverse("disclosure:application-list")).content.decode()
    assert shown.count("DA-0") == 4


def test_there_is_one_told_one_answered_and_one_that_waits(client, demonstration):
    with row_security(User.objects.get(username="offender_manager")):
        told = SchemeDisclosure.objects.get(told_at__isnull=False).application
        proposed = SchemeDecision.objects.get(lapsed_at__isnull=True, decided_at__isnull=True)
    answered = NeutralAnswer.objects.get().application
    waiting = proposed.application
    client.force_login(User.objects.get(username="supervisor"))

    assert (told.state, answered.state) == ("closed", "decided")
    assert client.get(reverse("disclosure:application-decide", args=[waiting.public_id])).status_code == 200
