"""The doors of the API for agencies: what each takes, gives, refuses and notes."""

import json

import pytest
import time_machine
from django.utils.timezone import localdate, now
from oauth2_provider.models import AccessToken

from accounts.choices import OrganisationKind
from actions.models import Action, Notification
from audit.models import Event
from sharing.models import AgencyAction, InformationRequest, PartnerNews, Reading
from tests.accounts.calling import act, call
from tests.factories import make_agency
from tests.sharing.making_decisions import TEXT
from tests.sharing.making_partners import ASKED, SEEN, V1, answer_with_nothing, make_partnered, make_system

pytestmark = pytest.mark.django_db
PERSON = {"On-Behalf-Of": "A. Worker"}


@pytest.fixture
def partner(client):
    """An agency with which something was shared."""
    return make_partnered(client)


def read(client, partner, path, **headers):
    """Ask with the partner's token for somebody."""
    return call(client, partner.token, f"{V1}/{path}", headers=PERSON | headers)


def test_contents_open_once_the_handling_is_accepted_and_each_reading_is_noted(client, partner):
    key = partner.release.public_id
    row = read(client, partner, "shared-records/").json()["results"][0]
    assert (row["id"], row["state"], row["handling"]) == (str(key), "to_accept", "Confidential. Named staff only.")
    assert TEXT not in str(row)
    assert "Sample" not in str(row)
    before = read(client, partner, f"shared-records/{key}/").json()
    assert (before["contents"], before["subject"]) == (None, None)

    accepted = act(client, partner.token, f"{V1}/shared-records/{key}/acknowledge/", {}, person="A. Worker")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "open")
    assert TEXT not in accepted.content.decode()
    after = read(client, partner, f"shared-records/{key}/").json()
    assert (after["subject"], after["contents"][0]["text"]) == ("Arthur Sample", TEXT)
    assert list(Reading.objects.order_by("pk").values_list("with_content", "on_behalf_of")) == [(False, "A. Worker"), (True, "A. Worker")]
    assert Event.objects.filter(verb="viewed", subject_id=partner.release.pk, channel="api").count() >= 2


def test_what_was_done_is_stored_once_accepted(client, partner):
    url = f"{V1}/shared-records/{partner.release.public_id}/actions/"
    done = {"done_on": localdate().isoformat(), "text": "Told the school.", "is_final": True}
    assert act(client, partner.token, url, done).status_code == 422
    act(client, partner.token, f"{V1}/shared-records/{partner.release.public_id}/acknowledge/", {}, key="second-request")
    answer = act(client, partner.token, url, done, key="third-request")
    assert (answer.status_code, answer.json()["text"]) == (201, "Told the school.")
    assert AgencyAction.objects.get().on_behalf_of == "A. Officer"


def test_request_is_asked_and_stands_in_the_list(client, partner):
    answer = act(client, partner.token, f"{V1}/information-requests/", ASKED | {"shared_record": str(partner.release.public_id)})
    asked = InformationRequest.objects.get()
    assert (answer.status_code, answer.json()["reference"], answer.json()["state"]) == (201, asked.reference, "received")
    assert (asked.unit, asked.nominal, asked.asked_for) == (partner.nominal.unit, partner.nominal, "A. Officer")
    assert Action.objects.get(kind="partner-request").rule_code == "partner-request"
    assert read(client, partner, "information-requests/").json()["results"] == [answer.json()]
    assert read(client, partner, f"information-requests/{asked.public_id}/").json()["answer"] is None


def test_request_that_names_somebody_elses_release_is_refused_like_one_that_names_nothing(client, partner):
    other = make_partnered(client)
    answers = [
        act(client, partner.token, f"{V1}/information-requests/", ASKED | {"shared_record": key}, key=f"request-{number}")
        for number, key in enumerate([str(other.release.public_id), "00000000-0000-4000-8000-000000000000"])
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json() == answers[1].json()


def test_carers_check_and_urgency_ask_for_more(client, partner):
    url = f"{V1}/information-requests/"
    assert act(client, partner.token, url, ASKED | {"template": "carers_check"}).status_code == 422
    assert act(client, partner.token, url, ASKED | {"is_urgent": True}, key="second-request").status_code == 422
    whole = {"template": "carers_check", "relationship": "Uncle", "care_from": "2026-12-01", "is_urgent": True, "urgent_reason": "Tonight"}
    assert act(client, partner.token, url, ASKED | whole, key="third-request").status_code == 201
    assert Action.objects.get(kind="partner-request").rule_code == "partner-request-urgent"


def test_intelligence_waits_for_the_bureau_with_the_agencys_control(client, partner):
    answer = act(client, partner.token, f"{V1}/intelligence/", SEEN | {"happened_on": localdate().isoformat(), "needs_consent": True})
    news = PartnerNews.objects.get()
    assert (answer.status_code, answer.json()["reference"]) == (201, news.reference)
    assert (news.kind, news.needs_consent, news.given_for) == ("intelligence", True, "A. Officer")
    assert Action.objects.get(kind="partner-news").owner_role == "intelligence"


def test_event_about_something_shared_reaches_the_manager_at_once(client, partner):
    event = {"kind": "recall", "happened_on": localdate().isoformat(), "text": "Recalled.", "shared_record": str(partner.release.public_id)}
    assert act(client, partner.token, f"{V1}/events/", event).status_code == 201
    assert PartnerNews.objects.get().nominal == partner.nominal
    assert Notification.objects.filter(recipient=partner.nominal.offender_manager).count() == 1


def test_events_are_for_probation_and_prison(client, partner):
    agency = make_agency(kind=OrganisationKind.HOUSING)
    made, token = make_system(client, partner.force, agency, scopes=["intelligence", "changes"])
    AccessToken.objects.filter(application=made).update(scope="events")
    event = {"kind": "address", "happened_on": localdate().isoformat(), "text": "Moved.", "subject_name": "Arthur Sample"}
    assert act(client, token, f"{V1}/events/", event).status_code == 422


def test_agreements_and_changes_are_told_by_keys(client, partner):
    agreement = call(client, partner.token, f"{V1}/agreements/").json()["results"][0]
    assert (agreement["id"], agreement["state"]) == (str(partner.agreement.public_id), "in force")
    answer = act(client, partner.token, f"{V1}/information-requests/", ASKED).json()
    asked = InformationRequest.objects.get(public_id=answer["id"])
    answer_with_nothing(asked, partner.nominal.offender_manager)
    told = call(client, partner.token, f"{V1}/changes/").json()
    assert [(row["kind"], row["subject"]) for row in told["results"]] == [("request.answered", str(asked.public_id))]
    again = call(client, partner.token, f"{V1}/changes/?since={told['next_since']}").json()
    assert again == {"results": [], "next_since": told["next_since"], "has_more": False}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (ASKED | {"colour": "red"}, "colour"),
        (ASKED | {"care_from": "31/12/2026"}, "care_from"),
        (ASKED | {"needed_by": "2026-02-30"}, "needed_by"),
        (ASKED | {"data_classes": ["everything"]}, "data_classes"),
        (ASKED | {"shared_record": "V-000001"}, "shared_record"),
        (ASKED | {"details": "\ud800"}, "details"),
        (ASKED | {"subject_name": "a\x00b"}, "subject_name"),
        ([ASKED], "non_field_errors"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(client, partner, body, field):
    answer = act(client, partner.token, f"{V1}/information-requests/", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert field in answer.json()["detail"]
    assert InformationRequest.objects.count() == 0


def test_ten_megabytes_are_refused_before_they_are_read(client, partner):
    headers = {"Authorization": f"Bearer {partner.token}", "Idempotency-Key": "first-request", **PERSON}
    body = json.dumps(ASKED | {"details": "x" * 10_000_000})
    answer = client.post(f"{V1}/information-requests/", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert Event.objects.filter(verb="refused").count() == 1


def test_key_that_stood_for_another_body_is_refused_and_the_same_is_done_once(client, partner):
    first = act(client, partner.token, f"{V1}/information-requests/", ASKED)
    again = act(client, partner.token, f"{V1}/information-requests/", ASKED)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert act(client, partner.token, f"{V1}/information-requests/", ASKED | {"power": "Other"}).status_code == 422
    assert InformationRequest.objects.count() == 1


def test_token_that_ran_out_opens_nothing_and_too_many_of_them_are_told_to_wait(client, partner, settings):
    settings.REFUSED_CALLS_PER_MINUTE = 2
    AccessToken.objects.update(expires="2020-01-01T00:00Z")
    with time_machine.travel(now(), tick=False):  # a minute that does not end
        answers = [read(client, partner, "shared-records/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert all(answer["Content-Type"] == "application/problem+json" for answer in answers)
    assert Event.objects.filter(verb="refused", detail__why="too many calls").count() == 1
