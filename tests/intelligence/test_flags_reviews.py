"""The nightly check raises one review and one action for each record with a flag that is due, on any day, and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

from accounts.choices import Nation
from actions.choices import Happening
from actions.models import Action, BankHoliday
from actions.services.recomputing import recompute_clocks
from audit.models import Event
from intelligence.models import FlagReview
from intelligence.services import flag_reviews
from intelligence.services.flag_reviews import check_flag_reviews
from tests.factories import make_force, make_nominal, make_unit
from tests.intelligence.making_flags import make_flag

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 25)


def check(on: date = DUE) -> int:
    """Run the check as the night does."""
    return check_flag_reviews(actor=None, on=on)


def test_record_with_flags_that_are_due_gets_one_review_and_one_action():
    nominal = make_nominal()
    make_flag(nominal=nominal, review_due_on=DUE)
    make_flag(nominal=nominal, kind=Happening.RECALL, review_due_on=date(2026, 11, 1))
    make_flag(nominal=nominal, kind=Happening.BREACH, review_due_on=date(2026, 11, 26))

    raised = check()

    review, action = FlagReview.objects.get(), Action.objects.get()
    assert (raised, review.nominal, review.due_on, review.action, review.state) == (1, nominal, date(2026, 11, 1), action, "open")
    assert (action.owner_unit, action.unit, action.force, action.nominal) == (nominal.unit, nominal.unit, nominal.force, nominal.pk)
    assert (action.kind, action.rule_code, action.subject_type, action.subject_id) == (
        "flag-review", "flag-review", "intelligence.flagreview", review.pk,
    )  # fmt: skip
    assert str(action.due.date()) == "2026-12-09"
    assert Event.objects.filter(subject_type="actions.action", subject_id=action.pk, nominal=nominal.pk, verb="created").count() == 1


def test_flags_that_ended_or_are_not_due_raise_nothing():
    nominal, due = make_nominal(), make_nominal()
    make_flag(nominal=due, review_due_on=DUE)
    make_flag(nominal=nominal, review_due_on=date(2026, 11, 26))
    ended = {"ended_on": DUE, "ended_by": nominal.offender_manager, "end_reason": "Served"}
    make_flag(nominal=nominal, kind=Happening.RECALL, review_due_on=DUE, **ended)

    assert check() == 1
    assert [review.nominal for review in FlagReview.objects.all()] == [due]


@pytest.mark.parametrize("again", [DUE, date(2026, 11, 24), date(2027, 6, 1)])
def test_second_run_on_the_same_another_or_an_earlier_day_changes_nothing(again):
    make_flag(nominal=make_nominal(), review_due_on=date(2026, 11, 1))
    check()
    before = list(FlagReview.objects.values()), list(Action.objects.values()), Event.objects.count()

    raised = check(again)

    assert raised == 0
    assert (list(FlagReview.objects.values()), list(Action.objects.values()), Event.objects.count()) == before


def test_action_is_reckoned_in_the_nation_of_its_force_and_stays_when_clocks_are_reckoned_anew():
    nominals = [make_nominal(unit=make_unit(organisation=make_force(nation=nation))) for nation in Nation.values]
    for nominal in nominals:
        make_flag(nominal=nominal, review_due_on=DUE)
    BankHoliday.objects.create(nation=Nation.SCOTLAND, day=date(2026, 12, 2), name="A day off")

    check()

    due = dict(Action.objects.values_list("force__nation", "pk"))
    days = {nation: str(Action.objects.get(pk=key).due.date()) for nation, key in due.items()}
    assert days == {"ENG": "2026-12-09", "NIR": "2026-12-09", "SCT": "2026-12-11"}
    assert recompute_clocks(actor=None, today=localdate()) == 0


def test_windows_of_records_leave_none_out(monkeypatch):
    monkeypatch.setattr(flag_reviews, "WINDOW", 2)
    for _ in range(5):
        make_flag(nominal=make_nominal(), review_due_on=DUE)

    assert (check(), check()) == (5, 0)


def test_statements_do_not_grow_with_records(django_assert_num_queries):
    for _ in range(3):
        make_flag(nominal=make_nominal(), review_due_on=DUE)

    with django_assert_num_queries(8):
        check()


def test_command_takes_a_day():
    make_flag(nominal=make_nominal(), review_due_on=DUE)
    out = StringIO()

    call_command("check_flag_reviews", "--date", "2026-11-24", stdout=out)
    call_command("check_flag_reviews", "--date", "2026-11-25", stdout=out)

    assert out.getvalue().splitlines() == ["0 reviews of flags raised.", "1 reviews of flags raised."]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_raise_each_review_once():
    for _ in range(20):
        make_flag(nominal=make_nominal(), review_due_on=DUE)
    barrier = Barrier(2)

    def work(number: int) -> int:
        barrier.wait(timeout=20)
        try:
            return check()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        raised = list(pool.map(work, range(2)))

    assert sum(raised) == 20
    assert (FlagReview.objects.count(), Action.objects.count()) == (20, 20)
