"""Convictions, periods, notifications and reviews: what services store, refuse, raise and record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from offenders.choices import Registration
from offenders.models import Conviction, NotificationDuty, RegistrationPeriod
from offenders.services.convictions import add_conviction, correct_conviction
from offenders.services.duties import add_duty, excuse_duty, raise_duties, record_notification
from offenders.services.registration import move_review, receive_review
from tests.factories import make_birth, make_nominal, make_user
from tests.offenders.making_registration import make_conviction, make_duty, make_period

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def today():
    return localdate()


def convict(officer, nominal, **values):
    facts = {
        "offence": "Sexual assault",
        "is_sexual": True,
        "requires_notification": True,
        "convicted_on": localdate(),
        "disposal": "fine",
        "was_under_18": False,
    }
    return add_conviction(actor=officer, nominal=nominal, **{**facts, **values})


def live(nominal):
    return RegistrationPeriod.objects.get(nominal=nominal, withdrawn_at__isnull=True)


def waiting(kind):
    return Action.objects.waiting().filter(kind=kind)


def notified(officer, duty, day=None):
    return record_notification(
        actor=officer, duty=duty, version=duty.version, notified_on=day or localdate(), station="Northport", what_was_notified="All",
        taken_by="DC 2207",
    )  # fmt: skip


def test_conviction_registers_and_the_first_notification_is_due(officer, nominal, today):
    convict(officer, nominal)
    period, duty = live(nominal), NotificationDuty.objects.get()
    assert (period.period.lower, period.period.upper.year) == (today, today.year + 5)
    assert (duty.kind, duty.due_on, duty.state) == ("initial", today + timedelta(days=3), "due")
    assert waiting("notify-initial").get().subject_id == duty.pk
    assert waiting("registration-end").get().subject_id == period.pk
    assert set(Event.objects.filter(nominal=nominal.pk).values_list("detail__act", flat=True)) >= {
        "Conviction or caution added",
        "Notification period reckoned",
        "Notification due",
    }


def test_conviction_without_notification_registers_nobody(officer, nominal):
    convict(officer, nominal, requires_notification=False)
    assert not RegistrationPeriod.objects.exists()
    assert not NotificationDuty.objects.exists()


def test_person_becomes_registered_on_the_marker(officer):
    nominal = make_nominal(offender_manager=officer, registration=Registration.PDP)
    convict(officer, nominal)
    nominal.refresh_from_db()
    assert (nominal.registration, nominal.version) == (Registration.REGISTERED, 2)


def test_age_comes_from_the_date_of_birth_or_is_asked_for(officer, nominal, today):
    with pytest.raises(DomainError) as error:
        convict(officer, nominal, was_under_18=None)
    assert error.value.field == "age"
    make_birth(nominal=nominal, year=today.year - 16, month=1, day=1)
    assert convict(officer, nominal, was_under_18=None).was_under_18
    assert live(nominal).last_day < today + 3 * YEAR


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"convicted_on": date(2099, 1, 1)}, "convicted_on"),
        ({"offence_on": date(2099, 1, 1)}, "convicted_on"),
        ({"disposal": "custody"}, "length_quantity"),
        ({"length_quantity": 6, "length_unit": "months"}, "length_quantity"),
        ({"released_on": date(2099, 1, 1)}, "released_on"),
        ({"is_sexual": False}, "is_sexual"),
        ({"convicted_on": date(2020, 1, 1), "first_notified_on": date(2019, 1, 1)}, "first_notified_on"),
    ],
)
def test_conviction_that_cannot_be_is_refused_at_its_field(officer, nominal, values, field):
    with pytest.raises(DomainError) as error:
        convict(officer, nominal, **values)
    assert error.value.field == field
    assert not Conviction.objects.exists()


def test_in_custody_the_clock_starts_on_release(officer, nominal, today):
    on = today - timedelta(days=100)
    conviction = convict(officer, nominal, disposal="custody", length_quantity=20, length_unit="months", convicted_on=on)
    assert raise_duties(actor=None, today=today) == (0, 0)
    assert not NotificationDuty.objects.exists()
    facts = {name: getattr(conviction, name) for name in ("offence", "is_sexual", "requires_notification", "convicted_on", "disposal")}
    facts |= {"length_quantity": 20, "length_unit": "months", "was_under_18": False, "released_on": today}
    correct_conviction(actor=officer, conviction=conviction, version=1, reason="Released", **facts)
    assert NotificationDuty.objects.get().starts_on == today
    with pytest.raises(StaleRecord):
        correct_conviction(actor=officer, conviction=conviction, version=1, reason="Again", **facts)


def test_correction_withdraws_the_old_period_and_its_action(officer, nominal, today):
    conviction = convict(officer, nominal)
    before = live(nominal)
    facts = {"offence": "x", "is_sexual": True, "requires_notification": True, "convicted_on": today, "was_under_18": False}
    correct_conviction(actor=officer, conviction=conviction, version=1, reason="Wrong disposal", disposal="life", **facts)
    after = live(nominal)
    before.refresh_from_db()
    assert before.withdrawn_at is not None
    assert (after.last_day, after.review_from.year) == (None, today.year + 15)
    assert not waiting("registration-end").exists()
    assert waiting("indefinite-review").get().subject_id == after.pk


def test_correction_that_makes_somebody_notify_starts_the_clock(officer, nominal, today):
    conviction = convict(officer, nominal, requires_notification=False)
    facts = {"offence": "x", "is_sexual": True, "convicted_on": today, "was_under_18": False, "disposal": "fine"}
    correct_conviction(actor=officer, conviction=conviction, version=1, reason="Schedule 3", requires_notification=True, **facts)
    assert NotificationDuty.objects.get().kind == "initial"


def test_longest_of_several_convictions_counts(officer, nominal, today):
    convict(officer, nominal, convicted_on=today - YEAR, disposal="caution")
    convict(officer, nominal, disposal="custody", length_quantity=6, length_unit="months", released_on=today)
    assert live(nominal).last_day.year == (today - timedelta(days=1)).year + 7
    assert live(nominal).period.lower == today - YEAR


def test_first_notification_made_already_leads_to_the_annual_one(officer, nominal, today):
    convict(officer, nominal, convicted_on=today - 2 * YEAR, first_notified_on=today - 2 * YEAR + timedelta(days=2))
    first, annual = NotificationDuty.objects.order_by("pk")
    assert (first.state, annual.kind, annual.state) == ("complied", "annual", "due")
    assert annual.due_on > today
    assert not waiting("notify-initial").exists()


def test_notification_in_time_closes_the_action_and_raises_the_year(officer, nominal, today):
    convict(officer, nominal)
    duty = NotificationDuty.objects.get()
    assert notified(officer, duty).state == "complied"
    annual = NotificationDuty.objects.get(state="due")
    assert (annual.kind, annual.starts_on) == ("annual", today)
    assert waiting("notify-initial").count() == 0
    assert waiting("notify-annual").get().subject_id == annual.pk
    with pytest.raises(StaleRecord):
        notified(officer, duty, today)


def test_weekly_notification_comes_again_until_it_is_not_required(officer, nominal, today):
    make_period(nominal=nominal)
    duty = add_duty(actor=officer, nominal=nominal, kind="no_fixed_address", starts_on=today - timedelta(days=9))
    assert notified(officer, duty).state == "late"
    following = NotificationDuty.objects.get(state="due")
    assert following.due_on == today + timedelta(days=7)
    excuse_duty(actor=officer, duty=following, version=1, reason="Has an address")
    assert not waiting("notify-no-fixed-address").exists()
    with pytest.raises(DomainError):
        excuse_duty(actor=officer, duty=following, version=2, reason="Again")


def test_duty_needs_registration_and_comes_once(officer, nominal, today):
    with pytest.raises(DomainError):
        add_duty(actor=officer, nominal=nominal, kind="bank", starts_on=today)
    make_period(nominal=nominal)
    add_duty(actor=officer, nominal=nominal, kind="no_fixed_address", starts_on=today)
    with pytest.raises(DomainError) as error:
        add_duty(actor=officer, nominal=nominal, kind="no_fixed_address", starts_on=today)
    assert error.value.field == "kind"
    for _ in range(2):
        add_duty(actor=officer, nominal=nominal, kind="bank", starts_on=today)
    assert NotificationDuty.objects.count() == 3


def test_sweep_raises_each_missing_year_once_and_ends_what_is_over(officer, nominal, today):
    make_period(nominal=nominal)
    over = make_nominal(offender_manager=officer)
    make_period(nominal=over, start=date(2020, 1, 1), upper=today)
    left = make_duty(nominal=over, kind="annual", due_on=today + timedelta(days=5))
    assert raise_duties(actor=None, today=today) == (1, 1)
    assert raise_duties(actor=None, today=today) == (0, 0)
    duty = NotificationDuty.objects.get(nominal=nominal)
    left.refresh_from_db()
    assert (duty.kind, duty.due_on > today, left.state) == ("annual", True, "excused")


def test_sweep_counts_a_year_from_a_breached_notification(nominal, today):
    make_period(nominal=nominal)
    due_on = today - timedelta(days=9)
    make_duty(nominal=nominal, kind="annual", state="breached", starts_on=due_on - YEAR, due_on=due_on)
    assert raise_duties(actor=None, today=today) == (1, 0)
    assert NotificationDuty.objects.get(state="due").starts_on == today - timedelta(days=9)


def test_granted_review_ends_an_indefinite_period(officer, nominal, today):
    days = {"convicted_on": date(2005, 5, 5), "released_on": date(2008, 5, 5), "first_notified_on": date(2008, 5, 6)}
    convict(officer, nominal, disposal="life", **days)
    assert live(nominal).review_from == date(2023, 5, 6)
    with pytest.raises(DomainError):
        receive_review(actor=officer, nominal=nominal, received_on=date(2023, 5, 5))
    review = receive_review(actor=officer, nominal=nominal, received_on=today - timedelta(days=5))
    assert waiting("review-decision").count() == 1
    with pytest.raises(DomainError):
        receive_review(actor=officer, nominal=nominal, received_on=today)
    step = {"actor": officer, "review": review, "by_whom": "Supt Ellwood", "reason": "Risk"}
    with pytest.raises(DomainError):
        move_review(version=1, state="appealed", on=today, **step)
    refused = move_review(version=1, state="refused", on=today - timedelta(days=2), **step)
    assert (live(nominal).last_day, waiting("review-decision").count()) == (None, 0)
    with pytest.raises(StaleRecord):
        move_review(version=1, state="appealed", on=today, **step)
    appealed = move_review(version=refused.version, state="appealed", on=today - timedelta(days=1), **step)
    move_review(version=appealed.version, state="appeal_allowed", on=today, **step)
    assert live(nominal).last_day == today


def test_readers_and_strangers_change_nothing(officer, nominal, today):
    conviction, duty = make_conviction(nominal=nominal), make_duty(nominal=nominal)
    make_period(nominal=nominal)
    for actor in (make_user(Role.OPERATIONAL, organisation=officer.organisation), make_user()):
        for act in (
            lambda actor=actor: convict(actor, nominal),
            lambda actor=actor: correct_conviction(actor=actor, conviction=conviction, version=1, reason="x"),
            lambda actor=actor: add_duty(actor=actor, nominal=nominal, kind="bank", starts_on=today),
            lambda actor=actor: notified(actor, duty),
            lambda actor=actor: excuse_duty(actor=actor, duty=duty, version=1, reason="x"),
            lambda actor=actor: receive_review(actor=actor, nominal=nominal, received_on=today),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_database_refuses_overlaps_and_half_facts(nominal, today):
    make_period(nominal=nominal, start=date(2020, 1, 1))
    make_duty(nominal=nominal, kind="annual")
    for name, make in {
        "registration_periods_do_not_overlap": lambda: make_period(nominal=nominal, start=date(2021, 1, 1), upper=date(2022, 1, 1)),
        "duty_one_due_of_a_kind": lambda: make_duty(nominal=nominal, kind="annual"),
        "duty_complied_says_when": lambda: make_duty(nominal=nominal, state="complied"),
        "duty_excused_says_why": lambda: make_duty(nominal=nominal, state="excused"),
        "duty_due_after_start": lambda: make_duty(nominal=nominal, due_on=today - YEAR),
        "conviction_length_where_it_belongs": lambda: make_conviction(nominal=nominal, disposal="custody"),
        "conviction_not_before_offence": lambda: make_conviction(nominal=nominal, offence_on=today),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
    make_period(nominal=nominal, start=date(2021, 1, 1), withdrawn_at="2026-01-01T00:00Z")
