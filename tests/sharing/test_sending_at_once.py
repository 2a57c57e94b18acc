"""Two people at the same moment, in real transactions."""

import pytest

from accounts.choices import Role
from accounts.errors import DomainError
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyChange, Release
from sharing.services.releases import send_release, withdraw_release
from tests.factories import make_user
from tests.offenders.test_services_at_once import at_once
from tests.sharing.making_releases import approved

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_send_and_withdraw_and_each_happens_once():
    decision = approved()
    people = [decision.nominal.offender_manager, make_user(Role.SUPERVISOR, unit=decision.nominal.unit)]

    ends = at_once(*(lambda actor=actor: send_release(actor=actor, decision=decision) for actor in people))
    assert ends == [DomainError.__name__, "done"]
    release = Release.objects.get()
    ends = at_once(*(lambda actor=actor: withdraw_release(actor=actor, release=release, reason="Wrong person") for actor in people))

    assert ends == [DomainError.__name__, "done"]
    assert AgencyChange.objects.filter(kind=ChangeKind.RELEASE_WITHDRAWN).count() == 1
