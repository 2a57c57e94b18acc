"""A review of flags that is late goes up rank by rank, once for each rank, and stands on the pages where people begin."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from actions.choices import ActionState
from actions.models import Action, ClockRule, Notification
from actions.reports import work_of
from actions.rules import start_of
from actions.services.reminding import escalate_actions
from audit.models import Event
from intelligence.choices.flags import Verdict
from intelligence.models import FlagReview
from intelligence.services.flag_reviews import check_flag_reviews
from intelligence.services.flag_verdicts import Answer, answer_flags, sign_off_review
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_flags import make_flag

pytestmark = pytest.mark.django_db
DUE = localdate() - timedelta(days=60)  # its ten working days are over by now, and the five days after them too
PAGES = [reverse("home"), reverse("offenders:team"), reverse("actions:counters") + "?whose=unit"]


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def senior(boss):
    return make_user(Role.DISCLOSURE_AUTHORITY, organisation=boss.organisation, unit=None)


def late_review(unit, *, due: date = DUE) -> FlagReview:
    """A review that the night of a day raised."""
    nominal = make_nominal(unit=unit)
    make_flag(nominal=nominal, review_due_on=due)
    check_flag_reviews(actor=None, on=due)
    return FlagReview.objects.select_related("action").get(nominal=nominal)


def told(user) -> int:
    """How often somebody was told of something."""
    return Notification.objects.filter(recipient=user).count()


def lists(user, at: datetime | None = None) -> list[tuple[str, int, int]]:
    """The reviews of flags that wait for somebody."""
    return [(work.words, work.number, work.late) for work in work_of(user, at or now()) if work.words.startswith("Reviews")]


def everything():
    """All that an escalation could change."""
    return list(Action.objects.order_by("pk").values()), Notification.objects.count(), Event.objects.count()


def test_a_late_review_goes_to_supervisors_first_and_then_to_superintendents(boss, senior):
    elsewhere = make_user(Role.SUPERVISOR, unit=make_unit(organisation=boss.organisation))
    others = make_user(Role.DISCLOSURE_AUTHORITY)
    late_from = late_review(boss.unit).action.late_from

    reached = {}
    for days in (-1, 0, 4, 5):
        escalate_actions(actor=None, now=late_from + timedelta(days=days))
        reached[days] = told(boss), told(senior), Action.objects.get().escalation

    assert reached == {-1: (0, 0, 0), 0: (1, 0, 1), 4: (1, 0, 1), 5: (2, 1, 2)}
    assert (told(elsewhere), told(others)) == (0, 0)
    ranks = Event.objects.filter(detail__act="Overdue action went up").order_by("pk").values_list("detail__rank", flat=True)
    assert list(ranks) == [1, 2]


def test_without_a_supervisor_the_first_rank_is_the_superintendent():
    unit = make_unit()
    senior = make_user(Role.DISCLOSURE_AUTHORITY, organisation=unit.organisation, unit=None)
    escalate_actions(actor=None, now=late_review(unit).action.late_from)

    assert told(senior) == 1


@pytest.mark.parametrize("days", [5, 4, 0, -30], ids=["the same day", "the day before", "its first late day", "before it was raised"])
def test_a_second_run_for_the_same_or_a_past_day_changes_nothing(boss, senior, days):
    late_from = late_review(boss.unit).action.late_from
    escalate_actions(actor=None, now=late_from + timedelta(days=5))
    before = everything()

    assert escalate_actions(actor=None, now=late_from + timedelta(days=days)) == 0
    assert check_flag_reviews(actor=None, on=localdate(late_from) + timedelta(days=days)) == 0
    assert everything() == before


def test_the_force_changes_when_a_review_goes_up(boss, senior):
    ClockRule.objects.filter(code="flag-review").update(escalate_days=[0, 1])
    escalate_actions(actor=None, now=late_review(boss.unit).action.late_from + timedelta(days=1))

    assert told(senior) == 1


def test_a_review_that_is_signed_off_goes_no_further_and_leaves_the_boards(boss, senior):
    review = late_review(boss.unit)
    escalate_actions(actor=None, now=review.action.late_from)
    flag = review.nominal.flag_settings.get()
    answer_flags(actor=boss, review=review, answers=[Answer(flag, flag.version, Verdict.KEEP, "It serves")])
    sign_off_review(actor=boss, review=review)

    assert escalate_actions(actor=None, now=review.action.late_from + timedelta(days=5)) == 0
    assert Action.objects.get().state == ActionState.DONE
    assert (lists(boss), lists(senior), told(senior)) == ([], [], 0)


def test_supervisors_see_what_waits_and_what_of_it_is_late(boss):
    late_review(boss.unit)
    late_review(boss.unit, due=localdate())
    late_review(make_unit(organisation=boss.organisation))
    hidden = late_review(boss.unit)
    make_exclusion(nominal=hidden.nominal, user=boss)

    assert lists(boss) == [("Reviews of flags", 2, 1)]
    assert lists(boss, start_of(DUE)) == [("Reviews of flags", 2, 0)]
    assert lists(make_user(unit=boss.unit)) == []


def test_superintendents_see_the_late_ones_that_went_up_to_them_and_none_that_they_may_not_know_of(boss, senior):
    reviews = [late_review(boss.unit) for _ in range(3)]
    assert lists(senior) == []
    escalate_actions(actor=None, now=now())
    make_exclusion(nominal=reviews[0].nominal, user=senior)

    assert lists(senior) == [("Reviews of flags gone up to you", 2, 2)]


@pytest.mark.parametrize("address", PAGES)
def test_pages_where_supervisors_begin_show_late_reviews_with_the_polled_counters(client, boss, address):
    late_review(boss.unit)
    client.force_login(boss)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        text = client.get(address).content.decode()
    for _ in range(4):
        late_review(boss.unit)
    with CaptureQueriesContext(connection) as many:
        more = client.get(address).content.decode()

    counter = 'href="/flag-reviews/"><span class="app-counter__number">{0}</span> Reviews of flags, {0} late</a>'
    assert (counter.format(1) in text, counter.format(5) in more) == (True, True)
    assert text.index('id="action-counters"') < text.index(counter.format(1))  # inside what the page fetches anew
    assert len(many) == len(few)


def test_a_superintendent_sees_them_above_the_search(client, senior, boss):
    late_review(boss.unit)
    escalate_actions(actor=None, now=now())
    client.force_login(senior)
    text = client.get(reverse("offenders:find")).content.decode()

    assert '<span class="app-counter__number">1</span> Reviews of flags gone up to you, 1 late</a>' in text
