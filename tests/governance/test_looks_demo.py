"""The demonstration has a look to judge, one that was explained, and a question that waits for an answer."""

import pytest

from accounts.models import User
from actions.models import Action
from governance.models import LookQuestion, UnusualLook

pytestmark = pytest.mark.xdist_group("journeys")


def test_there_is_one_to_judge_one_explained_and_one_asked_about(demonstration: None):
    auditor, asked = User.objects.get(username="auditor"), User.objects.get(username="offender_manager_2")
    assert sorted(UnusualLook.objects.for_user(auditor).values_list("state", flat=True)) == ["asked", "explained", "open"]
    assert LookQuestion.objects.for_user(asked).get().state == "asked"
    assert Action.objects.for_user(asked).filter(kind="look-question").count() == 1
