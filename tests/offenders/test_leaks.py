"""The leak check behind forms: warns in the same words, lets a tick through, tells owners nothing but that, and is no oracle."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from actions.models import Notification
from audit.choices import Verb
from audit.models import Event
from offenders.models import Condition, SectionFingerprint
from offenders.rules.leaks import LIMITS, limit_on
from offenders.services.leaks import SAVED, WARNED, digest, may_leak
from offenders.services.section_care import change_section, review_section
from offenders.services.sections import add_section
from offenders.views.base import LEAK_WARNING
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
SECRET = "Imelda Lanyon moved to Saltmarsh. Her mother's number is 07700 900321. She goes by bus from Tuesday on."
CLEAN, LEAKING = "Not to enter any leisure centre", "Not to go near imelda"
WARNING = LEAK_WARNING[:60]


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


@pytest.fixture
def section(nominal, owner):
    values = {"basis": "safeguarding", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}
    review = localdate() + timedelta(days=30)
    return add_section(actor=owner, nominal=nominal, kind="victim", body=SECRET, review_on=review, **values)


@pytest.fixture
def writer(section):
    return make_user(unit=section.nominal.unit)


def add_condition(client, nominal, text, **more):
    return client.post(f"/nominals/{nominal.reference}/conditions/add/", {"kind": "licence", "text": text, **more})


def test_a_text_that_repeats_nothing_is_saved_at_once(client, section, writer):
    client.force_login(writer)
    assert add_condition(client, section.nominal, CLEAN).status_code == 302
    assert not Event.objects.filter(detail__act=WARNED).exists()


@pytest.mark.parametrize(
    "text", [LEAKING, "Lanyon's house", "Ring 07700900321", "+44 7700 900321", "Keep out of SALTMARSH", "Imelda Lanyon, Saltmarsh"]
)
def test_a_text_that_repeats_something_is_held_up_in_the_same_words_whatever_it_was(client, section, writer, text):
    client.force_login(writer)
    held = add_condition(client, section.nominal, text)
    page = held.content.decode()
    assert (held.status_code, WARNING in page, "I have checked: save it" in page) == (409, True, True)
    assert not Condition.objects.exists()


def test_the_answers_to_two_different_leaks_differ_in_what_was_typed_only(client, section, writer):
    client.force_login(writer)
    with time_machine.travel(timezone.now(), tick=False):
        pages = [add_condition(client, section.nominal, text).content.decode() for text in ("Imelda", "Saltmarsh")]
    lines = [
        [line for line in page.replace(word, "").splitlines() if "csrf" not in line]
        for page, word in zip(pages, ("Imelda", "Saltmarsh"), strict=True)
    ]
    assert lines[0] == lines[1]


def test_a_tick_saves_it_records_it_and_tells_the_owner_nothing_but_that(client, section, writer, owner):
    client.force_login(writer)
    assert add_condition(client, section.nominal, LEAKING).status_code == 409
    assert add_condition(client, section.nominal, LEAKING, leak_checked="on").status_code == 302
    assert Condition.objects.get().text == LEAKING
    events = Event.objects.filter(actor=writer, detail__act__in=[WARNED, SAVED]).order_by("pk")
    assert [(event.verb, event.detail["act"], event.nominal) for event in events] == [
        (Verb.REFUSED, WARNED, None),
        (Verb.CHANGED, SAVED, None),
    ]
    assert [event for event in events if "imelda" in str(event.detail).lower()] == []
    told = Notification.objects.get(recipient=owner, route="offenders:confidential")
    assert [word for word in ("imelda", section.nominal.reference.lower(), "1") if word in told.text.lower()] == []


def test_the_owner_is_warned_as_well_and_not_told_of_themselves(client, section, owner):
    client.force_login(owner)
    assert add_condition(client, section.nominal, LEAKING).status_code == 409
    assert add_condition(client, section.nominal, LEAKING, leak_checked="on").status_code == 302
    assert not Notification.objects.filter(recipient=owner, route="offenders:confidential").exists()


def test_a_tick_on_a_text_with_a_mistake_saves_nothing_and_tells_nobody(client, section, writer):
    client.force_login(writer)
    answer = add_condition(
        client, section.nominal, LEAKING, leak_checked="on",
        starts_on_day="2", starts_on_month="2", starts_on_year="2026", ends_on_day="1", ends_on_month="2", ends_on_year="2026",
    )  # fmt: skip
    assert answer.status_code == 409
    assert not Condition.objects.exists()
    assert not Event.objects.filter(detail__act=SAVED).exists()


def test_another_record_does_not_know_the_words(client, section, writer):
    other = make_nominal(unit=writer.unit)
    client.force_login(writer)
    assert add_condition(client, other, LEAKING).status_code == 302
    assert digest(section.nominal_id, "name imelda") != digest(other.pk, "name imelda")


def test_confidential_forms_are_not_held_up(client, section, owner):
    client.force_login(owner)
    data = {"kind": "victim", "body": SECRET, "basis": "policing", "lawful_basis": "x", "originator": "Imelda", "version": 1}
    assert client.post(f"/nominals/{section.nominal.reference}/confidential/{section.public_id}/change/", data).status_code == 302


def test_what_the_open_record_says_is_no_leak(client, nominal, owner):
    Condition.objects.create(nominal=nominal, kind="licence", text="Not to enter Saltmarsh")
    values = {"basis": "safeguarding", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}
    add_section(
        actor=owner, nominal=nominal, kind="victim", body=SECRET, review_on=localdate() + timedelta(days=9), **values
    )  # fmt: skip
    client.force_login(owner)
    assert add_condition(client, nominal, "Saltmarsh is out of bounds, and the name Sample too").status_code == 302
    assert add_condition(client, nominal, LEAKING).status_code == 409


def test_earlier_and_closed_texts_stay_protected(client, section, owner, writer):
    change_section(actor=owner, section=section, version=1, body="Nothing to say now")
    review_section(actor=owner, section=section, version=2, outcome="close", reason="The case is over")
    assert may_leak(actor=writer, nominal=section.nominal, texts=[LEAKING])


def test_after_many_warnings_every_text_is_held_up_so_that_nothing_can_be_guessed(client, section, writer):
    client.force_login(writer)
    limit = limit_on(localdate())
    for number in range(limit.warnings):
        assert add_condition(client, section.nominal, CLEAN).status_code == 302, number
        assert add_condition(client, section.nominal, LEAKING).status_code == 409
    assert add_condition(client, section.nominal, CLEAN).status_code == 409
    assert add_condition(client, make_nominal(unit=writer.unit), CLEAN).status_code == 302
    colleague = make_user(unit=writer.unit)
    assert not may_leak(actor=colleague, nominal=section.nominal, texts=[CLEAN])
    with time_machine.travel(timezone.now() + limit.within, tick=False):
        assert not may_leak(actor=writer, nominal=section.nominal, texts=[CLEAN])


def test_the_record_s_own_log_does_not_tell_that_somebody_was_warned(client, section, writer):
    client.force_login(writer)
    add_condition(client, section.nominal, LEAKING)
    client.force_login(make_user(Role.SUPERVISOR, unit=writer.unit))
    assert WARNED not in client.get(f"/nominals/{section.nominal.reference}/looked/").content.decode()
    assert not Event.objects.filter(nominal=section.nominal_id, detail__act=WARNED).exists()


def test_fingerprints_hold_no_text_and_the_limit_has_a_source(section, owner):
    with row_security(owner):
        kept = list(SectionFingerprint.objects.values_list("digest", flat=True))
    assert kept
    assert {len(bytes(each)) for each in kept} == {16}
    assert [limit for limit in LIMITS if not limit.source or limit.warnings < 1] == []
