"""Pages of messages from the border: who sees them, what they show, and a word on what is held back."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from audit.models import Event
from intelligence.models import RawMessage, TravelAlert
from intelligence.services import messages
from tests.factories import make_unit, make_user
from tests.intelligence.making_doors import make_alert_source, take, take_and_read
from tests.intelligence.writing_reports import GATEWAY, PASSED, mail, table, text

pytestmark = pytest.mark.django_db
PAGES = ("message", "message-content", "message-release", "message-refuse")


@pytest.fixture(autouse=True)
def _gateway(settings):
    settings.ALERT_GATEWAYS = [GATEWAY]


@pytest.fixture
def source():
    return make_alert_source()


@pytest.fixture
def officer(client, source):
    user = make_user(unit=source.unit)
    client.force_login(user)
    return user


@pytest.fixture
def held_back(source):
    return take(source, mail(sender="x@evil.example", Subject="=?utf-8?q?Report_=3Cb=3E?=").as_bytes())


def address(message, name="message"):
    return reverse(f"intelligence:{name}", args=[message.public_id])


def statuses(client, message):
    """What each page of a message answers."""
    posts = [client.post(address(message, name), {"reason": ""}).status_code for name in PAGES[1:]]
    return [client.get(address(message)).status_code, *posts]


def test_queue_sees_its_messages_and_nobody_elses(client, source, officer, held_back):
    other_unit = take(make_alert_source(code="other-unit", unit=make_unit(organisation=source.force)), mail().as_bytes())
    other_force = take(make_alert_source(code="other-force"), mail().as_bytes())
    assert [row.pk for row in client.get(reverse("intelligence:message-list")).context["rows"]] == [held_back.pk]
    assert statuses(client, held_back) == [200, 200, 422, 422]
    assert statuses(client, other_unit) == statuses(client, other_force) == [404, 404, 404, 404]
    client.force_login(make_user(Role.INTELLIGENCE, organisation=source.force))
    assert [row.pk for row in client.get(reverse("intelligence:message-list")).context["rows"]] == [other_unit.pk, held_back.pk]
    assert statuses(client, other_force) == [404, 404, 404, 404]


@pytest.mark.parametrize("role", [Role.OPERATIONAL, Role.CONTROL_ROOM, Role.ADMINISTRATOR, Role.PARTNER, Role.AUDITOR])
def test_others_are_refused(client, source, held_back, role):
    client.force_login(make_user(role, unit=source.unit))
    assert statuses(client, held_back) == [403, 403, 403, 403]
    assert client.get(reverse("intelligence:message-list")).status_code == 403


def test_page_shows_where_it_came_from_as_text(client, officer, source):
    letter = mail(text(Surname="<img src=x>"), html="<script>alert(1)</script>", Subject="=?utf-8?q?A_=3Cb=3E?=")
    message = take_and_read(source, letter.as_bytes())
    page = client.get(address(message)).content.decode()
    assert "Known sender, confirmed" in page
    for shown in ("DMARC: pass", "alerts@border.example", "A &lt;b&gt;", "&lt;img src=x&gt;", "Not scanned", "mail 1"):
        assert shown in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert Event.objects.filter(verb="viewed", subject_type="intelligence.rawmessage", subject_id=message.pk).count() == 1


def test_page_lists_reports_that_cannot_be_used(client, officer, source):
    source.door = "folder"
    source.save()
    message = take_and_read(source, table(3).replace("SAMPLEB", ""), is_mail=False)
    page = client.get(address(message)).content.decode()
    assert "3 reports, of which 1 cannot be used" in page
    assert "The report names nobody" in page


def test_bytes_are_handed_over_as_a_file_that_nothing_opens(client, officer, held_back):
    answer = client.post(address(held_back, "message-content"))
    assert answer.content == bytes(held_back.content)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="message-{held_back.pk}.bin"'
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
    assert client.get(address(held_back, "message-content")).status_code == 405
    assert Event.objects.filter(verb="exported", subject_id=held_back.pk, actor=officer).count() == 1


def test_released_message_is_read_and_says_whose_word_it_was(client, officer, held_back, monkeypatch, django_capture_on_commit_callbacks):
    handed_over = []
    monkeypatch.setattr(messages, "read_later", handed_over.append)
    assert "Have it read" in client.get(address(held_back)).content.decode()
    assert client.post(address(held_back, "message-release"), {"reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(held_back, "message-release"), {"reason": "Rang the sender"})
    held_back.refresh_from_db()
    assert (held_back.state, held_back.decided_by, handed_over) == ("taken", officer, [held_back.pk])
    page = client.get(address(held_back)).content.decode()
    assert "Rang the sender" in page
    assert "Have it read" not in page
    assert Event.objects.get(detail__act="Message released").reason == "Rang the sender"


def test_refused_message_is_never_read_and_counts_as_one_report(client, officer, held_back):
    client.post(address(held_back, "message-refuse"), {"reason": "Nobody knows this sender"})
    held_back.refresh_from_db()
    assert (held_back.state, held_back.decided_by, held_back.problem) == ("rejected", officer, messages.IS_REFUSED)
    assert [alert.state for alert in TravelAlert.objects.all()] == ["rejected"]
    again = client.post(address(held_back, "message-release"), {"reason": "Changed my mind"})
    assert again.status_code == 409
    held_back.refresh_from_db()
    assert held_back.state == "rejected"


def test_list_is_narrowed_to_a_state(client, officer, source, held_back):
    rejected = take_and_read(source, mail("Nothing", results=PASSED).as_bytes())
    found = {}
    for state in ("quarantined", "rejected", "read", "nonsense"):
        page = client.get(reverse("intelligence:message-list"), {"state": state})
        found[state] = [row.pk for row in page.context["rows"]]
    assert found == {"quarantined": [held_back.pk], "rejected": [rejected.pk], "read": [], "nonsense": [rejected.pk, held_back.pk]}
    assert "No message of your queue is in this state." in client.get(reverse("intelligence:message-list") + "?state=read").content.decode()
    assert RawMessage.objects.count() == 2
