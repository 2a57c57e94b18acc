"""Two workers at the same moment tell each side of an agreement once."""

from __future__ import annotations

import pytest
from django.core import mail

from accounts.choices import Role
from actions.models import Notification
from sharing.models import AgencyChange, AgencyContact
from sharing.services.agreement_news import tell_of_agreements
from tests.factories import make_user
from tests.offenders.test_services_at_once import at_once
from tests.sharing.making_decisions import make_agreement

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_tell_each_side_once():
    keeper = make_user(Role.INFORMATION_GOVERNANCE)
    for number in range(6):
        agreement = make_agreement(force=keeper.organisation, added_by=keeper)
        AgencyContact.objects.create(force=agreement.force, agency=agreement.agency, post="Desk", email=f"desk{number}@agency.invalid")

    assert at_once(*[lambda: tell_of_agreements(actor=None)] * 2) == ["done", "done"]
    tell_of_agreements(actor=None)  # whatever both left to each other

    assert AgencyChange.objects.filter(kind="agreement.begun").count() == 6
    assert Notification.objects.filter(recipient=keeper).count() == 6
    assert sorted(message.bcc[0] for message in mail.outbox) == [f"desk{number}@agency.invalid" for number in range(6)]
