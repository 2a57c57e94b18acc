"""Two chairs, or two writers, at the same moment: one wins, the other is told."""

import pytest

from accounts.errors import StaleRecord
from actions.models import Action
from offenders.models import MappaPeriod, Minutes, MinutesCopy
from offenders.services.levels import raise_reviews
from offenders.services.minutes import approve_minutes, save_minutes
from offenders.services.minutes_parts import issue_copy
from tests.factories import make_nominal
from tests.offenders.making_meetings import chair_of, day_before, make_invitation, make_item, make_minutes
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_chairs_one_approves():
    nominal = make_nominal()
    minutes = make_minutes(item=make_item(nominal=nominal, days=-7), state="submitted")
    chairs = [chair_of(nominal), chair_of(nominal)]
    ends = at_once(*(lambda chair=chair: approve_minutes(actor=chair, minutes=minutes, version=1) for chair in chairs))
    assert ends == [StaleRecord.__name__, "done"]
    assert Minutes.objects.get().approved_by in chairs
    assert MappaPeriod.objects.count() == 2


def test_of_two_first_drafts_one_stays():
    nominal = make_nominal()
    item = make_item(nominal=nominal, days=-7)
    texts = ("First", "Second")
    ends = at_once(
        *(lambda text=text: save_minutes(actor=nominal.offender_manager, item=item, version=0, said={}, background=text) for text in texts)
    )
    assert ends == [StaleRecord.__name__, "done"]
    assert Minutes.objects.get().background in texts


def test_two_copies_at_once_have_two_numbers():
    nominal = make_nominal()
    minutes = make_minutes(item=make_item(nominal=nominal, days=-7), state="approved")
    people = [make_invitation(item=minutes.item) for _ in range(2)]
    acts = (lambda one=one: issue_copy(actor=nominal.offender_manager, minutes=minutes, recipient=one) for one in people)
    assert at_once(*acts) == ["done", "done"]
    assert list(MinutesCopy.objects.values_list("number", "of")) == [(1, 2), (2, 2)]


def test_two_sweeps_at_once_raise_one_review():
    make_nominal()
    ends = at_once(*(lambda: raise_reviews(actor=None, today=day_before(0)) for _ in range(2)))
    assert ends == ["done", "done"]
    assert Action.objects.filter(kind="mappa-review").count() == 1
