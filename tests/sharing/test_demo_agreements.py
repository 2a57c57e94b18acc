"""The demonstration has agreements with its agencies, one of them over, and two enquiries of the media."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from accounts.models import User
from sharing.models import Agreement, EnquiryRecord, MediaEnquiry, MediaStatement

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_agreements_and_the_media(settings):
    settings.DEMO = True
    call_command("seed_demo", nominals=10, seed=7)
    partner, press = (User.objects.get(username=name) for name in ("partner", "press_officer"))

    assert sorted(agreement.state for agreement in Agreement.objects.all()) == ["ended", "in force", "in force", "in force"]
    assert [agreement.agency for agreement in Agreement.objects.for_user(partner)] == [partner.organisation]
    assert [enquiry.kind for enquiry in MediaEnquiry.objects.for_user(press)] == ["specific", "general"]
    assert {statement.state for statement in MediaStatement.objects.all()} == {"issued", "draft"}
    assert EnquiryRecord.objects.get().enquiry.kind == "specific"
