"""Pages of applications: what stands on them for whom, what is refused in words, and what is sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from actions.models import Action
from audit.models import Event
from disclosure.models import Application
from disclosure.services.application_people import answer_ways
from disclosure.services.application_work import begin_safeguarding
from disclosure.services.applications import link_record
from tests.disclosure.taking_applications import CALL, add, allocate, current, make_boss, name_both, take, take_to_full_checks
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user(Role.OFFENDER_MANAGER)


def page(client, user, name, application, *more, data=None):
    """Open a page about an application, or send its form."""
    client.force_login(user)
    url = reverse(f"disclosure:{name}", args=[application.public_id, *more])
    return client.get(url) if data is None else client.post(url, data)


def test_page_shows_where_it_stands_and_what_is_missing(client, officer):
    application = take(officer)
    add(officer, application, "applicant", "Ivy Sealed")

    shown = page(client, officer, "application", application).content.decode()

    assert "Ivy Sealed" in shown
    assert "Missing before it can start" in shown
    assert "Say who may be at risk." in shown
    assert reverse("disclosure:application-interview", args=[application.public_id]) not in shown
    assert "24 hours later" in shown
    assert "Not asked yet" in shown
    assert Event.objects.filter(verb="viewed", subject_id=application.pk, detail__page="ApplicationPage").exists()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("application", ()), ("application-check", ("first",)), ("application-interview", ()), ("application-contact", ()),
        ("application-record", ()),
    ],
)  # fmt: skip
def test_safe_contact_and_the_way_out_in_danger_stand_on_every_page(client, officer, name, more):
    application = take(officer)
    answer_ways(actor=officer, application=application, answers={"call": CALL | {"is_safe": False}})

    shown = page(client, officer, name, application, *more).content.decode()

    assert "Must not know: Her partner" in shown
    assert reverse("disclosure:application-danger", args=[application.public_id]) in shown


def test_manager_of_the_record_finds_nothing(client, officer):
    nominal = make_nominal(unit=officer.unit)
    application = take(officer)
    name_both(officer, application)
    allocate(application, officer)
    link_record(actor=officer, application=application, nominal=nominal, version=current(application))

    assert page(client, nominal.offender_manager, "application", application).status_code == 404
    assert application.reference not in client.get(reverse("disclosure:application-list")).content.decode()
    shown = page(client, officer, "application", application).content.decode()
    assert nominal.reference in shown
    assert "Its managers do not know" in shown


def test_stopped_page_offers_nothing_but_to_protect(client, officer):
    application = take_to_full_checks(officer)
    begin_safeguarding(actor=officer, application=application, danger="He is at her door")

    shown = page(client, officer, "application", application).content.decode()
    offered = [name for name in ("safe", "danger", "interview", "withdraw", "contact", "record", "forum", "go-on") if f"/{name}" in shown]

    assert "Stopped: somebody is in danger. Protect first." in shown
    assert offered == ["safe"]
    answer = page(client, officer, "application-record", application, data={"has_record": "no", "version": current(application)})
    assert (answer.status_code, "protect first" in answer.content.decode()) == (409, True)


def test_whoever_took_a_twin_learns_no_reference_and_the_supervisor_both(client, officer):
    earlier = take(officer)
    name_both(officer, earlier)
    other = make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    later = take(other, unit=officer.unit)
    name_both(other, later, asker="Sealed, IVY")

    taker = page(client, other, "application", later).content.decode()
    lead = page(client, make_boss(later), "application", later).content.decode()

    assert (earlier.reference in taker, "was told and looks at it" in taker) == (False, True)
    assert (earlier.reference in lead, "Say whether it is the same or another" in lead) == (True, True)


def test_form_keeps_what_was_typed_and_says_what_to_do(client, officer):
    client.force_login(officer)
    typed = {"scheme": "domestic", "route": "ask", "received_by": "phone", "day_0": "1", "danger": "Kept words"}

    answer = client.post(reverse("disclosure:application-take"), typed)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept words" in shown
    assert "Is anybody in immediate danger" in shown
    assert not Application.objects.exists()


def test_whoever_may_not_read_what_they_took_down_is_told_that_it_is_taken(client):
    untrained = make_user(Role.OFFENDER_MANAGER, trained_until=localdate() - timedelta(days=1))
    client.force_login(untrained)
    day = localdate() - timedelta(days=1)
    typed = {
        "in_danger": "no", "scheme": "domestic", "route": "ask", "received_by": "phone", "unit": untrained.unit.pk, "time": "10:00",
        "day_day": day.day, "day_month": day.month, "day_year": day.year,
    }  # fmt: skip
    answer = client.post(reverse("disclosure:application-take"), typed, follow=True)
    assert Application.objects.get().taken_by == untrained
    assert answer.status_code == 200
    assert "Taken down." in answer.content.decode()


def test_list_shows_what_is_late_first_and_no_names(client, officer):
    fresh, late = take(officer), take(officer)
    name_both(officer, late)
    Action.objects.filter(subject_id=late.pk).update(late_from=late.received_at - timedelta(days=9))
    client.force_login(make_boss(fresh))

    shown = client.get(reverse("disclosure:application-list")).content.decode()

    assert shown.index(late.reference) < shown.index(fresh.reference)
    assert "Sealed" not in shown
    assert "No application stands there." in client.get(reverse("disclosure:application-list"), {"state": "decision"}).content.decode()
    assert "No application is yours" in client.get(reverse("disclosure:application-list"), {"show": "mine"}).content.decode()


def test_page_of_one_takes_the_same_number_of_queries_whatever_is_on_it(client, officer, django_assert_max_num_queries):
    application = take_to_full_checks(officer)
    page(client, officer, "application", application)
    with django_assert_max_num_queries(1000) as before:
        page(client, officer, "application", application)
    for number in range(3):
        add(officer, application, "at_risk", f"Child {number} Sealed")
        answer_ways(actor=officer, application=application, answers={"call": CALL | {"how": str(number)}})
    with django_assert_max_num_queries(1000) as after:
        page(client, officer, "application", application)

    assert len(after) == len(before)
