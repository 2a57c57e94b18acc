"""Briefing sheets and released reports on paper: marked on every page, recorded, a receipt, and for nobody who may not read them."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from accounts.choices import Role
from audit.models import Event
from intelligence.models import Dissemination, TaskingReceipt
from intelligence.services.information_evaluating import withdraw_report
from intelligence.services.information_sending import send_report
from intelligence.services.tasking import put_on_sheets
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_reports import SAFE, make_bureau, make_release, make_sent
from tests.intelligence.making_taskings import WANTED, make_live

pytestmark = pytest.mark.django_db
TERMS = "Bureau agrees before anybody else is told"
PRINTERS_EDGE = 20  # points
LONG = " ".join(f"{SAFE} Seen again on day {number}." for number in range(70))


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def reader(officer):
    return make_user(Role.OPERATIONAL, organisation=officer.organisation, unit=officer.unit)


@pytest.fixture
def bureau(officer):
    return make_bureau(officer.organisation)


@pytest.fixture
def release(nominal, bureau):
    """A report about the person that was released under conditions."""
    return let_go(nominal, bureau, TERMS)


def let_go(nominal, bureau, conditions):
    """Release a long text under conditions."""
    report = make_sent(author=make_user(Role.OPERATIONAL, organisation=nominal.force), nominal=nominal)
    return make_release(report=report, by=bureau, handling="C", conditions=conditions, sanitised=LONG)


def pages(client, user, url, **data):
    """The text of each page of a paper."""
    client.force_login(user)
    response = client.post(url, data)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(response.content)).pages]


def of_record(release):
    """Where a reader of the record prints a report."""
    route = release.report.routes.get()
    return reverse("intelligence:information-paper", args=[route.nominal.reference, route.public_id])


def of_bureau(release):
    """Where the bureau prints it."""
    return reverse("intelligence:report-paper", args=[release.report.public_id])


def of_reader(release, bureau, reader, **values):
    """Where somebody who was sent it prints it."""
    send_report(actor=bureau, report=release.report, people=[bureau, reader], **{"conditions": TERMS, **values})
    return reverse("intelligence:received-paper", args=[Dissemination.objects.get(user=reader).public_id])


def test_grade_handling_and_conditions_stand_on_every_page(client, officer, release, bureau, reader):
    papers = {
        "Copy 2 of 2": (reader, of_reader(release, bureau, reader)),
        "Copy of the bureau": (bureau, of_bureau(release)),
        f"Copy of {officer.unit}": (officer, of_record(release)),
    }
    for copy, (user, url) in papers.items():
        shown = pages(client, user, url)
        assert len(shown) > 1
        for number, page in enumerate(shown, start=1):
            for words in ("OFFICIAL", "2A C: C Sharing permitted with conditions", TERMS, copy, f"Page {number} of {len(shown)}"):
                assert words in page
        assert "Seen again on day 69." in shown[-1]
        assert Event.objects.filter(verb="printed", actor=user).count() == 1


def test_the_longest_conditions_leave_room_for_the_text(client, nominal, bureau, reader):
    longest = [" ".join([words] * (500 // (len(words) + 1))) for words in ("Nobody of another force", "Nobody on a later shift")]
    url = of_reader(let_go(nominal, bureau, longest[0]), bureau, reader, conditions=longest[1])
    client.force_login(reader)
    answer = client.post(url)
    lines: list[tuple[float, str]] = []
    page = PdfReader(io.BytesIO(answer.content)).pages[1]
    page.extract_text(visitor_text=lambda text, at, line, _font, _size: lines.append((line[5] * at[3] + at[5], text)))

    lowest_term = min(height for height, text in lines if "Nobody" in text)
    assert lowest_term > max(height for height, text in lines if "Seen again" in text)
    assert max(height for height, text in lines if text.strip()) < float(page.mediabox.height) - PRINTERS_EDGE


def test_what_is_said_on_sending_stands_on_the_copy(client, release, bureau, reader):
    (first, *_) = pages(client, reader, of_reader(release, bureau, reader, conditions="Not in the briefing room", expected="Ring us"))
    assert "Conditions: Bureau agrees before anybody else is told Not in the briefing room" in first
    assert Dissemination.objects.get(user=reader).read_by == reader
    assert Dissemination.objects.get(user=bureau).read_at is None


@pytest.mark.parametrize("why", ["withdrawn", "excluded"])
def test_nobody_prints_what_they_may_no_longer_read(why, client, release, bureau, reader):
    nominal = release.report.routes.get().nominal
    urls = {reader: of_reader(release, bureau, reader), nominal.offender_manager: of_record(release)}
    for user, url in urls.items():
        assert pages(client, user, url)
        if why == "excluded":
            make_exclusion(nominal=nominal, user=user)
    if why == "withdrawn":
        withdraw_report(actor=bureau, report=release.report, reason="Not true", version=release.report.version)
    for user, url in urls.items():
        client.force_login(user)
        assert client.post(url).status_code == 404


def test_what_is_not_released_has_no_paper(client, nominal, officer, bureau, reader):
    report = make_sent(author=reader, nominal=nominal)
    route = report.routes.get()
    for user, name, args in (
        (bureau, "report-paper", [report.public_id]), (officer, "information-paper", [nominal.reference, route.public_id]),
    ):  # fmt: skip
        client.force_login(user)
        assert client.post(reverse(f"intelligence:{name}", args=args)).status_code == 404
    assert not Event.objects.filter(verb="printed").exists()


def test_a_sheet_on_paper_says_how_each_tasking_is_handled_and_is_a_receipt(client, bureau, reader, nominal):
    today = localdate()
    mine = make_live(actor=bureau, unit=reader.unit, nominals=[nominal])
    other = make_live(actor=bureau, officer=bureau, requirement="Something else")
    for tasking in (mine, other):
        put_on_sheets(actor=bureau, tasking=tasking, first=today, last=today, shifts=["late"])
    client.force_login(reader)
    sheet = client.get(reverse("intelligence:tasking-sheet"), {"day": today.isoformat(), "shift": "late"})
    assert f'name="day" value="{today.isoformat()}"' in sheet.content.decode()
    TaskingReceipt.objects.all().delete()

    (page,) = pages(client, reader, reverse("intelligence:tasking-sheet-paper"), day=today.isoformat(), shift="late")
    for words in ("OFFICIAL", WANTED, nominal.reference, "For this unit only", f"Copy for {reader.display_name}", "Page 1 of 1"):
        assert words in page
    assert "Something else" not in page
    assert TaskingReceipt.objects.get().user == reader
    assert Event.objects.get(verb="printed").detail["ids"] == [mine.pk]


@pytest.mark.parametrize("asked", [{}, {"day": "2026-13-40", "shift": "late"}, {"day": "2026-11-01", "shift": "noon"}])
def test_a_sheet_without_anything_has_no_paper(asked, client, reader):
    client.force_login(reader)
    answer = client.post(reverse("intelligence:tasking-sheet-paper"), asked, follow=True)
    assert "Nothing stands on this sheet for you." in answer.content.decode()
    assert not Event.objects.filter(verb="printed").exists()
