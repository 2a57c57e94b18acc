"""What happens on a record reaches those whom its flags name, if they may know, once, and at the right time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils.timezone import now

from accounts.choices import Role
from actions.choices import ActionState, Happening
from actions.models import Action, Notification, Occurrence
from actions.services.occurrences import note_occurrence
from actions.services.work import complete_action
from intelligence.choices.flags import Audience, Channel, DeliveryState, Urgency
from intelligence.models import FlagDelivery
from intelligence.rules.flags import may_tell_from, next_daily
from intelligence.services.flag_actions import deal_with_delivery
from intelligence.services.flag_matching import match_batch, match_occurrences
from intelligence.services.flag_telling import tell_due
from tests.factories import make_agency, make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_flags import happen, make_flag

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def told() -> list[tuple[str, int | None]]:
    """What became of each delivery, and for whom."""
    return sorted(FlagDelivery.objects.values_list("state", "recipient"), key=str)


def run(moment: datetime | None = None) -> int:
    """Match and tell."""
    return match_occurrences(actor=None, now=moment or now())


def test_event_reaches_the_manager_once_and_names_nobody():
    nominal = make_nominal()
    make_flag(nominal=nominal)
    happen(nominal=nominal)

    assert (run(), run()) == (1, 0)

    notification = Notification.objects.get()
    assert told() == [(DeliveryState.TOLD, nominal.offender_manager_id)]
    assert notification.text == "Flag on a record: Stopped and checked"
    assert (notification.recipient, notification.nominal, notification.is_mailed) == (nominal.offender_manager, nominal.pk, False)


def test_event_of_another_kind_record_or_ended_flag_reaches_nobody():
    nominal, other = make_nominal(), make_nominal()
    make_flag(nominal=nominal)
    make_flag(nominal=other, ended_on=date(2026, 1, 1), ended_by=other.offender_manager, end_reason="Served")
    happen(nominal=nominal, kind=Happening.RECALL)
    happen(nominal=other)

    run()

    assert told() == []
    assert Occurrence.objects.filter(matched_at__isnull=True).count() == 0


def test_unit_and_role_reach_each_member_who_may_know_and_not_who_did_it():
    manager = make_user()
    nominal = make_nominal(offender_manager=manager)
    colleague, excluded, doer = (make_user(unit=manager.unit) for _ in range(3))
    boss = make_user(Role.SUPERVISOR, unit=manager.unit)
    make_user(unit=manager.unit, is_active=False)
    make_user(Role.SUPERVISOR)
    make_exclusion(nominal=nominal, user=excluded)
    make_flag(nominal=nominal, kind=Happening.BREACH, audience=Audience.UNIT, unit=manager.unit)
    make_flag(nominal=nominal, kind=Happening.BREACH, audience=Audience.ROLE, role=Role.SUPERVISOR, channel=Channel.MAIL)
    happen(nominal=nominal, kind=Happening.BREACH, actor=doer)

    run()

    reached = FlagDelivery.objects.filter(state=DeliveryState.TOLD).values_list("setting__audience", "recipient")
    assert sorted(reached) == [("role", boss.pk), *sorted(("unit", user.pk) for user in (manager, colleague, boss))]
    assert set(FlagDelivery.objects.filter(state=DeliveryState.NOBODY).values_list("recipient")) == {(excluded.pk,)}
    assert set(Notification.objects.values_list("recipient", "is_mailed")) == {
        (manager.pk, False), (colleague.pk, False), (boss.pk, False), (boss.pk, True),
    }  # fmt: skip


@pytest.mark.parametrize("kind", [Happening.STOP_CHECK, Happening.BREACH])
def test_recipient_needs_the_sight_of_the_event(kind):
    nominal = make_nominal()
    officer = make_user(Role.OPERATIONAL, organisation=nominal.force)
    make_flag(nominal=nominal, kind=kind, audience=Audience.USER, user=officer)
    happen(nominal=nominal, kind=kind)

    run()

    assert told() == [(DeliveryState.TOLD if kind == Happening.STOP_CHECK else DeliveryState.NOBODY, officer.pk)]


def test_whoever_was_shut_out_between_event_and_telling_hears_nothing():
    nominal = make_nominal()
    friend = make_user(unit=nominal.unit)
    make_flag(nominal=nominal, audience=Audience.USER, user=friend)
    happen(nominal=nominal)
    match_batch(now())
    make_exclusion(nominal=nominal, user=friend)

    tell_due(actor=None, now=now())

    assert told() == [(DeliveryState.NOBODY, friend.pk)]
    assert Notification.objects.count() == 0


def test_new_manager_hears_what_waited_for_the_old_one():
    nominal = make_nominal()
    make_flag(nominal=nominal)
    happen(nominal=nominal)
    match_batch(now())
    nominal.offender_manager = make_user(unit=nominal.unit)
    nominal.save()

    tell_due(actor=None, now=now())

    assert told() == [(DeliveryState.TOLD, nominal.offender_manager_id)]


def test_what_the_only_recipient_did_reaches_nobody_and_is_stored():
    nominal = make_nominal()
    make_flag(nominal=nominal)
    happen(nominal=nominal, actor=nominal.offender_manager)

    run()

    assert told() == [(DeliveryState.NOBODY, None)]


def test_events_of_a_day_are_told_together_in_the_morning():
    nominal = make_nominal()
    make_flag(nominal=nominal, urgency=Urgency.DAILY)
    make_flag(nominal=nominal, kind=Happening.RELEASE, urgency=Urgency.DAILY)
    evening = datetime(2026, 7, 1, 20, 0, tzinfo=LONDON)
    for kind in (Happening.STOP_CHECK, Happening.RELEASE, Happening.STOP_CHECK):
        happen(nominal=nominal, kind=kind)
    run(evening)
    before = Notification.objects.count()

    tell_due(actor=None, now=datetime(2026, 7, 2, 7, 0, tzinfo=LONDON))

    assert before == 0
    assert [row.text for row in Notification.objects.all()] == ["Flag on a record: Stopped and checked; Released"]
    assert told() == [(DeliveryState.TOLD, nominal.offender_manager_id)] * 3


def test_quiet_hours_hold_a_message_back_until_their_end():
    nominal = make_nominal()
    make_flag(nominal=nominal, quiet_from=time(22), quiet_until=time(6))
    happen(nominal=nominal)
    run(datetime(2026, 7, 1, 23, 30, tzinfo=LONDON))
    waiting = told()

    tell_due(actor=None, now=datetime(2026, 7, 2, 6, 0, tzinfo=LONDON))

    assert waiting == [(DeliveryState.WAITING, nominal.offender_manager_id)]
    assert told() == [(DeliveryState.TOLD, nominal.offender_manager_id)]


def test_least_interval_holds_the_second_message_back():
    nominal, start = make_nominal(), now()
    make_flag(nominal=nominal, least_interval_hours=4)
    happen(nominal=nominal)
    run(start)
    happen(nominal=nominal)
    run(start + timedelta(hours=1))
    between = Notification.objects.count()

    tell_due(actor=None, now=start + timedelta(hours=4))

    assert (between, Notification.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("clock", "last_hours", "expected"),
    [
        ("12:00", None, "12:00"),
        ("21:59", None, "21:59"),
        ("22:00", None, "06:00"),
        ("05:59", None, "06:00"),
        ("06:00", None, "06:00"),
        ("20:30", 2, "06:00"),
        ("12:00", 3, "13:00"),
        ("12:00", 9, "12:00"),
    ],
)
def test_moment_from_which_somebody_may_be_told(clock, last_hours, expected):
    moment = datetime.combine(date(2026, 7, 1), time.fromisoformat(clock), LONDON)
    last = moment - timedelta(hours=last_hours) if last_hours else None

    found = may_tell_from(moment, start=time(22), end=time(6), last_told=last, least_interval_hours=4)

    assert found.astimezone(LONDON).strftime("%H:%M") == expected


def test_morning_is_local_on_both_sides_of_a_change_of_clocks():
    summer, winter = datetime(2026, 10, 24, 12, tzinfo=LONDON), datetime(2026, 10, 25, 12, tzinfo=LONDON)

    assert [next_daily(moment).astimezone(LONDON).hour for moment in (summer, winter)] == [7, 7]


def test_flag_of_an_agency_hands_its_manager_an_action_until_the_agreement_ends():
    nominal, agency = make_nominal(), make_agency(name="Probation North")
    for kind, until in ((Happening.RECALL, date(2099, 1, 1)), (Happening.RELEASE, date(2026, 1, 1))):
        covered = {"agency": agency, "agreement": "NM/7", "agreement_until": until}
        make_flag(nominal=nominal, kind=kind, audience=Audience.AGENCY, channel=Channel.ACTION, **covered)
        happen(nominal=nominal, kind=kind, actor=nominal.offender_manager)

    run()

    action = Action.objects.get()
    assert (action.owner, action.route, action.rule_code) == (nominal.offender_manager, "offenders:authorities", "flag-agency")
    assert action.title == "Tell an agency of a flagged event"
    assert action.detail.startswith("Probation North: ")
    assert told() == [(DeliveryState.HANDED_OVER, None), (DeliveryState.NOBODY, None)]


def test_action_for_a_unit_is_one_and_only_where_somebody_may_see_it():
    manager = make_user()
    nominal, strangers = make_nominal(offender_manager=manager), make_unit()
    make_user(unit=strangers)
    for unit in (manager.unit, strangers):
        make_flag(nominal=nominal, kind=Happening.BREACH, audience=Audience.UNIT, unit=unit, channel=Channel.ACTION)
    happen(nominal=nominal, kind=Happening.BREACH)

    run()

    assert [(action.owner_unit, "breach" in action.title.lower()) for action in Action.objects.all()] == [(manager.unit, False)]
    assert told() == [(DeliveryState.HANDED_OVER, None), (DeliveryState.NOBODY, None)]


def test_dealing_with_it_reads_the_notification_and_closes_the_action():
    nominal = make_nominal()
    make_flag(nominal=nominal)
    make_flag(nominal=nominal, kind=Happening.RECALL, channel=Channel.ACTION)
    happen(nominal=nominal)
    happen(nominal=nominal, kind=Happening.RECALL)
    run()

    for delivery in FlagDelivery.objects.all():
        deal_with_delivery(actor=nominal.offender_manager, delivery=delivery)

    assert Action.objects.get().state == ActionState.DONE
    assert Notification.objects.get(action__isnull=True).read_at is not None
    assert FlagDelivery.objects.filter(acted_at__isnull=False).count() == 2


def test_action_that_is_done_needs_no_second_word():
    nominal = make_nominal()
    make_flag(nominal=nominal, channel=Channel.ACTION)
    happen(nominal=nominal)
    run()
    complete_action(actor=nominal.offender_manager, action=Action.objects.get(), outcome="Rang the station")

    deal_with_delivery(actor=nominal.offender_manager, delivery=FlagDelivery.objects.get())

    assert Action.objects.get().outcome == "Rang the station"


def test_same_key_is_one_occurrence():
    nominal = make_nominal()

    first, second = (note_occurrence(actor=None, kind=Happening.RECALL, nominal=nominal, key="recall-1") for _ in range(2))

    assert first == second


def test_occurrence_that_is_undone_with_its_act_was_never_there(django_capture_on_commit_callbacks, settings):
    nominal = make_nominal()

    with django_capture_on_commit_callbacks() as callbacks:
        happen(nominal=nominal)

    assert [callback.__name__ for callback in callbacks] == ["send_task"]
    assert settings.OCCURRENCE_TASK == "intelligence.tasks.match_occurrences"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_each_person_once():
    nominal, barrier = make_nominal(), Barrier(2)
    make_flag(nominal=nominal, channel=Channel.MAIL)
    for _ in range(20):
        happen(nominal=nominal)

    def work(number: int) -> int:
        barrier.wait(timeout=20)
        try:
            return run()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        matched = list(pool.map(work, range(2)))
    run()

    assert sum(matched) == 20
    assert told() == [(DeliveryState.TOLD, nominal.offender_manager_id)] * 20
