"""Mails of the border, fetched from a real mail server: nothing is lost, nothing doubled, whatever breaks in between."""

from threading import Barrier, Thread

import pytest
from django.db import DataError, connection
from django.urls import reverse

from accounts.choices import Role
from intelligence import tasks
from intelligence.adapters import mailboxes as adapter
from intelligence.choices.travel import MessageState
from intelligence.models import AlertSource, Arrival, RawMessage, TravelAlert
from intelligence.services import mailboxes
from intelligence.services.mailboxes import fetch_mailbox, fetch_mailboxes
from intelligence.services.reading import read_message
from tests.dovecot import running_mail_server
from tests.factories import make_user
from tests.intelligence.making_doors import make_alert_source
from tests.intelligence.writing_reports import GATEWAY, SENDER, mail, text

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("mail server")]


@pytest.fixture(scope="module")
def running():
    with running_mail_server() as server:
        yield server


@pytest.fixture
def server(running, settings):
    running.empty()
    settings.ALERT_MAILBOXES = {"border-mail": running.settings()}
    settings.ALERT_GATEWAYS = [GATEWAY]
    return running


@pytest.fixture
def source(server):
    return make_alert_source()


def fetch(source):
    return fetch_mailbox(actor=None, source=source)


def report(number=1):
    return mail(text(Document_number=f"9{number:08}"), Message_ID=f"<{number}@border.example>").as_bytes()


def test_mail_becomes_a_report(server, source, django_capture_on_commit_callbacks, monkeypatch):
    read = []
    monkeypatch.setattr(tasks.read_alert_message, "delay", lambda key: read.append(read_message(actor=None, message_id=key)))
    server.deliver(report())
    with django_capture_on_commit_callbacks(execute=True):
        assert fetch_mailboxes(actor=None) == 1
    message, alert = RawMessage.objects.get(), TravelAlert.objects.get()
    assert bytes(message.content).replace(b"\r\n", b"\n") == report()
    assert (message.state, message.layout, message.sender, message.sender_verdict) == ("read", "mail 1: report 1", SENDER, "trusted")
    assert (message.message_id, message.sender_details["dmarc"]) == ("<1@border.example>", "pass")
    assert (alert.surname, alert.document_number, alert.line, alert.source, alert.unit) == ("SAMPLE", "900000001", 1, source, source.unit)
    assert read == [False]


def test_mail_is_marked_and_not_fetched_again(server, source):
    server.deliver(report())
    assert fetch(source) == 1
    assert server.flags() == ["VigilTaken"]
    assert fetch(source) == 0
    assert Arrival.objects.count() == 1
    source.refresh_from_db()
    assert (source.fetch_failures, source.last_problem, source.last_fetched_at is not None) == (0, "", True)


def test_mail_is_moved_where_the_settings_name_a_folder(server, source, settings):
    settings.ALERT_MAILBOXES = {"border-mail": server.settings(taken_folder="Taken", refused_folder="Refused")}
    settings.ALERT_LIMITS = {**settings.ALERT_LIMITS, "mail_bytes": 3000}
    server.deliver(report())
    server.deliver(mail("x" * 5000).as_bytes())
    assert fetch(source) == 2
    assert (server.count(), server.count("Taken"), server.count("Refused")) == (0, 1, 1)


def test_crash_between_storing_and_marking_doubles_nothing(server, source, monkeypatch):
    server.deliver(report())
    with monkeypatch.context() as broken:
        broken.setattr(adapter.Mailbox, "mark", lambda *_: (_ for _ in ()).throw(adapter.MailboxError(adapter.NO_ANSWER)))
        assert fetch(source) == 0
    assert (RawMessage.objects.count(), server.flags()) == (1, [])
    assert fetch(source) == 0
    assert server.flags() == ["VigilTaken"]
    assert (RawMessage.objects.get().times_seen, Arrival.objects.count()) == (1, 1)


def test_failure_while_storing_leaves_the_mail_unmarked(server, source, monkeypatch):
    server.deliver(report())
    with monkeypatch.context() as broken:
        broken.setattr(mailboxes, "take_message", lambda **_: (_ for _ in ()).throw(adapter.MailboxError(adapter.NO_ANSWER)))
        fetch(source)
    assert (RawMessage.objects.count(), server.flags()) == (0, [])
    assert fetch(source) == 1


def test_same_mail_under_another_number_is_the_same_message(server, source):
    server.deliver(report())
    fetch(source)
    server.deliver(report())
    assert fetch(source) == 0
    assert (RawMessage.objects.get().times_seen, Arrival.objects.count()) == (2, 2)


def test_one_bad_mail_stops_none_of_the_others(server, source):
    for content in (b"\x00\xff no header", report(1), b"Content-Type: multipart/mixed\n\n--x", report(2)):
        server.deliver(content)
    assert fetch(source) == 4
    assert sorted(RawMessage.objects.values_list("state", flat=True)) == ["quarantined", "quarantined", "taken", "taken"]


@pytest.mark.parametrize(
    ("error", "problem"),
    [(adapter.MailRefused(adapter.NO_MAIL), adapter.NO_MAIL), (DataError(), mailboxes.NOT_STORED)],
    ids=["mail", "data"],
)
def test_mail_that_cannot_be_had_or_stored_stays_and_stops_no_other(server, source, monkeypatch, error, problem):
    for number in range(3):
        server.deliver(report(number))
    take = mailboxes.take_mail

    def refuse(actor, source, mailbox, waiting):
        if waiting.uid % 3 == 0:
            raise error
        return take(actor, source, mailbox, waiting)

    with monkeypatch.context() as broken:
        broken.setattr(mailboxes, "take_mail", refuse)
        assert fetch(source) == 2
    source.refresh_from_db()
    assert (source.last_problem, server.flags()) == (problem, ["VigilTaken"] * 2)
    assert fetch(source) == 1


def test_mail_that_is_too_large_keeps_its_header_and_says_so(server, source, settings):
    settings.ALERT_LIMITS = {**settings.ALERT_LIMITS, "mail_bytes": 3000}
    server.deliver(mail("x" * 50_000).as_bytes())
    fetch(source)
    message = RawMessage.objects.get()
    assert (message.state, message.size > 50_000, len(message.content) < 1000) == (MessageState.REJECTED, True, True)
    assert "larger than is taken" in message.problem
    assert TravelAlert.objects.get().state == "rejected"
    assert server.flags() == ["VigilRefused"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"password": "wrong"}, adapter.NO_LOGIN),
        ({"port": 1}, adapter.NO_ANSWER),
        ({"ca_file": ""}, adapter.NO_TRUST),
        ({"host": "127.0.0.1"}, adapter.NO_TRUST),
        ({"folder": "Nowhere"}, adapter.NO_FOLDER),
        ({"host": "mail.invalid", "tls": "none"}, adapter.NOT_SAFE),
    ],
    ids=["password", "port", "certificate", "name", "folder", "open way"],
)
def test_door_that_does_not_open_says_why_and_stops_no_other(server, source, settings, changes, problem):
    other = make_alert_source(code="other-mail", unit=source.unit)
    settings.ALERT_MAILBOXES = {"border-mail": server.settings(**changes), "other-mail": server.settings()}
    server.deliver(report())
    assert fetch_mailboxes(actor=None) == 1
    source.refresh_from_db()
    assert (source.fetch_failures, source.last_problem) == (1, problem)
    assert RawMessage.objects.get().source == other
    settings.ALERT_MAILBOXES["border-mail"] = server.settings()
    fetch(source)
    source.refresh_from_db()
    assert (source.fetch_failures, source.last_problem) == (0, "")


def test_wrong_password_shows_among_the_connections(server, source, settings, client):
    settings.ALERT_MAILBOXES = {"border-mail": server.settings(password="wrong")}
    client.force_login(make_user(Role.SUPERVISOR, unit=source.unit))
    page = reverse("intelligence:connections")
    assert "Does not open" not in client.get(page).content.decode()
    fetch(source)
    told = client.get(page).content.decode()
    assert "Does not open" in told
    assert adapter.NO_LOGIN in told
    assert "wrong" not in told.split("Doors of travel alerts")[1].split("Virus scanner")[0]
    settings.ALERT_MAILBOXES = {"border-mail": server.settings()}
    fetch(source)
    assert "Does not open" not in client.get(page).content.decode()


@pytest.mark.parametrize("kind", ["starttls", "none"])
def test_encryption_may_begin_later_and_be_left_out_within_the_machine(server, source, settings, kind):
    settings.ALERT_MAILBOXES = {"border-mail": server.settings(tls=kind, port=server.plain)}
    server.deliver(report())
    assert fetch(source) == 1


def test_source_without_settings_says_so(server, source, settings):
    settings.ALERT_MAILBOXES = {}
    fetch(source)
    source.refresh_from_db()
    assert source.last_problem == mailboxes.NOT_SET_UP


def test_source_out_of_use_is_left_alone(server, source):
    AlertSource.objects.update(is_active=False)
    server.deliver(report())
    assert (fetch_mailboxes(actor=None), server.flags()) == (0, [])


def test_fetching_goes_on_after_the_server_was_away(server, source):
    server.deliver(report(1))
    fetch(source)
    server.stop()
    assert fetch(source) == 0
    source.refresh_from_db()
    assert source.last_problem == adapter.NO_ANSWER
    server.start()
    server.deliver(report(2))
    assert fetch(source) == 1
    assert RawMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_fetchers_at_once_take_each_mail_once(server):
    source = make_alert_source()
    for number in range(12):
        server.deliver(report(number))
    ready, counts = Barrier(2), []

    def run():
        try:
            ready.wait()
            counts.append(fetch(source))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fetch(source)
    assert RawMessage.objects.count() == 12
    assert {message.times_seen for message in RawMessage.objects.all()} == {1}
    assert server.flags() == ["VigilTaken"] * 12
