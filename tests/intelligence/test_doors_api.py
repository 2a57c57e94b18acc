"""The door of the API: an agency's calls are stored like any message, answered once, and told of to that agency only."""

import pytest
from oauth2_provider.models import AccessToken

from accounts.choices import OrganisationKind
from intelligence.models import Arrival, RawMessage, TravelAlert
from intelligence.parsing.facts import NO_NAME
from intelligence.services.reading import read_message
from tests.accounts.calling import act, call, make_client, token_of
from tests.factories import make_agency, make_unit
from tests.intelligence.making_doors import make_alert_source

pytestmark = pytest.mark.django_db
URL = "/api/v1/travel-alerts/"
REPORT = {"surname": "SAMPLE", "given_names": "Arthur", "travels_at": "2026-05-12T14:35Z", "document_number": "999000111"}
GOOD = [REPORT, {**REPORT, "surname": "OTHER"}]


@pytest.fixture
def border(client):
    """A client of an agency with a source, and its token."""
    made, secret = make_client()
    made.token = token_of(client, made, secret)
    unit = make_unit(organisation=made.force)
    made.source = make_alert_source(code="border-api", door="api", unit=unit, agency=made.user.organisation)
    return made


def test_list_is_taken_and_answered_row_by_row(client, border):
    answer = act(client, border.token, URL, [*GOOD, {"travels_at": "2026-05-12"}])
    message = RawMessage.objects.get()
    assert answer.status_code == 202
    assert answer.json() == {
        "reference": str(message.public_id),
        "reports": [
            {"number": 1, "state": "taken", "problem": ""},
            {"number": 2, "state": "taken", "problem": ""},
            {"number": 3, "state": "refused", "problem": NO_NAME},
        ],
    }
    assert (message.state, message.source, message.sender_verdict) == ("taken", border.source, "not_asked")
    assert Arrival.objects.get().sent_by == border.user
    read_message(actor=None, message_id=message.pk)
    assert dict(TravelAlert.objects.values_list("line", "state")) == {1: "received", 2: "received", 3: "rejected"}


def test_one_report_alone_is_taken(client, border):
    assert act(client, border.token, URL, REPORT).json()["reports"] == [{"number": 1, "state": "taken", "problem": ""}]
    read_message(actor=None, message_id=RawMessage.objects.get().pk)
    assert TravelAlert.objects.get().surname == "SAMPLE"


def test_same_call_again_is_done_once_and_answered_the_same(client, border):
    first = act(client, border.token, URL, GOOD, key="first-request")
    again = act(client, border.token, URL, GOOD, key="first-request")
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (202, first.json(), "true")
    assert Arrival.objects.count() == 1
    other_key = act(client, border.token, URL, GOOD, key="second-request")
    assert other_key.json() == first.json()
    assert (RawMessage.objects.get().times_seen, Arrival.objects.count()) == (2, 2)
    assert act(client, border.token, URL, REPORT, key="first-request").status_code == 422


@pytest.mark.parametrize(
    ("body", "word"), [([], "at least one"), ("text", "at least one"), (5, "at least one"), ([REPORT] * 4, "at most 3")]
)
def test_calls_that_cannot_be_taken_are_problems_in_words(client, border, settings, body, word):
    settings.ALERT_API_MAX_REPORTS = 3
    answer = act(client, border.token, URL, body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert word in answer.json()["detail"]
    assert RawMessage.objects.count() == 0


def test_broken_json_and_a_missing_key_are_problems(client, border):
    headers = {"Authorization": f"Bearer {border.token}", "Idempotency-Key": "first-request"}
    broken = client.post(URL, b"[{", content_type="application/json", headers=headers)
    assert (broken.status_code, broken["Content-Type"]) == (400, "application/problem+json")
    assert act(client, border.token, URL, GOOD, key="").status_code == 400
    assert RawMessage.objects.count() == 0


def test_agency_without_a_source_is_told_so(client, border):
    border.source.is_active = False
    border.source.save()
    answer = act(client, border.token, URL, GOOD)
    assert (answer.status_code, RawMessage.objects.count()) == (422, 0)
    assert "set up a source" in answer.json()["detail"]


def test_agency_learns_what_became_of_its_message_and_nothing_of_any_record(client, border):
    reference = act(client, border.token, URL, [*GOOD, {}]).json()["reference"]
    assert call(client, border.token, f"{URL}{reference}/").json()["state"] == "taken"
    read_message(actor=None, message_id=RawMessage.objects.get().pk)
    told = call(client, border.token, f"{URL}{reference}/").json()
    assert told.pop("taken_at") < told.pop("read_at")
    assert told == {
        "reference": reference, "state": "read", "problem": "", "times_seen": 1, "report_count": 3, "repeat_count": 0, "refused_count": 1,
        "refused": [{"line": 3, "problem": NO_NAME}],
    }  # fmt: skip
    assert "SAMPLE" not in str(told)


def test_messages_of_others_are_not_found(client, border):
    reference = act(client, border.token, URL, GOOD).json()["reference"]
    other, secret = make_client(agency=make_agency(name="Other border", code="other-border", kind=OrganisationKind.BORDER))
    token = token_of(client, other, secret)
    assert call(client, border.token, f"{URL}{reference}/").status_code == 200
    missing = call(client, token, f"{URL}00000000-0000-4000-8000-000000000000/")
    hidden = call(client, token, f"{URL}{reference}/")
    assert (hidden.status_code, hidden.json()) == (404, missing.json())
    assert call(client, token, f"{URL}nonsense/").status_code == 404


def test_token_without_the_scope_opens_nothing(client, border):
    assert client.post(URL, "[]", content_type="application/json").status_code == 401
    AccessToken.objects.update(scope="")
    assert act(client, border.token, URL, GOOD).status_code == 403
    assert call(client, border.token, f"{URL}nonsense/").status_code == 403
    assert RawMessage.objects.count() == 0
