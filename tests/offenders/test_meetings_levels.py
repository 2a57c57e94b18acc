"""Who may change a level, the review that follows, and the sweep that raises what is missing."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate, make_aware

from accounts.choices import Role
from accounts.errors import DomainError
from actions.models import Action
from actions.services.work import complete_action
from audit.models import Event
from offenders.choices.meetings import DecidedBy, MinutesState
from offenders.models import MappaPeriod
from offenders.services.levels import raise_reviews
from offenders.services.operational import set_mappa
from tests.factories import make_nominal, make_user
from tests.offenders.making_meetings import make_item, make_minutes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def nominal():
    return make_nominal()


def at_level(nominal, level):
    MappaPeriod.objects.filter(nominal=nominal).update(level=level)


def change(nominal, level, actor=None, **values):
    data = {"category": 1 if level else None, "level": level, "reason": "Because", "starts_on": localdate(), **values}
    return set_mappa(actor=actor or nominal.offender_manager, nominal=nominal, **data)


@pytest.mark.parametrize(("before", "after"), [(2, 1), (3, 2), (3, 1), (2, None), (3, None)])
def test_nobody_is_moved_off_level_2_or_3_without_a_meeting(nominal, before, after):
    at_level(nominal, before)
    with pytest.raises(DomainError, match="Only a MAPP meeting") as error:
        change(nominal, after)
    assert error.value.field == "level"
    assert MappaPeriod.objects.get().level == before


@pytest.mark.parametrize(("before", "after", "by"), [(1, 2, DecidedBy.URGENT), (2, 3, DecidedBy.URGENT), (1, None, DecidedBy.LEAD_AGENCY)])
def test_a_level_is_raised_at_once_and_level_1_is_left_by_the_lead_agency(nominal, before, after, by):
    at_level(nominal, before)
    period = change(nominal, after)
    assert (period.level, period.decided_by) == (after, by)
    assert Event.objects.get(nominal=nominal.pk, detail__has_key="decided_by").detail["decided_by"] == by


def test_a_supervisor_corrects_a_mistake_and_an_officer_does_not(nominal):
    at_level(nominal, 3)
    with pytest.raises(DomainError) as error:
        change(nominal, 1, is_correction=True)
    assert error.value.field == "is_correction"
    period = change(nominal, 1, actor=make_user(Role.SUPERVISOR, unit=nominal.unit), is_correction=True)
    assert (period.level, period.decided_by) == (1, DecidedBy.CORRECTION)


def test_a_new_level_closes_the_old_review_and_raises_the_next(nominal):
    change(nominal, 2)
    change(nominal, 3)
    waiting = Action.objects.waiting().get(kind="mappa-review")
    assert waiting.rule_code == "mappa-review-level-3"
    assert waiting.owner_role == Role.MAPPA_COORDINATOR
    assert Action.objects.filter(kind="mappa-review", state="done").count() == 1


def test_exit_closes_the_review_and_raises_none(nominal):
    raise_reviews(actor=None, today=TODAY)
    change(nominal, None)
    assert [row.state for row in Action.objects.filter(kind="mappa-review")] == ["done"]


def test_the_sweep_raises_one_review_for_each_person_under_mappa_whatever_the_day(nominal):
    outside = make_nominal()
    MappaPeriod.objects.filter(nominal=outside).update(category=None, level=None)
    restricted = make_nominal(is_restricted=True)
    at_level(restricted, 3)
    assert raise_reviews(actor=None, today=TODAY) == 2
    for day in (TODAY, TODAY + timedelta(days=400)):
        assert raise_reviews(actor=None, today=day) == 0
    rows = {row.nominal: row for row in Action.objects.filter(kind="mappa-review")}
    assert set(rows) == {nominal.pk, restricted.pk}
    assert rows[nominal.pk].owner == nominal.offender_manager
    assert rows[restricted.pk].owner == restricted.offender_manager, "coordinators must not know of a restricted record"


@pytest.mark.parametrize(("added", "starts"), [(date(2024, 6, 1), date(2025, 1, 1)), (date(2026, 6, 1), date(2026, 6, 1))])
def test_the_first_review_runs_from_the_level_or_from_the_record(nominal, added, starts):
    type(nominal).objects.update(created_at=make_aware(datetime.combine(added, time(12))))
    raise_reviews(actor=None, today=TODAY)
    assert localdate(Action.objects.get(kind="mappa-review").starts_at) == starts


def test_after_a_level_1_review_the_next_runs_from_that_day(nominal):
    raise_reviews(actor=None, today=TODAY)
    complete_action(actor=nominal.offender_manager, action=Action.objects.get(kind="mappa-review"), outcome="Reviewed")
    assert raise_reviews(actor=None, today=localdate()) == 1
    assert localdate(Action.objects.waiting().get(kind="mappa-review").starts_at) == localdate()


def test_the_sweep_asks_for_minutes_of_meetings_that_took_place(nominal):
    raise_reviews(actor=None, today=localdate())
    owed = make_item(nominal=nominal, days=-3)
    make_item(nominal=nominal, days=3)
    make_item(nominal=nominal, days=-3, withdrawn_at=nominal.created_at, withdraw_reason="In hospital")
    make_minutes(item=make_item(nominal=nominal, days=-5), state=MinutesState.APPROVED)
    cancelled = make_item(nominal=nominal, days=-4)
    type(cancelled.meeting).objects.filter(pk=cancelled.meeting_id).update(state="cancelled", cancel_reason="Snow")
    assert raise_reviews(actor=None, today=localdate()) == 1
    assert raise_reviews(actor=None, today=localdate()) == 0
    action = Action.objects.get(kind="mappa-minutes")
    assert (action.subject_id, action.rule_code, action.starts_at) == (owed.pk, "minutes-level-2", owed.meeting.ends_at)


def test_the_command_takes_a_day_and_refuses_what_is_none(nominal, capsys):
    call_command("raise_reviews", date="2026-11-24")
    assert capsys.readouterr().out == "1 raised.\n"
    with pytest.raises(CommandError):
        call_command("raise_reviews", date="soon")


def test_a_level_holds_once_each_day(nominal):
    with pytest.raises(DomainError, match="must be 1 January 2025 or later"):
        change(nominal, 2, starts_on=date(2024, 1, 1))
