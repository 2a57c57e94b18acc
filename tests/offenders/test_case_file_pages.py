"""Pages of the case file: what they show to whom, and what their forms do."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from offenders.models import Address, Associate, OnlineIdentity
from offenders.reports.case_file import SORTS
from offenders.services.case_file import add_entry, change_entry
from tests.factories import make_exclusion, make_identifier, make_nominal, make_user
from tests.offenders.making_case_file import (
    START,
    make_address,
    make_associate,
    make_device,
    make_home,
    make_household,
    make_marking,
    make_occupation,
    make_online,
    make_protected,
    make_vehicle,
)

pytestmark = pytest.mark.django_db
FORM = {"kind": "social", "handle": "harbour_kid", "service": "Chatter"}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def page(client, officer, nominal):
    """Open a page of the record as its manager."""
    client.force_login(officer)
    return lambda name, *args, of=None: client.get(reverse(f"offenders:{name}", args=[(of or nominal).reference, *args]))


@pytest.fixture
def send(client, officer, nominal):
    """Send a form of the record as its manager."""
    client.force_login(officer)
    return lambda name, *args, **data: client.post(reverse(f"offenders:{name}", args=[nominal.reference, *args]), data)


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_an_empty_file_says_so_in_each_card_and_offers_to_add(page):
    text = page("case-file").content.decode()
    assert text.count("None recorded.") == len(SORTS) + 1
    assert all(str(sort.adding) in text for sort in SORTS)


def test_the_file_shows_every_sort_with_counts_and_what_is_over(page, nominal, officer):
    today = localdate()
    home = make_home(nominal, verified_on=today, verified_by=officer, verified_how="visit")
    make_address(nominal, start=START, end=date(2025, 5, 31), line_1="Old Road", end_reason="Left")
    make_household(nominal, address=home)
    for make in (make_online, make_device, make_occupation, make_associate, make_protected):
        make(nominal)
    make_identifier(nominal=nominal, kind="phone", value="01632960417")
    text = page("case-file").content.decode()
    for words in ("Addresses (1)", "What is over (1)", "2 children at 1 Mill Lane", "quay_runner", "Larch 5", "Quay Bakery",
                  "Morgan Example", "Robin Example", "01632 960417", "No agency has been told", "Why it ended: Left"):  # fmt: skip
        assert words in text, words
    assert Event.objects.filter(nominal=nominal.pk, verb="viewed", detail__page="CaseFilePage").count() == 1


def test_entries_are_added_changed_verified_and_ended_by_forms(send, nominal):
    assert send("entry-add", "online", **FORM).status_code == 302
    row = OnlineIdentity.objects.get()
    assert send("entry-change", "online", row.public_id, **FORM, note="Private", version=1).status_code == 302
    assert send("entry-verify", "online", row.public_id, **day("verified_on", localdate()), how="system").status_code == 302
    assert send("entry-end", "online", row.public_id, **day("ends_on", localdate()), reason="Closed").status_code == 302
    row.refresh_from_db()
    assert (row.note, row.verified_how, row.end_reason, row.version) == ("Private", "system", "Closed", 4)


def test_a_stale_form_shows_what_is_stored_and_keeps_what_was_typed(send, nominal, officer):
    row = make_online(nominal)
    change_entry(actor=officer, entry=row, version=1, kind="gaming", handle="theirs")
    for copy in ({"version": 1}, {}):
        answer = send("entry-change", "online", row.public_id, **FORM, **copy)
        text = answer.content.decode()
        assert (answer.status_code, "theirs" in text, "harbour_kid" in text) == (409, True, True)
    row.refresh_from_db()
    assert row.handle == "theirs"


@pytest.mark.parametrize("sort", [sort.slug for sort in SORTS])
def test_every_sort_has_forms_that_show_what_is_stored(page, nominal, sort):
    makers = {"address": make_address, "household": make_household, "protected": make_protected, "associate": make_associate,
              "occupation": make_occupation, "online": make_online, "device": make_device, "vehicle": make_vehicle}  # fmt: skip
    row = makers[sort](nominal, note="A note to keep")
    for name in ("entry-change", "entry-verify", "entry-end"):
        assert page(name, sort, row.public_id).status_code == 200
    assert "A note to keep" in page("entry-change", sort, row.public_id).content.decode()
    assert page("entry-add", sort).status_code == 200


def test_another_records_entry_and_an_unknown_sort_are_not_found(page, nominal, officer):
    row, foreign = make_online(nominal), make_online(make_nominal(offender_manager=officer))
    assert page("entry-end", "online", row.public_id).status_code == 200
    assert page("entry-end", "online", foreign.public_id).status_code == 404
    assert page("entry-end", "device", row.public_id).status_code == 404
    assert page("entry-add", "friend").status_code == 404


def test_an_overlap_is_refused_at_its_field(send, nominal):
    make_home(nominal)
    answer = send("entry-add", "address", kind="home", line_1="2 High Street", is_main="on", **day("starts_on", localdate()))
    assert answer.status_code == 409
    assert "Another main address holds from 1 January 2025" in answer.content.decode()
    moved = send("move-home", kind="home", line_1="2 High Street", **day("moved_on", localdate()))
    assert (moved.status_code, Address.objects.filter(is_main=True).count()) == (302, 2)


def test_an_associate_on_a_hidden_record_shows_to_nobody_who_must_not_know(client, page, nominal, officer):
    other = make_nominal(unit=officer.unit, surname="Quillfeather")
    reader = make_user(unit=officer.unit)
    seen = {"note": "Met at the quay", "starts_on": START}
    add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference=other.reference, **seen)
    row = Associate.objects.get()
    pages = ("case-file", "history", "nominal", "looked", "timeline")
    for user in (reader, officer):
        client.force_login(user)
        texts = [client.get(reverse(f"offenders:{name}", args=[nominal.reference])).content.decode() for name in pages]
        assert [other.reference in text for text in texts] == [True, True, False, False, True]
        assert ("Quillfeather" in texts[0], "Associate added" in texts[2], "Changed: associate" in texts[3]) == (True, True, True)
    make_exclusion(nominal=other, user=reader)
    client.force_login(reader)
    texts = [client.get(reverse(f"offenders:{name}", args=[nominal.reference])).content.decode() for name in pages]
    for word in (other.reference, "Quillfeather", "Met at the quay", "Associate added", "Changed: associate"):
        assert [word in text for text in texts] == [False] * len(pages), word
    assert "Associates (0)" in texts[0]
    assert "None recorded." in texts[0]
    assert LogEntry.objects.filter(content_type__model="associate").count() == 1
    for name in ("entry-change", "entry-end", "entry-verify"):
        assert client.get(reverse(f"offenders:{name}", args=[nominal.reference, "associate", row.public_id])).status_code == 404


def test_the_other_record_shows_where_it_is_named_to_readers_of_both(client, nominal, officer):
    other = make_nominal(offender_manager=make_user(unit=officer.unit))
    make_associate(nominal, other=other)
    reader = make_user(unit=officer.unit)
    client.force_login(reader)
    url = reverse("offenders:case-file", args=[other.reference])
    assert nominal.reference in client.get(url).content.decode()
    make_exclusion(nominal=nominal, user=reader)
    text = client.get(url).content.decode()
    assert (nominal.reference in text, "Named as an associate" in text) == (False, False)


def test_the_marking_stands_on_every_page_and_keeps_its_history(page, send, nominal):
    today = localdate()
    make_marking(nominal, start=START, end=today - timedelta(days=1), level="official", reason="First")
    marked = {"level": "official_sensitive", "handling": "Unit only", "reason": "Case grew", "version": 1}
    answer = send("marking-change", **marked, **day("starts_on", today))
    assert answer.status_code == 302
    for name in ("case-file", "identity", "contacts", "timeline", "contact-add"):
        assert "OFFICIAL – SENSITIVE. Unit only" in page(name).content.decode()
    text = page("marking").content.decode()
    assert ("First" in text, "Case grew" in text) == (True, True)


def test_the_summary_is_a_paper_with_the_marking_and_is_recorded(send, nominal):
    make_marking(nominal, handling="Unit only")
    make_home(nominal)
    answer = send("case-file-print")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{nominal.reference}-case-file.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(nominal=nominal.pk, verb="printed", detail__page="CaseFilePage").count() == 1


def test_readers_see_the_file_without_ways_to_change_it(client, nominal, officer):
    row = make_online(nominal)
    colleague, reader = make_user(unit=officer.unit), make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    url = reverse("offenders:entry-end", args=[nominal.reference, "online", row.public_id])
    client.force_login(colleague)
    assert client.get(url).status_code == 200
    client.force_login(reader)
    assert client.get(reverse("offenders:case-file", args=[nominal.reference])).status_code in {302, 403}
    assert client.get(url).status_code in {302, 403, 404}


def test_the_overview_says_the_main_address(page, nominal):
    assert "Not recorded" in page("nominal").content.decode()
    make_address(nominal)
    make_home(nominal)
    text = page("nominal").content.decode()
    assert ("1 Mill Lane, Northport, NM1 2AB" in text, "4 Quay Road" in text) == (True, False)


def test_the_main_address_stands_first(page, nominal):
    make_home(nominal)
    make_address(nominal, start=date(2026, 1, 1))
    text = page("case-file").content.decode()
    assert text.index("1 Mill Lane") < text.index("4 Quay Road")


def test_posts_that_no_form_would_send_break_nothing(send, nominal):
    for data in ({}, {"kind": "x", "children": "many", "address": "1 OR 1"}, {"children": "9" * 30}, {"note": "\x00"}):
        assert send("entry-add", "household", **data).status_code == 422
    assert send("contacts", text="\x00").status_code == 200
