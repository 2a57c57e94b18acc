"""Telling agencies' systems of changes: signed, without content, tried again, given up in sight, never twice."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.ciphers import WEBHOOKS, cipher_for
from accounts.errors import DomainError, NotPermitted
from accounts.services.clients import suspend_client
from sharing.adapters import webhooks as adapter
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyChange, Webhook, WebhookDelivery
from sharing.rules.webhooks import PAUSES, signature_of
from sharing.services.changes import note_change
from sharing.services.webhooks import deliver_changes, end_webhook, secret_of, send_again, set_webhook, spread_changes
from tests.accounts.calling import make_client
from tests.factories import make_agency, make_user
from tests.sharing.making_partners import SCOPES

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-000000000001"


class Listener(ThreadingHTTPServer):
    """An agency's system: keeps what it is told, answers with the status that the test wants."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hearer)
        self.heard, self.status, self.location = [], 204, ""
        self.meeting: threading.Barrier | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/changes"


class Hearer(BaseHTTPRequestHandler):
    """One call."""

    server: Listener

    def do_POST(self) -> None:
        """Keep it and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        if self.server.meeting and len(self.server.heard) <= 2:
            self.server.meeting.wait(20)  # until both workers are in the middle of sending
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener():
    """A system that listens while the test runs."""
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def system(listener):
    """A client that is told at the listener, with its administrator and secret."""
    admin = make_user(Role.ADMINISTRATOR)
    made, _ = make_client(admin=admin, agency=make_agency(), scopes=SCOPES, ends_on=localdate() + timedelta(days=60))
    made.admin = admin
    made.webhook_row, made.secret = set_webhook(actor=admin, client=made, url=listener.url)
    return made


def change(system, **values):
    """Something changes for the client's agency."""
    plain = {"kind": ChangeKind.RELEASE_SENT, "force": system.force, "agency": system.agency, "subject": KEY}
    return note_change(actor=None, **plain | values)


def test_change_is_told_signed_and_without_content(listener, system):
    change(system, force=make_user().organisation)  # of another force
    change(system, agency=make_agency())  # of another agency
    noted = change(system)
    assert deliver_changes(actor=None) == 1
    path, headers, body = listener.heard[0]
    assert path == "/changes"
    assert json.loads(body) == {"id": noted.pk, "kind": "release.sent", "subject": KEY, "at": noted.at.isoformat()}
    moment = int(headers["Vigil-Signature"].split(",")[0].removeprefix("t="))
    assert headers["Vigil-Signature"] == signature_of(system.secret, moment, body)
    assert headers["Vigil-Signature"] != signature_of("other", moment, body)
    assert abs(now().timestamp() - moment) < 60
    assert deliver_changes(actor=None) == 0
    assert len(listener.heard) == 1


def test_what_changed_before_is_not_told(listener, system):
    change(system)
    end_webhook(actor=system.admin, client=system)
    change(system)
    set_webhook(actor=system.admin, client=system, url=listener.url)
    deliver_changes(actor=None)
    assert listener.heard == []


def test_it_is_tried_again_with_growing_pauses_then_given_up_and_sent_again_by_hand(listener, system):
    listener.status = 503
    change(system)
    with time_machine.travel(now() + timedelta(minutes=1), tick=False) as clock:
        for tries, pause in enumerate(PAUSES, start=1):
            deliver_changes(actor=None)
            assert len(listener.heard) == tries
            deliver_changes(actor=None)  # not due yet
            assert len(listener.heard) == tries
            clock.shift(pause)
        deliver_changes(actor=None)
        row = WebhookDelivery.objects.get()
        assert (row.state, row.tries, row.answer) == ("given_up", len(PAUSES) + 1, "answered 503")
        clock.shift(timedelta(days=9))
        deliver_changes(actor=None)
        assert len(listener.heard) == len(PAUSES) + 1
        listener.status = 200
        assert send_again(actor=system.admin, client=system) == 1
        assert deliver_changes(actor=None) == 1
    assert WebhookDelivery.objects.get().state == "delivered"


def test_redirect_is_not_followed(listener, system):
    listener.status, listener.location = 302, f"{listener.url}/elsewhere"
    change(system)
    assert deliver_changes(actor=None) == 0
    assert [path for path, _, _ in listener.heard] == ["/changes"]
    assert WebhookDelivery.objects.get().answer == "answered 302"


def test_client_that_is_shut_out_is_told_nothing(listener, system):
    change(system)
    suspend_client(actor=system.admin, client=system)
    deliver_changes(actor=None)
    assert (listener.heard, WebhookDelivery.objects.count()) == ([], 0)


def test_system_that_is_not_there_is_one_of_the_tries(system, listener):
    Webhook.objects.update(url="http://127.0.0.1:9/nobody")
    change(system)
    assert deliver_changes(actor=None) == 0
    row = WebhookDelivery.objects.get()
    assert (row.state, row.tries, row.answer) == ("waiting", 1, "not reached")


def test_secret_is_kept_only_encrypted_and_one_of_another_key_is_said(listener, system, settings):
    row = Webhook.objects.get()
    assert system.secret not in row.kept_secret
    assert cipher_for(WEBHOOKS).decrypt(row.kept_secret.encode()).decode() == system.secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [settings.SECRET_KEY]
    assert secret_of(row) == system.secret
    settings.SECRET_KEY_FALLBACKS = []
    change(system)
    deliver_changes(actor=None)
    assert (listener.heard, WebhookDelivery.objects.get().answer) == ([], "secret cannot be read: make a new one")


@pytest.mark.parametrize(
    "url",
    ["http://agency.example/", "ftp://agency.example/", "https://", "https://user:pass@agency.example/", "http://127.0.0.1:x/"],
)
def test_unsafe_address_is_refused(url):
    admin = make_user(Role.ADMINISTRATOR)
    made, _ = make_client(admin=admin, agency=make_agency(), scopes=SCOPES)
    with pytest.raises(DomainError):
        set_webhook(actor=admin, client=made, url=url)


@pytest.mark.parametrize("found", ["127.0.0.1", "169.254.169.254", "::1", "224.0.0.1"])
def test_name_that_leads_to_the_machine_itself_is_not_called(found, monkeypatch):
    monkeypatch.setattr(adapter.socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", (found, 443))])
    assert adapter.send("https://agency.example/", {}, b"{}") == (False, "address not allowed")


def test_only_administrators_of_the_force_set_it_and_only_for_clients_that_read_changes(system):
    for user in (make_user(), make_user(Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            set_webhook(actor=user, client=system, url="https://agency.example/")
    narrow, _ = make_client(admin=system.admin, agency=make_agency(), scopes=["shared-records"])
    with pytest.raises(DomainError):
        set_webhook(actor=system.admin, client=narrow, url="https://agency.example/")


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_each_change_once(listener, system):
    for _ in range(6):
        change(system)
    spread_changes(system.webhook_row.pk)  # so that both find something to send at once
    listener.meeting = threading.Barrier(2)

    def sweep() -> None:
        """Sweep as a worker of its own."""
        try:
            deliver_changes(actor=None)
        finally:
            connection.close()

    sweeps = [threading.Thread(target=sweep) for _ in range(2)]
    for each in sweeps:
        each.start()
    for each in sweeps:
        each.join()
    told = [json.loads(body)["id"] for _, _, body in listener.heard]
    assert sorted(told) == list(AgencyChange.objects.order_by("pk").values_list("pk", flat=True))
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}
    with pytest.raises(DomainError):
        end_webhook(actor=system.admin, client=make_client(admin=system.admin, agency=make_agency(), scopes=SCOPES)[0])

