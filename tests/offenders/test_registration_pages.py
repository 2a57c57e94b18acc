"""The page of registration and orders, and what its forms do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from offenders.models import Breach, Condition, Conviction, CourtOrder, NotificationDuty, RegistrationReview, TravelNotification
from tests.factories import make_nominal, make_reason, make_user
from tests.offenders.making_registration import (
    fill_registration,
    make_breach,
    make_conviction,
    make_duty,
    make_order,
    make_period,
    make_review,
    make_travel,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def address(name, nominal, row=None):
    return reverse(f"offenders:{name}", args=[nominal.reference, *([row.public_id] if row else [])])


def typed(**values):
    """What a browser sends: dates in three boxes."""
    sent = {}
    for name, value in values.items():
        parts = {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")} if isinstance(value, date) else {name: value}
        sent |= parts
    return sent


def page(client, nominal):
    response = client.get(address("registration", nominal))
    assert response.status_code == 200
    return response.content.decode()


def test_empty_page_says_what_to_do(client, nominal):
    text = page(client, nominal)
    assert "This person need not notify today." in text
    assert "No order is in force." in text
    assert Event.objects.filter(nominal=nominal.pk, detail__page="RegistrationPage").count() == 1


def test_page_shows_everything_at_once(client, nominal):
    fill_registration(nominal, 1)
    make_period(nominal=nominal, start=date(2024, 3, 10), review_from=date(2039, 3, 10))
    order = make_order(nominal=nominal)
    ban = {"kind": "foreign_travel", "text": "Not to leave the country", "starts_on": date(2024, 3, 10)}
    Condition.objects.create(nominal=nominal, order=order, **ban)
    text = page(client, nominal)
    for words in (
        "Must notify without end (indefinite)",
        "10 March 2039",
        "Not to leave the country",
        "Travel ban in force",
        "Notified in time",
        "Did not attend",
        "Not to enter park 1",
        "Sexual assault",
    ):
        assert words in text


def test_reader_sees_the_page_without_ways_to_change(client, nominal):
    fill_registration(nominal, 1)
    reader = make_user(Role.OPERATIONAL, organisation=nominal.force, unit=None)
    make_reason(nominal=nominal, user=reader, permission="view_case_file")
    client.force_login(reader)
    text = page(client, nominal)
    assert "Did not attend" in text
    assert "/add/" not in text.split("<h1")[1]


def test_conviction_is_added_and_changed_on_pages(client, nominal):
    values = {"offence": "Sexual assault", "is_sexual": "on", "requires_notification": "on", "disposal": "fine", "length_unit": "months"}
    sent = typed(convicted_on=localdate(), **values)
    assert client.post(address("conviction-add", nominal), sent | {"age": "no"}).status_code == 302
    conviction = Conviction.objects.get()
    assert "Must notify until" in page(client, nominal)
    change = address("conviction-change", nominal, conviction)
    assert 'value="Sexual assault"' in client.get(change).content.decode()
    again = sent | {"age": "no", "offence": "Voyeurism", "reason": "Wrong offence", "version": 1}
    assert client.post(change, again).status_code == 302
    stale = client.post(change, again | {"offence": "Third"})
    assert stale.status_code == 409
    assert "Voyeurism" in stale.content.decode()


def test_unknown_age_is_asked_for_at_its_field(client, nominal):
    values = {"offence": "x", "is_sexual": "on", "disposal": "fine", "length_unit": "months"}
    response = client.post(address("conviction-add", nominal), typed(convicted_on=localdate(), **values))
    assert response.status_code == 409
    assert "Choose whether the person was under 18" in response.content.decode()


def test_notification_is_added_recorded_and_excused(client, nominal):
    make_period(nominal=nominal)
    assert client.post(address("duty-add", nominal), typed(kind="bank", starts_on=localdate())).status_code == 302
    duty = NotificationDuty.objects.get()
    form = address("duty-notified", nominal, duty)
    assert nominal.offender_manager.display_name in client.get(form).content.decode()
    sent = typed(notified_on=localdate(), station="Northport", what_was_notified="New card", taken_by="DC", version=1)
    assert client.post(form, sent).status_code == 302
    other = make_duty(nominal=nominal)
    assert client.post(address("duty-excuse", nominal, other), {"reason": "Entered twice", "version": 1}).status_code == 302
    assert set(NotificationDuty.objects.values_list("state", flat=True)) == {"complied", "excused"}


def test_review_is_received_and_decided(client, nominal):
    make_period(nominal=nominal, start=date(2005, 1, 1), review_from=date(2020, 1, 1))
    assert "Record an application for review" in page(client, nominal)
    assert client.post(address("review-add", nominal), typed(received_on=localdate())).status_code == 302
    review = RegistrationReview.objects.get()
    form = address("review-decide", nominal, review)
    assert "Appeal allowed" not in client.get(form).content.decode()
    sent = typed(state="refused", on=localdate(), by_whom="Supt Ellwood", reason="Risk", version=1)
    assert client.post(form, sent).status_code == 302
    assert "Supt Ellwood" in page(client, nominal)


def test_order_is_added_varied_and_discharged(client, nominal):
    today = localdate()
    sent = typed(kind="shpo", court="Crown Court", made_on=today, starts_on=today, prohibitions="Not to enter parks")
    assert client.post(address("order-add", nominal), sent).status_code == 302
    order, line = CourtOrder.objects.get(), Condition.objects.get()
    vary = typed(varied_on=today, court="Crown Court", what_changed="Park", ended=line.pk, added="Not to enter pools", version=1)
    assert client.post(address("order-vary", nominal, order), vary).status_code == 302
    assert "Not to enter pools" in page(client, nominal)
    stranger = Condition.objects.create(nominal=make_nominal(), kind="shpo", text="Elsewhere")
    assert client.post(address("order-vary", nominal, order), vary | {"ended": stranger.pk, "version": 2}).status_code == 422
    end = typed(discharged_on=today, reason="By the court", version=2)
    assert client.post(address("order-discharge", nominal, order), end).status_code == 302


def test_breach_and_decision_and_travel_on_pages(client, nominal):
    today = localdate()
    order = make_order(nominal=nominal)
    sent = typed(order=order.pk, what_happened="Entered the park", discovered_on=today)
    assert client.post(address("breach-add", nominal), sent).status_code == 302
    decide = typed(state="warned", on=today, reason="First time", version=1)
    assert client.post(address("breach-decide", nominal, Breach.objects.get()), decide).status_code == 302
    trip = typed(notified_on=today, leaves_on=today + timedelta(days=3), country="France", port_out="Dover", leaves_time="25:00")
    assert client.post(address("travel-add", nominal), trip).status_code == 422
    assert client.post(address("travel-add", nominal), trip | {"leaves_time": "14:30"}).status_code == 302
    assert "Notified late" in page(client, nominal)
    travel = TravelNotification.objects.get()
    place = typed(country="Spain", arrives_on=today + timedelta(days=4))
    assert client.post(address("travel-place", nominal, travel), place).status_code == 302
    assert client.post(address("travel-cancel", nominal, travel), {"reason": "Ill", "version": 1}).status_code == 302
    assert "Cancelled" in page(client, nominal)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("duty-notified", make_duty),
        ("duty-excuse", make_duty),
        ("review-decide", make_review),
        ("breach-decide", make_breach),
        ("travel-place", make_travel),
        ("travel-cancel", make_travel),
        ("conviction-change", make_conviction),
        ("order-vary", make_order),
        ("order-discharge", make_order),
    ],
)
def test_rows_of_other_records_are_not_found(client, nominal, name, make):
    mine, other = make(nominal=nominal), make(nominal=make_nominal())
    assert client.get(address(name, nominal, mine)).status_code == 200
    assert client.get(address(name, nominal, other)).status_code == 404
    also_mine = make(nominal=make_nominal(offender_manager=nominal.offender_manager))
    assert client.get(address(name, nominal, also_mine)).status_code == 404
    assert client.get(address(name, other.nominal, other)).status_code == 403
