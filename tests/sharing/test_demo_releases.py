"""The demonstration shares with two agencies: one accepted it, one has not."""

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from sharing.demo import add_releases
from sharing.models import Release
from tests.factories import make_agency, make_nominal, make_user
from tests.sharing.making_decisions import make_partner
from tests.sharing.making_releases import make_condition

pytestmark = pytest.mark.django_db


def test_two_releases_one_accepted():
    nominal = make_nominal()
    make_condition(nominal)
    probation = make_agency(code="northmere-probation")
    make_agency(code="northmere-children")
    users = {"supervisor": make_user(Role.SUPERVISOR, unit=nominal.unit), "partner": make_partner(probation)}

    add_releases(users, nominal, [], localdate())

    accepted, waiting = Release.objects.order_by("pk")
    assert (accepted.agency, accepted.acknowledged_at is None, waiting.acknowledged_at) == (probation, False, None)
    assert accepted.readings.count() == 2
    assert len(accepted.contents) == 2
