"""The visit sheet and the calendar file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from icalendar import Calendar
from pypdf import PdfReader

from accounts.choices import Role
from audit.models import Event
from offenders.services.operational import add_condition
from tests.disclosure.making_applications import make_application
from tests.disclosure.making_outcomes import make_marker
from tests.factories import make_nominal, make_notice, make_user
from tests.offenders.making_case_file import make_address, make_contact
from tests.offenders.making_documents import make_document
from tests.offenders.making_visits import make_planned, make_visit
from ui.calendars import Event as CalendarEvent
from ui.calendars import make_calendar

pytestmark = pytest.mark.django_db
SUMMER, WINTER = datetime(2031, 7, 1, 8, 30, tzinfo=UTC), datetime(2031, 12, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def nominal(client):
    officer = make_user()
    client.force_login(officer)
    return make_nominal(offender_manager=officer, surname="Quillfeather", given_names="Barnaby")


def test_the_sheet_has_what_officers_need_at_the_door_and_is_recorded(client, nominal):
    add_condition(actor=nominal.offender_manager, nominal=nominal, kind="licence", text="Not to enter Millbrook Park")
    make_visit(nominal=nominal, at=datetime(2026, 1, 5, 10, tzinfo=UTC), place="14 Quay Road")
    response = client.post(reverse("offenders:visit-sheet", args=[nominal.reference]))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    needed = ["QUILLFEATHER, Barnaby", nominal.reference, "High risk", "Double-crew.", "14 Quay Road", "Not to enter Millbrook Park"]
    needed += ["5 January 2026", "Any child", "OFFICIAL", nominal.offender_manager.display_name]
    assert [words for words in needed if words not in text] == []
    assert "Quill" not in response["Content-Disposition"]
    assert PdfReader(BytesIO(response.content)).metadata.title == f"Visit sheet {nominal.reference}"
    assert Event.objects.get(verb="printed").nominal == nominal.pk


def test_a_sheet_that_is_left_behind_tells_nothing_of_what_others_said_or_asked(client, nominal):
    make_visit(nominal=nominal, at=now() - timedelta(days=9))
    make_notice(nominal=nominal, what_happened="A neighbour saw him at the school")
    make_contact(nominal, with_whom="His sister", said="He drinks again")
    make_document(nominal=nominal, title="Advice of the prosecutor")
    make_marker(make_application(nominal=nominal))
    make_address(nominal, start=localdate() - timedelta(days=2), line_1="3 Larch Lane")
    shown = client.get(reverse("offenders:visit-record", args=[nominal.reference])).content.decode()
    sheet = client.post(reverse("offenders:visit-sheet", args=[nominal.reference]))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.content)).pages)

    told = ["A neighbour saw", "His sister", "Advice of the prosecutor", "3 Larch Lane"]
    assert [words in shown for words in told] == [True] * 4
    assert [words in text for words in told] == [False, False, False, True]
    assert "disclosure scheme" not in shown + text


def test_the_calendar_file_parses_and_names_nobody(client, nominal):
    visit = make_planned(nominal=nominal, planned_for=SUMMER, place="14 Quay Road")
    response = client.post(reverse("offenders:visit-calendar", args=[nominal.reference, visit.public_id]))
    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["CLASS"])) == (f"Visit {nominal.reference}", "PRIVATE")
    assert event.decoded("DTSTART").astimezone(UTC) == SUMMER
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    for secret in (b"uill", b"arnaby", b"Quay Road"):
        assert secret not in response.content
    assert Event.objects.get(verb="exported").nominal == nominal.pk


def test_papers_are_for_those_who_may_read_the_case_file(client, nominal):
    visit = make_planned(nominal=nominal)
    client.force_login(make_user(Role.CONTROL_ROOM, organisation=nominal.force))
    assert client.post(reverse("offenders:visit-sheet", args=[nominal.reference])).status_code == 403
    assert client.post(reverse("offenders:visit-calendar", args=[nominal.reference, visit.public_id])).status_code == 403
    assert not Event.objects.filter(verb__in=["printed", "exported"]).exists()


def test_times_in_summer_and_winter_are_british():
    events = [CalendarEvent(f"{at:%m}@vigil", at, at, "Visit V-000417", location="Room 2", description="x") for at in (SUMMER, WINTER)]
    found = Calendar.from_ical(make_calendar(events)).walk("VEVENT")
    assert [event.decoded("DTSTART").strftime("%H:%M %z") for event in found] == ["09:30 +0100", "09:30 +0000"]
    assert str(found[0]["LOCATION"]) == "Room 2"
