"""Pages of work with the media: the press office sees the same page whether or not there is a record."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from sharing.models import EnquiryRecord, MediaEnquiry, ProactiveRelease
from tests.factories import make_agency, make_nominal, make_user
from tests.sharing.making_media import ASKED, make_enquiry_row, make_media_decision, make_press, make_whole_enquiry

pytestmark = pytest.mark.django_db
TODAY = localdate()
PARTS_THAT_CHANGE = r'name="csrfmiddlewaretoken" value="[^"]+"|<time[^>]*>.*?</time>|\d\d:\d\d|[0-9a-f-]{36}'


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather", given_names="Barnaby")


def page(enquiry: MediaEnquiry, act: str = "", *more) -> str:
    """The address of a page about an enquiry."""
    return reverse(f"sharing:media{act and '-' + act}", args=[enquiry.public_id, *more])


def shown(client, url: str) -> str:
    """What a page says, without what changes each time."""
    return re.sub(PARTS_THAT_CHANGE, "", client.get(url).content.decode())


def test_the_press_office_sees_the_same_with_and_without_a_record(client, nominal):
    press = make_press(nominal.force)
    enquiry = make_whole_enquiry(nominal=nominal, taken_by=press, is_linked=False)
    client.force_login(press)
    without = [shown(client, page(enquiry)), shown(client, reverse("sharing:media-list"))]
    EnquiryRecord.objects.create(enquiry=enquiry, nominal=nominal, linked_by=nominal.offender_manager)
    make_media_decision(nominal=nominal)

    assert [shown(client, page(enquiry)), shown(client, reverse("sharing:media-list"))] == without
    assert ASKED in without[0]
    MediaEnquiry.objects.update(is_record_told=True, unit_says="Ours", unit_said_by=nominal.offender_manager, unit_said_at=enquiry.taken_at)
    told = shown(client, page(enquiry))
    assert "a statement may identify the person" in told
    assert nominal.reference not in told


def test_the_unit_sees_the_record_and_where_its_decision_stands(client, nominal):
    enquiry = make_enquiry_row(nominal=nominal)
    decision = make_media_decision(nominal=nominal, state="submitted")
    client.force_login(nominal.offender_manager)
    seen = client.get(page(enquiry)).content.decode()

    for words in (nominal.reference, decision.reference, "Waits for whoever decides", "does not know that there is a record"):
        assert words in seen


def test_another_forces_enquiry_is_as_good_as_missing(client, nominal):
    enquiry = make_whole_enquiry(nominal=nominal)
    client.force_login(make_press(make_user().organisation))
    answers = [client.get(page(enquiry, act)).status_code for act in ("", "strategy", "statement-write", "close", "agency-add")]

    assert {*answers, client.get(reverse("sharing:media", args=[uuid.uuid4()])).status_code} == {404}


@pytest.mark.parametrize("role", [Role.OPERATIONAL, Role.CONTROL_ROOM, Role.INFORMATION_GOVERNANCE, Role.PARTNER])
def test_nobody_else_has_pages_of_the_media(client, role):
    client.force_login(make_user(role))

    assert client.get(reverse("sharing:media-list")).status_code == 403


def test_a_hidden_record_is_like_a_missing_one_when_it_is_linked(client, nominal):
    enquiry = make_enquiry_row(nominal=nominal, is_linked=False)
    hidden = make_nominal(unit=nominal.unit, is_restricted=True)
    client.force_login(nominal.offender_manager)
    answers = [client.post(page(enquiry, "record"), {"nominal": reference}) for reference in (hidden.reference, "V-999999")]

    assert {answer.status_code for answer in answers} == {422}
    assert (
        len({shown.replace(hidden.reference, "V-999999") for shown in (re.sub(PARTS_THAT_CHANGE, "", a.content.decode()) for a in answers)})
        == 1
    )
    assert client.post(page(enquiry, "record"), {"nominal": nominal.reference.lower()}).status_code == 302
    assert EnquiryRecord.objects.get().nominal == nominal


def test_the_whole_of_a_specific_enquiry_in_the_browser(client, nominal):
    press, officer, agency = make_press(nominal.force), nominal.offender_manager, make_agency()
    client.force_login(press)
    sent = {
        "kind": "specific", "outlet": "Echo", "received_by": "phone", "on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year,
        "time": "00:01", "question": "Is Barnaby Quillfeather here?", "unit": nominal.unit_id,
    }  # fmt: skip
    wrong = client.post(reverse("sharing:media-take"), sent | {"kind": ""})
    assert (wrong.status_code, "Is Barnaby Quillfeather here?" in wrong.content.decode()) == (422, True)
    assert client.post(reverse("sharing:media-take"), sent).status_code == 302
    enquiry = MediaEnquiry.objects.get()
    of_press = [
        ("strategy", {"text": "Calm", "lines": ["help-us"], "version": 0}),
        ("statement-write", {"text": "Safe.", "identifies": "no"}),
    ]
    assert [client.post(page(enquiry, act), data).status_code for act, data in of_press] == [302, 302]
    client.force_login(officer)
    of_unit = [
        (page(enquiry, "record"), {"nominal": nominal.reference}),
        (page(enquiry, "unit-answer"), {"unit_says": "Neither yes nor no", "is_record_told": "no", "version": 1}),
        (page(enquiry, "agency-add"), {"agency": agency.pk}), (page(enquiry, "strategy-agree"), {"version": 1}),
        (page(enquiry, "statement-agree", 1), {}),
    ]  # fmt: skip
    assert [client.post(url, data).status_code for url, data in of_unit] == [302] * 5
    client.force_login(press)
    key = enquiry.consultations.get().pk
    day = {f"{name}_{part}": getattr(TODAY, part) for name in ("asked_on", "answered_on") for part in ("day", "month", "year")}
    assert client.post(page(enquiry, "agency-answer", key), {"said": "No objection", **day}).status_code == 302
    assert client.post(page(enquiry, "statement-issue", 1)).status_code == 302
    assert client.post(page(enquiry, "close"), {"version": 2, "outcome": "answered", "outcome_words": "As agreed"}).status_code == 302
    seen = client.get(page(enquiry)).content.decode()
    for words in ("Neither yes nor no", "No objection", "Issued", "As agreed", "We ask the community for help"):
        assert words in seen
    assert "Link a record" not in seen


def test_a_proactive_release_is_planned_beside_its_decision(client, nominal):
    press, decision = make_press(nominal.force), make_media_decision(nominal=nominal, state="draft")
    url = reverse("sharing:proactive", args=[decision.public_id])
    client.force_login(nominal.offender_manager)
    sent = {
        "risk_assessment": "He may leave", "press_officer": press.pk, "took_part_on_day": TODAY.day, "took_part_on_month": TODAY.month,
        "took_part_on_year": TODAY.year, "outlets": ["appeal"], "plan": "At noon", "version": decision.version,
    }  # fmt: skip
    assert client.post(url, sent | {"outlets": []}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert ProactiveRelease.objects.get().outlets == ["appeal"]
    assert "At noon" in client.get(url).content.decode()
    client.force_login(make_user(unit=make_user().unit))
    assert client.get(url).status_code == 404
