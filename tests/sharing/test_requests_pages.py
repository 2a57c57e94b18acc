"""Pages of requests and news: an agency asks, a unit answers, each sees its own side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from sharing.choices.news import NewsKind
from sharing.choices.requests import NOTHING_TO_SHARE
from sharing.models import InformationRequest, PartnerNews
from sharing.services import requests as services
from tests.factories import make_agency, make_nominal, make_user
from tests.sharing.making_decisions import make_agreement, make_partner
from tests.sharing.making_partners import ASKED, make_news, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """An offender manager."""
    return make_user()


def url(name, row=None):
    """The address of a page."""
    return reverse(f"sharing:{name}", args=[row.public_id] if row else [])


def test_agency_asks_in_the_browser_replies_and_reads_the_answer(client, officer):
    agency, other = make_agency(), make_agency()
    make_agreement(force=officer.organisation, agency=agency)
    person = make_partner(agency)
    client.force_login(person)
    assert client.post(url("ask"), {**ASKED, "force": officer.organisation_id, "power": ""}).status_code == 422
    assert client.post(url("ask"), {**ASKED, "force": officer.organisation_id}).status_code == 302
    request = InformationRequest.objects.get()
    assert (request.came_by, request.asked_for) == ("browser", person.display_name)

    taken = services.take_request(actor=officer, request=request)
    question = services.ask_back(actor=officer, request=taken, text="Which Arthur?", version=taken.version)
    page = client.get(url("asked", question)).content.decode()
    assert "Which Arthur?" in page
    assert "Reply to the question" in page
    assert client.post(url("asked-reply", question), {"text": "The one in Mill Road"}).status_code == 302

    taken.refresh_from_db()
    services.answer_request(actor=officer, request=taken, releases=[], has_nothing=True, note="Secret note", version=taken.version)
    page = client.get(url("asked", question)).content.decode()
    assert NOTHING_TO_SHARE in page
    assert "Secret note" not in page
    assert request.reference in client.get(url("asked-list")).content.decode()

    client.force_login(make_partner(other))
    assert client.get(url("asked", question)).status_code == 404
    assert request.reference not in client.get(url("asked-list")).content.decode()
    assert "nothing can be asked here" in client.get(url("asked-list")).content.decode()


def test_officer_works_a_request_from_the_queue_to_the_answer(client, officer):
    nominal, request = make_nominal(offender_manager=officer), make_request(officer=officer)
    client.force_login(officer)
    assert request.reference in client.get(url("request-list")).content.decode()
    client.post(url("request-take", request), {"version": request.version})
    request.refresh_from_db()
    assert (request.state, request.taken_by) == ("taken", officer)
    wrong = client.post(url("request-record", request), {"nominal": "V-999999", "version": request.version})
    assert (wrong.status_code, "V-999999" in wrong.content.decode()) == (422, True)
    client.post(url("request-record", request), {"nominal": nominal.reference, "version": request.version})
    request.refresh_from_db()
    assert request.nominal == nominal
    assert nominal.reference in client.get(url("request", request)).content.decode()
    late = client.post(url("request-answer", request), {"has_nothing": "on", "note": "None", "version": request.version - 1})
    assert late.status_code == 409
    assert client.post(url("request-answer", request), {"note": "None", "version": request.version}).status_code == 409
    client.post(url("request-answer", request), {"has_nothing": "on", "note": "None", "version": request.version})
    request.refresh_from_db()
    assert request.state == "answered"
    assert request.reference in client.get(url("request-list") + "?show=closed").content.decode()
    assert Event.objects.filter(verb="viewed", subject_type="sharing.informationrequest", nominal=nominal.pk).exists()


def test_officer_writes_down_a_call(client, officer):
    agency = make_agency()
    client.force_login(officer)
    told = {**ASKED, "agency": agency.pk, "came_by": "telephone", "asked_for": "Duty social worker"}
    assert client.post(url("request-write-down"), {**told, "came_by": "api"}).status_code == 422
    assert client.post(url("request-write-down"), told).status_code == 302
    assert InformationRequest.objects.get().unit == officer.unit


def test_unit_deals_with_an_event(client, officer):
    nominal, news = make_nominal(offender_manager=officer), make_news(force=officer.organisation)
    client.force_login(officer)
    assert news.reference in client.get(url("news-list")).content.decode()
    client.post(url("news-take", news), {"version": news.version})
    news.refresh_from_db()
    client.post(url("news-record", news), {"nominal": nominal.reference, "version": news.version})
    news.refresh_from_db()
    assert news.nominal == nominal
    assert "The offender manager was told" in client.get(url("news", news)).content.decode()
    assert client.post(url("news-close", news), {"outcome": "Visited", "version": news.version}).status_code == 302
    assert PartnerNews.objects.get().outcome == "Visited"


def test_bureau_turns_intelligence_into_a_report_with_one_button(client, officer):
    bureau = make_user(Role.INTELLIGENCE, organisation=officer.organisation)
    news = make_news(force=officer.organisation, kind=NewsKind.INTELLIGENCE, needs_consent=True, happened_on=localdate())
    client.force_login(bureau)
    assert "it may not go on without its consent" in client.get(url("intelligence", news)).content.decode()
    answer = client.post(url("intelligence-report", news), {"version": news.version})
    news.refresh_from_db()
    assert answer["Location"] == reverse("intelligence:report-write", args=[news.report.public_id])
    assert client.get(answer["Location"]).status_code == 200
    client.force_login(officer)
    assert client.get(url("news", news)).status_code == 404
    assert news.reference not in client.get(url("news-list")).content.decode()


def test_list_of_an_agency_takes_as_many_queries_for_many_requests_as_for_few(client, officer):
    agency = make_agency()
    client.force_login(make_partner(agency))
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_request(officer=officer, agency=agency)
        client.get(url("asked-list"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url("asked-list")).content.decode()
        counts.append((len(captured), page.count("PR-")))
    assert counts[1][0] <= counts[0][0]
    assert counts[1][1] > counts[0][1]
