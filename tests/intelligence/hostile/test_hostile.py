"""Whatever comes, it ends in a state that somebody sees, with its bytes kept, and stops nothing that comes after it."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from intelligence.models import RawMessage, TravelAlert
from intelligence.services.reading import HAS_VIRUS
from tests.factories import make_user
from tests.intelligence.hostile.corpus import EICAR, FILES, MAILS, Hostile
from tests.intelligence.making_doors import make_alert_source, take_and_read
from tests.intelligence.writing_reports import GATEWAY, attach, mail, table
from tests.offenders.clamd import running_clamd

pytestmark = pytest.mark.django_db
EVERY = [("mailbox", name) for name in MAILS] + [("folder", name) for name in FILES]


@pytest.fixture(autouse=True)
def _gateway(settings):
    settings.ALERT_GATEWAYS = [GATEWAY]


@pytest.mark.parametrize(("door", "name"), EVERY, ids=[name for _, name in EVERY])
def test_ends_in_a_state_that_is_seen(door, name, client):
    hostile: Hostile = (MAILS if door == "mailbox" else FILES)[name]
    source = make_alert_source(code="border", door=door)
    message = take_and_read(source, hostile.content)
    refused = TravelAlert.objects.filter(state="rejected").count()
    assert (message.state, TravelAlert.objects.count() - refused, refused) == (hostile.state, hostile.used, hostile.refused)
    assert hostile.word in message.problem
    assert bytes(message.content) == hostile.content
    assert take_and_read(source, mail("Subject: next\n" + "Surname: NEXT\nTravel date: 1/5/2026").as_bytes()).state == "read"
    client.force_login(make_user(Role.SUPERVISOR, unit=source.unit))
    page = client.get(reverse("intelligence:message", args=[message.public_id]))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert message.get_state_display() in page.content.decode()
    assert client.get(reverse("intelligence:message-list")).status_code == 200


@pytest.mark.parametrize("door", ["mailbox", "folder"])
def test_known_virus_is_refused_where_there_is_a_scanner(settings, door, monkeypatch):
    monkeypatch.setattr("tests.offenders.clamd.VIRUS", EICAR)
    source = make_alert_source(code="border", door=door)
    content = attach(mail(), "a.csv", table().encode() + EICAR, "text/plain").as_bytes() if door == "mailbox" else table().encode() + EICAR
    content = content if EICAR in content else content + EICAR
    with running_clamd() as server:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = server.server_address
        message = take_and_read(source, content)
    assert (message.state, message.problem, message.scan.state) == ("rejected", HAS_VIRUS, "infected")
    assert [alert.state for alert in TravelAlert.objects.all()] == ["rejected"]


def test_table_with_more_lines_than_are_allowed_says_so_at_the_line(settings):
    settings.ALERT_LIMITS = {**settings.ALERT_LIMITS, "rows": 50}
    lines = table(1).splitlines()
    source = make_alert_source(code="border", door="folder")
    message = take_and_read(source, "\n".join([lines[0], *[lines[1]] * 100_000]))
    assert (message.state, message.lines_read) == ("read", 52)
    assert "more than 50 lines" in TravelAlert.objects.get(state="rejected").problem
    assert RawMessage.objects.get().size > 10_000_000
