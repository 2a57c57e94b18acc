"""The demonstration has a decision about sharing in each state, agreements, one of them over, and two enquiries of the media."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from sharing.models import Agreement, EnquiryRecord, MediaEnquiry, MediaStatement, SharingDecision
from sharing.reports.seals import seal_of
from sharing.rules.decisions import SEALED, State

pytestmark = pytest.mark.xdist_group("journeys")  # beside the site that is a copy of the same force


def test_there_is_a_decision_in_each_state(client, demonstration):
    rows = SharingDecision.objects.all()
    assert {row.state for row in rows} == set(State)
    assert all(row.content_hash == seal_of(row) for row in rows.filter(state__in=SEALED))
    assert rows.filter(approvals__verdict="returned", state="draft").exists()
    assert rows.filter(template="parole_dossier").exists()
    client.force_login(User.objects.get(username="supervisor"))
    shown = client.get(reverse("sharing:approval-list")).content.decode()
    assert rows.get(state="submitted").reference in shown


def test_the_demonstration_shows_agreements_and_the_media(demonstration):
    partner, press = (User.objects.get(username=name) for name in ("partner", "press_officer"))

    assert sorted(agreement.state for agreement in Agreement.objects.all()) == ["ended", "in force", "in force", "in force"]
    assert [agreement.agency for agreement in Agreement.objects.for_user(partner)] == [partner.organisation]
    assert [enquiry.kind for enquiry in MediaEnquiry.objects.for_user(press)] == ["specific", "general"]
    assert {statement.state for statement in MediaStatement.objects.all()} == {"issued", "draft"}
    assert EnquiryRecord.objects.get().enquiry.kind == "specific"
