"""The REST API: the same rows, rules and trace as the pages."""

import json
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from accounts.choices import Role
from audit.models import Event
from offenders.models import Notice
from offenders.search import index_names
from tests.factories import make_birth, make_exclusion, make_nominal, make_reason, make_user

pytestmark = pytest.mark.django_db
ALL = "/api/v1/nominals/"
MARKER = {"reference", "force", "unit", "offender_manager", "manager_phone", "unit_phone", "on_call"}


@pytest.fixture
def operator(client):
    operator = make_user(Role.CONTROL_ROOM)
    client.force_login(operator)
    return operator


def of_force(user, **values):
    return make_nominal(unit=make_user(organisation=user.organisation).unit, **values)


def post(client, path, data):
    return client.post(f"{ALL}{path}", json.dumps(data), content_type="application/json")


def test_list_shows_exactly_the_cards_one_may_read(client, operator):
    mine, _foreign, _hidden = of_force(operator), make_nominal(), of_force(operator, is_restricted=True)
    make_birth(nominal=mine, year=1971, month=3)
    (row,) = client.get(ALL).json()["results"]
    assert set(row) == MARKER | {"name", "birth", "risk_level", "mappa_category", "mappa_level"}
    assert (row["reference"], row["name"], row["birth"]) == (mine.reference, "Alex Sample", {"year": 1971, "month": 3, "day": None})
    assert (row["risk_level"], row["mappa_category"], row["mappa_level"]) == ("high", 1, 1)
    assert Event.objects.get(verb="listed").detail["ids"] == [mine.pk]


def test_detail_gives_the_card_and_is_recorded(client, operator):
    nominal = of_force(operator)
    answer = client.get(f"{ALL}{nominal.reference}/").json()
    assert set(answer) == MARKER | {"card", "is_marker_only"}
    assert (answer["is_marker_only"], answer["card"]["name"], answer["card"]["what_to_do"]) == (
        False,
        "SAMPLE, Alex",
        ["Double-crew.", "Tell the manager."],
    )
    event = Event.objects.get(verb="viewed")
    assert (event.nominal, event.channel, event.actor) == (nominal.pk, "api", operator)


def test_detail_of_another_force_is_the_marker_alone_until_a_reason_is_stated(client, operator):
    foreign = make_nominal(surname="Uniquename")
    answer = client.get(f"{ALL}{foreign.reference}/")
    assert (answer.json()["is_marker_only"], answer.json()["card"]) == (True, None)
    assert "niquename" not in answer.content.decode()
    make_reason(nominal=foreign, user=operator)
    assert client.get(f"{ALL}{foreign.reference}/").json()["card"]["name"] == "UNIQUENAME, Alex"


def test_hidden_and_missing_are_the_same_404(client, operator):
    hidden, excluded = of_force(operator, is_restricted=True), of_force(operator)
    make_exclusion(nominal=excluded, user=operator)
    answers = [client.get(f"{ALL}{reference}/") for reference in (hidden.reference, excluded.reference, "V-999999", "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0]["Content-Type"].startswith("application/problem+json")


def test_search_finds_records_its_terms_and_gives_markers_of_others(client, operator):
    mine, foreign, hidden = (
        of_force(operator, surname="Wintergreen"),
        make_nominal(surname="Wintergreen"),
        of_force(operator, surname="Wintergreen", is_restricted=True),
    )
    index_names([mine.pk, foreign.pk, hidden.pk])
    hits = post(client, "search/", {"text": "wintergren"}).json()["hits"]
    found = {hit["reference"]: (hit["is_marker_only"], hit["name"]) for hit in hits}
    assert found == {mine.reference: (False, "Alex Wintergreen"), foreign.reference: (True, "")}
    event = Event.objects.get(verb="searched")
    assert (event.detail["terms"], set(event.detail["ids"])) == ("wintergren", {mine.pk, foreign.pk})


def test_search_by_reference_names_the_person(client, operator):
    mine = of_force(operator)
    answer = post(client, "search/", {"text": mine.reference}).json()
    assert (answer["exact"], answer["hits"][0]["name"]) == (True, "Alex Sample")


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "x" * 5000}, {"text": "a\u0000b"}, {"text": "\ud800"}, {"text": ["a"]}, [1], "words"]
)
def test_bad_bodies_are_problems_not_errors(client, operator, body):
    for path in ("search/", f"{of_force(operator).reference}/came-to-notice/"):
        answer = post(client, path, body)
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, "application/problem+json")
    assert client.post(f"{ALL}search/", "{broken", content_type="application/json").status_code == 400


def test_came_to_notice_tells_the_manager(client, operator):
    nominal = of_force(operator)
    answer = post(client, f"{nominal.reference}/came-to-notice/", {"what_happened": "Seen", "incident_reference": "417"})
    assert (answer.status_code, answer.json()["reference"]) == (201, nominal.reference)
    notice = Notice.objects.get()
    assert (notice.reported_by, notice.what_happened, str(notice.public_id)) == (operator, "Seen", answer.json()["public_id"])


def test_what_is_not_asked_for_is_told(client, operator):
    answer = post(client, f"{of_force(operator).reference}/came-to-notice/", {"what_happened": "Seen", "incident_number": "417"})
    assert (answer.status_code, Notice.objects.count()) == (400, 0)
    assert "incident_number" in answer.json()["detail"]


def test_came_to_notice_on_what_one_may_not_read_is_not_found(client, operator):
    answer = post(client, f"{make_nominal().reference}/came-to-notice/", {"what_happened": "Seen"})
    assert (answer.status_code, Notice.objects.count()) == (404, 0)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_roles_without_nominals_are_refused_and_it_is_recorded(client, role):
    user, nominal = make_user(role), make_nominal()
    client.force_login(user)
    answers = [client.get(ALL), client.get(f"{ALL}{nominal.reference}/"), post(client, "search/", {"text": "Sample"})]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Event.objects.filter(actor=user, verb="refused").count() == 3


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(ALL).status_code == 401


def test_nothing_can_be_written_but_by_named_acts(client, operator):
    nominal = of_force(operator)
    answers = [getattr(client, method)(f"{ALL}{nominal.reference}/") for method in ("put", "patch", "delete", "post")]
    assert [answer.status_code for answer in answers] == [405] * 4


def test_query_count_does_not_grow(client, operator):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(ALL)
        return len(captured)

    of_force(operator)
    count()
    few = count()
    for _ in range(6):
        of_force(operator)
    assert count() == few


def test_the_committed_description_is_the_present_one():
    written = yaml.safe_load(Path("docs/openapi.yaml").read_text(encoding="utf-8"))
    generated = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    assert yaml.safe_load(OpenApiYamlRenderer().render(generated, renderer_context={})) == written


@pytest.mark.parametrize("path", ["127.0.0.1/", "V-000001/no-such-act/", "a/b/c/"])
def test_addresses_that_the_api_does_not_have_are_answered_as_programs_read(client, operator, path):
    answer = client.get(f"{ALL}{path}")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (404, "application/problem+json", 404)
