"""Pages of searching reports: nothing personal in addresses and titles, the searcher's own alone, markup stays words."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from audit.models import Event
from intelligence.models import ReportSearch
from intelligence.services.report_search import keep_report_search, save_report_search
from intelligence.services.report_search_alerts import tell_of_new_results
from tests.factories import make_nominal, make_user
from tests.intelligence.making_reports import make_bureau, make_release, make_sent

pytestmark = pytest.mark.django_db

SEARCH = "/intelligence-reports/search/"


def day_of(name, day):
    """A day of January as the form sends it."""
    return {f"{name}_day": str(day), f"{name}_month": "1", f"{name}_year": "2026"}


@pytest.fixture
def author():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def bureau(author, client):
    user = make_bureau(author.organisation)
    client.force_login(user)
    return user


def search(client, text, **asked):
    """Search as a person does; gives the page of results."""
    answer = client.post(SEARCH, {"text": text, **asked})
    assert answer.status_code == 303
    return client.get(answer["Location"])


def test_what_is_typed_travels_by_post_and_stands_in_no_address_and_no_title(client, author, bureau):
    make_sent(author=author, original="Quillfeather owns a <i>canoe</i> & a 'paddle'")
    page = search(client, "Quillfeather canoe")
    assert re.fullmatch(rf"{SEARCH}[0-9a-f-]{{36}}/", page.request["PATH_INFO"])
    body = page.content.decode()
    assert "1 report found" in body
    assert "<mark>Quillfeather</mark> owns a ‹i›<mark>canoe</mark>‹/i› &amp; a &#x27;paddle&#x27;" in body
    assert "Quillfeather" not in re.search("<title>(.*?)</title>", body, re.DOTALL)[1]
    event = Event.objects.filter(verb="searched").latest("pk")
    assert (event.actor, event.detail["terms"]) == (bureau, "Quillfeather canoe")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"text": ""}, "Enter a word, a name or a number"),
        ({"text": "--- &"}, "nothing else can be searched for"),
        ({"text": "x" * 201}, "Search for at most 200 characters"),
        ({"text": "x"} | day_of("since", 2) | day_of("until", 1), "The last day must be the first day or later"),
    ],
)
def test_what_cannot_be_searched_for_is_said_at_the_field(client, bureau, asked, said):
    answer = client.post(SEARCH, asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReportSearch.objects.exists()


def test_an_empty_result_says_what_could_be_done(client, bureau):
    assert "Use fewer words" in search(client, "canoe").content.decode()


@pytest.mark.parametrize("text", ["'", '"open', "or", "a or", "&|!():*<->", "\\", "-canoe", "ça été", "🛶"])
def test_no_query_breaks_the_page(client, bureau, text):
    assert client.post(SEARCH, {"text": text}, follow=True).status_code in {200, 422}


def test_a_reader_of_case_files_is_led_to_the_record_and_sees_no_state(client, author):
    manager = make_user(organisation=author.organisation)
    nominal = make_nominal(offender_manager=manager)
    report = make_sent(author=author, nominal=nominal)
    make_release(report=report, by=make_bureau(author.organisation), sanitised="He keeps a canoe")
    client.force_login(manager)
    body = search(client, "canoe").content.decode()
    assert f'href="{reverse("intelligence:information", args=[nominal.reference])}"' in body
    assert report.reference in body
    assert "swimming" not in body
    assert "Where it stands" not in body


def test_anybody_elses_search_is_not_there(client, author, bureau):
    other = save_report_search(actor=make_bureau(author.organisation), text="canoe")
    for path, post in (("", False), ("keep/", False), ("keep/", True), ("delete/", True)):
        ask = client.post if post else client.get
        assert ask(f"{SEARCH}{other.token}/{path}", {"name": "x", "tells": "no"}).status_code == 404
    assert ReportSearch.objects.filter(pk=other.pk, name="").exists()


def test_a_search_is_kept_changed_opened_from_the_notice_and_deleted(client, author, bureau):
    found = search(client, "canoe")
    address = found.request["PATH_INFO"]
    form = client.get(f"{address}keep/").content.decode()
    assert "checked" not in form
    assert client.post(f"{address}keep/", {"name": "Boats"}).status_code == 422
    assert client.post(f"{address}keep/", {"name": "Boats", "tells": "yes"}).status_code == 302
    report = make_sent(author=author, original="A canoe")
    tell_of_new_results(actor=None)
    notice = bureau.notifications.get()
    led_to = client.post(reverse("actions:notification-open", args=[notice.pk]))["Location"]
    assert led_to == f"{SEARCH}kept/"
    assert "1 new</strong>" in client.get(led_to).content.decode()
    opened = client.get(address).content.decode()
    assert report.reference in opened
    assert "New</strong>" in opened
    client.post(f"{address}keep/", {"name": "Fewer boats", "tells": "no"})
    kept = client.get(led_to).content.decode()
    assert "Fewer boats" in kept
    assert "You are not told of new results" in kept
    assert "1 new</strong>" not in kept
    client.post(f"{address}delete/")
    assert client.get(address).status_code == 404


def test_pages_hold_twenty_and_the_number_of_queries_does_not_grow(client, author, bureau):
    for _ in range(2):
        make_sent(author=author, original="A canoe")
    page = search(client, "canoe")
    with CaptureQueriesContext(connection) as few:
        client.get(page.request["PATH_INFO"])
    for _ in range(20):
        make_sent(author=author, original="A canoe")
    with CaptureQueriesContext(connection) as many:
        first = client.get(page.request["PATH_INFO"]).content.decode()
    assert len(many) == len(few)
    assert "22 reports found, page 1 of 2" in first
    second = client.get(f"{page.request['PATH_INFO']}?page=2").content.decode()
    references = [set(re.findall(r"IR-\d{6}", body)) for body in (first, second)]
    assert [len(each) for each in references] == [20, 2]
    assert references[0].isdisjoint(references[1])
    for asked, shown in (("99", "page 2 of 2"), ("x", "page 1 of 2"), ("-1", "page 1 of 2")):
        assert shown in client.get(f"{page.request['PATH_INFO']}?page={asked}").content.decode()


def test_the_list_of_kept_searches_takes_the_same_queries_for_many(client, author, bureau):
    counts = []
    for number in range(4):
        keep_report_search(actor=bureau, search=save_report_search(actor=bureau, text="canoe"), name=f"Boats {number}", tells=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{SEARCH}kept/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1
