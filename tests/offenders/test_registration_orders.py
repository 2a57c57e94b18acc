"""Orders, breaches and notified travel: what services store, refuse, raise and record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from offenders.cards import read_card
from offenders.models import BreachStep, Condition, CourtOrder, Journey, RegistrationPeriod, TravelNotification
from offenders.services.breaches import decide_breach, record_breach
from offenders.services.orders import add_order, discharge_order, vary_order
from offenders.services.travel import add_journey, cancel_travel, notify_travel
from tests.factories import make_nominal, make_user
from tests.offenders.making_registration import make_breach, make_duty, make_order, make_travel

pytestmark = pytest.mark.django_db
MADE = date(2024, 3, 10)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def today():
    return localdate()


def order(officer, nominal, **values):
    facts = {"kind": "shpo", "court": "Northmere Crown Court", "made_on": MADE, "starts_on": MADE, "ends_on": date(2034, 3, 9)}
    return add_order(actor=officer, nominal=nominal, **{**facts, **values})


def waiting(kind):
    return Action.objects.waiting().filter(kind=kind)


def test_order_stands_on_the_card_registers_and_is_watched(officer, nominal, today):
    made = order(officer, nominal, prohibitions="Not to enter parks\n\n No unsupervised contact ", imposes_notification=True)
    assert read_card(nominal, today).condition_lines == [
        "Not to enter parks (sexual harm prevention order)",
        "No unsupervised contact (sexual harm prevention order)",
    ]
    assert RegistrationPeriod.objects.get().last_day == made.ends_on
    assert waiting("order-expiry-review").get().due.date() == date(2033, 12, 9)
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Order added").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2024, 3, 9)}, "ends_on"),
        ({"ends_on": date(2029, 3, 8)}, "ends_on"),
        ({"kind": "voo", "ends_on": None}, "ends_on"),
        ({"starts_on": date(2024, 3, 9)}, "starts_on"),
        ({"made_on": date(2099, 1, 1), "starts_on": date(2099, 1, 1), "ends_on": None}, "made_on"),
        ({"prohibitions": "x" * 301}, "prohibitions"),
        ({"travel_ban": "Not to leave the United Kingdom"}, "travel_ban_until"),
        ({"travel_ban": "Not to leave", "travel_ban_until": date(2029, 3, 10)}, "travel_ban_until"),
        ({"travel_ban_until": date(2027, 3, 10)}, "travel_ban"),
        ({"travel_ban": "x", "travel_ban_until": date(2024, 3, 9)}, "travel_ban_until"),
    ],
)
def test_order_outside_the_law_is_refused_at_its_field(officer, nominal, values, field):
    with pytest.raises(DomainError) as error, transaction.atomic():
        order(officer, nominal, **values)
    assert error.value.field == field
    assert not CourtOrder.objects.exists()


def test_variation_ends_and_adds_prohibitions_and_moves_the_end(officer, nominal, today):
    made = order(officer, nominal, prohibitions="One\nTwo", travel_ban="Not abroad", travel_ban_until=date(2028, 1, 1))
    one = Condition.objects.get(text="One")
    change = {"actor": officer, "order": made, "varied_on": today, "court": "Court", "what_changed": "One ended"}
    vary_order(version=1, ends_on=date(2036, 3, 9), ended=[one], added="Three", **change)
    lasts = dict(Condition.objects.values_list("text", "ends_on"))
    assert lasts == {"One": today, "Two": date(2036, 3, 9), "Not abroad": date(2028, 1, 1), "Three": date(2036, 3, 9)}
    assert waiting("order-expiry-review").get().due.date() == date(2035, 12, 9)
    with pytest.raises(StaleRecord):
        vary_order(version=1, ends_on=date(2036, 3, 9), **change)
    with pytest.raises(DomainError) as error:
        vary_order(version=2, ends_on=date(2026, 3, 9), **change)
    assert error.value.field == "ends_on"


def test_discharge_takes_prohibitions_off_the_card_and_ends_registration(officer, nominal, today):
    made = order(officer, nominal, prohibitions="One", imposes_notification=True)
    yesterday = today - timedelta(days=1)
    discharge_order(actor=officer, order=made, version=1, discharged_on=yesterday, reason="By the Crown Court")
    assert read_card(nominal, today).condition_lines == []
    assert RegistrationPeriod.objects.get(withdrawn_at__isnull=True).last_day == yesterday
    assert not waiting("order-expiry-review").exists()
    with pytest.raises(DomainError):
        discharge_order(actor=officer, order=made, version=2, discharged_on=today, reason="Again")


def test_breach_of_a_late_notification_is_decided_step_by_step(officer, nominal, today):
    duty = make_duty(nominal=nominal)
    facts = {"actor": officer, "nominal": nominal, "what_happened": "Did not attend", "discovered_on": today}
    with pytest.raises(DomainError) as error:
        record_breach(duty=duty, **facts)
    assert error.value.field == "duty"
    duty.starts_on, duty.due_on = today - timedelta(days=9), today - timedelta(days=6)
    duty.save()
    breach = record_breach(duty=duty, **facts)
    duty.refresh_from_db()
    assert (duty.state, waiting("breach-decision").count()) == ("breached", 1)
    step = {"actor": officer, "breach": breach, "on": today, "reason": "Interviewed"}
    with pytest.raises(DomainError):
        decide_breach(version=1, state="convicted", **step)
    breach = decide_breach(version=1, state="charged", **step)
    with pytest.raises(StaleRecord):
        decide_breach(version=1, state="convicted", **step)
    decide_breach(version=breach.version, state="convicted", **step)
    assert list(BreachStep.objects.values_list("state", flat=True)) == ["charged", "convicted"]
    assert not waiting("breach-decision").exists()
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Breach: convicted").count() == 1


def test_breach_is_of_an_order_in_force_and_of_one_thing(officer, nominal, today):
    made = make_order(nominal=nominal)
    facts = {"actor": officer, "nominal": nominal, "what_happened": "Entered the park", "discovered_on": today, "order": made}
    assert record_breach(**facts).of == "order"
    too_early, too_late = {"happened_on": MADE - timedelta(days=1)}, {"happened_on": today + timedelta(days=1)}
    for values in (too_early, too_late, {"duty": make_duty(nominal=nominal)}):
        with pytest.raises(DomainError):
            record_breach(**facts | values)


def trip(officer, nominal, **values):
    today = localdate()
    facts = {"notified_on": today, "notified_time": None, "leaves_on": today + timedelta(days=20), "leaves_time": None, "country": "France"}
    return notify_travel(actor=officer, nominal=nominal, port_out="Dover", **{**facts, **values})


def test_travel_in_time_and_late_is_told_apart_with_reasons(officer, nominal, today):
    assert trip(officer, nominal).is_in_time
    assert trip(officer, nominal, leaves_on=today + timedelta(days=7)).is_in_time
    late = trip(officer, nominal, leaves_on=today + timedelta(days=6))
    assert "the last moment of the day counts" in late.explanation[2]["words"]
    assert (late.is_in_time, late.explanation[-1]["words"]) == (False, "Late: no reason for late plans was accepted")
    assert trip(officer, nominal, leaves_on=today + timedelta(days=6), why_late="Funeral").is_in_time
    assert not trip(officer, nominal, leaves_on=today + timedelta(days=1), why_late="Funeral", notified_time=None).is_in_time
    assert not waiting("travel-conflict").exists()


def test_travel_against_a_ban_raises_an_action_until_cancelled(officer, nominal, today):
    order(officer, nominal, travel_ban="Not abroad", travel_ban_until=date(2028, 1, 1))
    assert waiting("travel-conflict").count() == 0
    travel = trip(officer, nominal)
    assert waiting("travel-conflict").get().subject_id == travel.pk
    cancel_travel(actor=officer, travel=travel, version=1, reason="Told of the order")
    assert not waiting("travel-conflict").exists()
    with pytest.raises(DomainError):
        cancel_travel(actor=officer, travel=travel, version=2, reason="Again")
    trip(officer, nominal, leaves_on=date(2028, 1, 2))
    assert not waiting("travel-conflict").exists()


def test_places_of_a_journey_lie_within_it(officer, nominal):
    travel = make_travel(nominal=nominal)
    add_journey(actor=officer, travel=travel, country="Spain", arrives_on=travel.leaves_on + timedelta(days=2))
    for day in (travel.leaves_on - timedelta(days=1), travel.returns_on + timedelta(days=1)):
        with pytest.raises(DomainError) as error:
            add_journey(actor=officer, travel=travel, country="Spain", arrives_on=day)
        assert error.value.field == "arrives_on"
    assert list(Journey.objects.values_list("country", flat=True)) == ["France", "Spain"]


def test_impossible_travel_is_refused(officer, nominal, today):
    for values, field in (
        ({"notified_on": today + timedelta(days=1)}, "notified_on"),
        ({"returns_on": today}, "returns_on"),
    ):
        with pytest.raises(DomainError) as error:
            trip(officer, nominal, **values)
        assert error.value.field == field
    assert not TravelNotification.objects.exists()


def test_readers_and_strangers_change_nothing(officer, nominal, today):
    made, breach, travel = make_order(nominal=nominal), make_breach(nominal=nominal), make_travel(nominal=nominal)
    for actor in (make_user(Role.OPERATIONAL, organisation=officer.organisation), make_user()):
        who = {"actor": actor}
        for act in (
            lambda actor=actor: order(actor, nominal),
            lambda who=who: vary_order(order=made, version=1, varied_on=today, court="x", what_changed="x", ends_on=None, **who),
            lambda who=who: discharge_order(order=made, version=1, discharged_on=today, reason="x", **who),
            lambda who=who: record_breach(nominal=nominal, what_happened="x", discovered_on=today, **who),
            lambda who=who: decide_breach(breach=breach, version=1, state="warned", on=today, reason="x", **who),
            lambda actor=actor: trip(actor, nominal),
            lambda who=who: add_journey(travel=travel, country="x", arrives_on=today, **who),
            lambda who=who: cancel_travel(travel=travel, version=1, reason="x", **who),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_database_refuses_what_cannot_be(nominal, today):
    day = timedelta(days=1)
    for name, make in {
        "order_ends_after_start": lambda: make_order(nominal=nominal, ends_on=MADE - day),
        "order_in_force_once_made": lambda: make_order(nominal=nominal, starts_on=MADE - day),
        "order_discharged_wholly": lambda: make_order(nominal=nominal, discharged_on=today),
        "breach_of_one_thing": lambda: make_breach(nominal=nominal, of="order"),
        "breach_discovered_after_it_happened": lambda: make_breach(nominal=nominal, happened_on=today),
        "travel_returns_after_leaving": lambda: make_travel(nominal=nominal, returns_on=today),
        "travel_cancelled_wholly": lambda: make_travel(nominal=nominal, cancelled_on=today),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
