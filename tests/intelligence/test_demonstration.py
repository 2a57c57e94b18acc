"""The demonstration has something on the pages of intelligence work, for whoever reads them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from intelligence.models import Briefing, DuplicatePair, Tasking, TaskingReceipt
from intelligence.reports.briefings import reports_in
from intelligence.reports.tasking import results_of

pytestmark = pytest.mark.xdist_group("journeys")  # beside the site that is a copy of the same force


@pytest.fixture
def staff(demonstration):
    """Those who sign in to the smallest demonstration."""
    return {user.username: user for user in User.objects.all()}


def test_there_is_a_tasking_with_a_result_a_briefing_and_pairs_of_records(client, staff):
    tasking = Tasking.objects.get()
    assert (tasking.is_live, TaskingReceipt.objects.get().user) == (True, staff["operational"])
    assert [result["state"] for result in results_of(staff["intelligence"], tasking)] == ["Waits for the bureau"]
    assert len(reports_in(staff["operational"], Briefing.objects.get())) == 1

    client.force_login(staff["supervisor"])
    pairs = DuplicatePair.objects.for_user(staff["supervisor"])
    waiting, refused = pairs.waiting().get(), pairs.exclude(pk__in=pairs.waiting()).get()
    assert waiting.reasons
    for pair, query in ((waiting, ""), (refused, "?show=refused")):
        page = client.get(f"{reverse('intelligence:duplicates')}{query}").content.decode()
        assert f"{pair.one.reference} and" in page or f"{pair.other.reference} and" in page
