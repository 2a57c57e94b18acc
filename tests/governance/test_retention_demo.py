"""The demonstration force has one old record to review, one that is gone, and a hold."""

import pytest
from django.utils.timezone import localdate

from governance.demo import add_retention
from governance.models import Disposal, LegalHold, RetentionReview
from governance.reports.retention import obstacles
from offenders.models import Nominal
from tests.factories import make_nominal
from tests.governance.making_retention import make_keeper

pytestmark = pytest.mark.django_db


def test_one_waits_one_is_gone_and_one_is_held() -> None:
    nominal, other = make_nominal(), make_nominal()
    Nominal.objects.filter(pk=other.pk).update(force=nominal.force, unit=nominal.unit)
    other.refresh_from_db()
    users = {
        "information_governance": make_keeper(nominal.force),
        "information_governance_2": make_keeper(nominal.force),
        "offender_manager": nominal.offender_manager,
    }

    add_retention(users, nominal, [other], localdate())

    waiting = RetentionReview.objects.get()
    assert (waiting.state, obstacles(waiting.nominal)) == ("open", [])
    assert Disposal.objects.get().removed["offenders.Name"] == 1
    assert LegalHold.objects.get().nominal == other
