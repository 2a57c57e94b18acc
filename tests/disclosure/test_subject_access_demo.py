"""The demonstration force has answered one request for one's own data and decides about another."""

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from disclosure.demo import add_subject_access
from disclosure.models import SubjectRequest
from tests.disclosure.making_subject_access import make_governance
from tests.factories import make_nominal

pytestmark = pytest.mark.django_db


def test_one_is_answered_and_one_in_the_workbench():
    nominal = make_nominal()
    users = {Role.INFORMATION_GOVERNANCE: make_governance(nominal), Role.OFFENDER_MANAGER: nominal.offender_manager}

    add_subject_access(users, nominal, [], localdate())

    answered, deciding = SubjectRequest.objects.order_by("pk")
    assert (answered.state, answered.bundle.answer, answered.delivery.way) == ("answered", "nothing", "post")
    assert (deciding.state, deciding.nominal) == ("deciding", nominal)
    assert deciding.items.filter(decided_by=users["information_governance"]).exists()
