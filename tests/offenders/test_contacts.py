"""The contact log: writing down, correcting, following up, finding, taking away."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.choices import ActionState
from actions.models import Action
from audit.models import Event
from offenders.models import Contact, ContactCorrection
from offenders.services.contacts import correct_contact, finish_follow_up, record_contact
from tests.factories import make_nominal, make_user
from tests.offenders.making_case_file import make_contact

pytestmark = pytest.mark.django_db
CALL = {"way": "telephone", "party": "agency", "about": "Curfew", "said": "He keeps it."}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def url(client, officer, nominal):
    """Sign the manager in and return addresses of the record."""
    client.force_login(officer)
    return lambda name, *args: reverse(f"offenders:{name}", args=[nominal.reference, *args])


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_a_contact_is_recorded_with_an_event_without_its_text(officer, nominal):
    contact = record_contact(actor=officer, nominal=nominal, at=now(), **CALL)
    assert (contact.recorded_by, contact.said) == (officer, "He keeps it.")
    event = Event.objects.get(nominal=nominal.pk)
    assert event.detail == {"act": "Contact recorded", "others": False}
    with pytest.raises(DomainError) as error:
        record_contact(actor=officer, nominal=nominal, at=now() + timedelta(hours=1), **CALL)
    assert error.value.field == "at"


def test_a_follow_up_raises_an_action_and_its_outcome_closes_it(officer, nominal):
    due = localdate() + timedelta(days=5)
    contact = record_contact(actor=officer, nominal=nominal, at=now(), follow_up="Ring back", follow_up_on=due, **CALL)
    action = Action.objects.get()
    assert (action.owner, action.nominal, localdate(action.due), action.route) == (officer, nominal.pk, due, "offenders:contacts")
    assert (action.title, action.nominal) == ("Follow up a conversation", nominal.pk)
    finish_follow_up(actor=officer, contact=contact, outcome="He rang back.")
    action.refresh_from_db()
    assert (action.state, action.outcome) == (ActionState.DONE, "He rang back.")
    assert ContactCorrection.objects.get().is_outcome
    with pytest.raises(DomainError, match="Nothing waits"):
        finish_follow_up(actor=officer, contact=contact, outcome="Again")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"follow_up": "Ring"}, "follow_up_on"),
        ({"follow_up_on": 3}, "follow_up"),
        ({"follow_up": "Ring", "follow_up_on": -1}, "follow_up_on"),
    ],
)
def test_a_follow_up_says_what_and_by_when(officer, nominal, values, field):
    if "follow_up_on" in values:
        values = values | {"follow_up_on": localdate() + timedelta(days=values["follow_up_on"])}
    with pytest.raises(DomainError) as error:
        record_contact(actor=officer, nominal=nominal, at=now(), **CALL, **values)
    assert error.value.field == field
    assert not Contact.objects.exists()


def test_what_is_about_others_must_be_left_out(officer, nominal):
    with pytest.raises(DomainError, match="report that as intelligence") as error:
        record_contact(actor=officer, nominal=nominal, at=now(), spoke_of_others=True, **CALL)
    assert error.value.field == "left_out"
    assert record_contact(actor=officer, nominal=nominal, at=now(), spoke_of_others=True, left_out=True, **CALL).spoke_of_others


def test_a_correction_leaves_the_note_as_it_was_and_the_database_holds_to_it(officer, nominal):
    contact = make_contact(nominal)
    correction = correct_contact(actor=officer, contact=contact, text="He does not keep it.")
    contact.refresh_from_db()
    assert (contact.said, correction.made_by) == ("He keeps it.", officer)
    for row, field in ((contact, "said"), (correction, "text")):
        setattr(row, field, "Changed")
        with pytest.raises(IntegrityError, match="corrected"), transaction.atomic():
            row.save()
    other = make_nominal(offender_manager=officer)
    Contact.objects.filter(pk=contact.pk).update(nominal=other)


def test_readers_and_strangers_write_nothing(officer, nominal):
    contact = make_contact(nominal)
    for actor in (make_user(Role.CONTROL_ROOM, organisation=officer.organisation), make_user()):
        for act in (
            lambda actor=actor: record_contact(actor=actor, nominal=nominal, at=now(), **CALL),
            lambda actor=actor: correct_contact(actor=actor, contact=contact, text="x"),
            lambda actor=actor: finish_follow_up(actor=actor, contact=contact, outcome="x"),
        ):
            with pytest.raises(NotPermitted):
                act()
    assert not ContactCorrection.objects.exists()


@time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=UTC), tick=False)
def test_the_form_makes_one_moment_of_day_and_time(client, url):
    today = localdate()
    for clock, hour in (("09:30", (9, 30)), ("", (12, 0))):
        assert client.post(url("contact-add"), CALL | day("day", today) | {"time": clock}).status_code == 302
        assert (Contact.objects.latest("pk").at.hour, Contact.objects.latest("pk").at.minute) == hour
    for wrong in ({"time": "16:00"}, {"time": "late"}, day("day", today + timedelta(days=1))):
        answer = client.post(url("contact-add"), CALL | day("day", today) | wrong)
        assert (answer.status_code, "He keeps it." in answer.content.decode()) == (422, True)
    assert Contact.objects.count() == 2


def test_the_log_is_newest_first_in_pages_that_leave_nothing_out(client, url, nominal):
    moment = now() - timedelta(days=2)
    for number in range(45):
        make_contact(nominal, at=moment - timedelta(minutes=number // 5), about=f"Talk {number:02}.")
    seen, address = [], url("contacts")
    while address:
        page = client.get(address)
        seen += [contact.about for contact in page.context["contacts"]]
        key = page.context["next_before"]
        address = f"{url('contacts')}?before={key}" if key else ""
    assert sorted(seen) == [f"Talk {number:02}." for number in range(45)]
    assert [about[5] for about in seen] == sorted(about[5] for about in seen)


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=9999999999999999999999", "before=%00", "party=%00", "party=nobody"])
def test_the_log_takes_any_query(client, url, nominal, query):
    make_contact(nominal)
    page = client.get(f"{url('contacts')}?{query}")
    assert (page.status_code, len(page.context["contacts"])) == (200, 1)


def test_words_are_found_in_notes_and_corrections_and_stand_in_no_address(client, url, nominal):
    wanted = make_contact(nominal, said="Bought a bicycle")
    corrected = make_contact(nominal)
    ContactCorrection.objects.create(nominal=nominal, contact=corrected, text="It was a bicycle", made_by=nominal.offender_manager)
    make_contact(nominal, said="Nothing new", party="family")
    page = client.post(url("contacts"), {"text": "bicycle"})
    assert {contact.pk for contact in page.context["contacts"]} == {wanted.pk, corrected.pk}
    assert "bicycle" not in str(Event.objects.filter(nominal=nominal.pk).latest("pk").detail)
    only = client.get(f"{url('contacts')}?party=family")
    assert [contact.said for contact in only.context["contacts"]] == ["Nothing new"]
    assert "No note fits." in client.post(url("contacts"), {"text": "%"}).content.decode()


def test_the_page_offers_correction_and_the_end_of_a_follow_up(client, url, officer, nominal):
    contact = record_contact(actor=officer, nominal=nominal, at=now(), follow_up="Ring", follow_up_on=localdate(), **CALL)
    assert "To do" in client.get(url("contacts")).content.decode()
    assert client.post(url("contact-correct", contact.public_id), {"text": "Not so."}).status_code == 302
    assert client.post(url("contact-follow-up", contact.public_id), {"outcome": "Rang."}).status_code == 302
    text = client.get(url("contacts")).content.decode()
    assert ("Not so." in text, "Rang." in text, "To do" in text, "Follow-up done" in text) == (True, True, False, False)
    assert client.post(url("contact-follow-up", contact.public_id), {"outcome": "Again."}).status_code == 409


def test_another_records_note_is_not_found(client, url, officer, nominal):
    own, foreign = make_contact(nominal), make_contact(make_nominal(offender_manager=officer))
    assert client.get(url("contact-correct", own.public_id)).status_code == 200
    assert client.get(url("contact-correct", foreign.public_id)).status_code == 404


def test_taking_the_log_away_is_recorded(client, url, nominal):
    make_contact(nominal)
    answer = client.post(url("contacts-export"))
    assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert Event.objects.filter(nominal=nominal.pk, verb="exported", detail__page="ContactLog").count() == 1
    assert client.get(url("contacts-export")).status_code == 405
