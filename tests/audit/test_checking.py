"""Verifications that are asked for, kept and told; sealing by the clock on a connection of its own; the command."""

import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from audit import tasks
from audit.choices import CheckState, Fault
from audit.models import AuditCheck, Event, Seal
from audit.seals import anchor as anchors
from audit.seals.checking import run_check, start_check
from audit.seals.sealing import seal_trail
from audit.seals.verifying import verify_trail
from tests.audit.making_seals import as_owner, fill, make_event, make_sealed_log, seal_all
from tests.factories import make_force, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return make_user(Role.AUDITOR, organisation=make_force(), email="auditor@force.invalid")


@pytest.fixture
def sealed(sealing):
    make_sealed_log()


@pytest.fixture
def pages(client, auditor, monkeypatch):
    """The browser of an auditor; the worker does at once what pages leave to it."""
    monkeypatch.setattr("audit.seals.checking.current_app.send_task", lambda name, keys=(): getattr(tasks, name.rpartition(".")[2])(*keys))
    client.force_login(auditor)
    return client


def check_of(actor):
    """Ask for a verification and do it."""
    check = start_check(actor=actor)
    run_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def test_a_whole_log_is_said_to_be_whole_and_both_ends_are_events(sealed, auditor):
    check = check_of(auditor)
    assert (check.state, check.fault, check.seals_done, check.anchored_to) == (CheckState.WHOLE, "", check.seals_total, check.seals_total)
    assert check.rows_done > 60
    acts = Event.objects.filter(subject_type="audit.auditcheck").order_by("pk").values_list("detail__act", flat=True)
    assert list(acts) == ["Verification of the log asked for", "Log verified"]


def test_a_bad_place_is_kept_and_told_without_it(sealed, auditor, monkeypatch, django_capture_on_commit_callbacks):
    make_user(Role.AUDITOR, email="away@force.invalid", is_active=False)
    bad = Event.objects.order_by("pk")[2]
    as_owner(f"UPDATE audit_event SET reason = 'Nothing' WHERE id = {bad.pk}")
    with django_capture_on_commit_callbacks(execute=False) as left:
        check = start_check(actor=auditor)
    make_user(Role.ADMINISTRATOR, Role.AUDITOR, email="both@force.invalid")
    monkeypatch.setattr("audit.seals.checking.current_app.send_task", lambda name: tasks.mail_fault())
    with django_capture_on_commit_callbacks(execute=True):
        run_check(check_id=check.pk)
    check.refresh_from_db()
    assert (check.state, check.fault, check.fault_seal, check.place) == (CheckState.BROKEN, Fault.CHANGED, 1, f"seal 1, event {bad.pk}")
    assert len(left) == 1
    assert [message.bcc for message in mail.outbox] == [["auditor@force.invalid", "both@force.invalid"]]
    assert str(bad.pk) not in mail.outbox[0].body


def test_who_can_act_is_told_where_they_start_until_as_much_is_found_whole(auditor, client):
    administrator, start = make_user(Role.ADMINISTRATOR, organisation=auditor.organisation, unit=None), {auditor: "/audit/"}
    start[administrator] = "/users/"

    def told():
        found = []
        for user, address in start.items():
            client.force_login(user)
            page = client.get("/", follow=True)
            assert page.request["PATH_INFO"] == address
            found.append("The log is not whole" in page.content.decode())
        return found

    today = localdate()
    week, all_of_it = today - timedelta(days=7), None
    for since, state, expected in (
        (week, CheckState.WHOLE, False), (week, CheckState.BROKEN, True), (today, CheckState.WHOLE, True), (week, CheckState.STOPPED, True),
        (week, CheckState.WHOLE, False), (all_of_it, CheckState.BROKEN, True), (week, CheckState.WHOLE, True),
        (all_of_it, CheckState.WHOLE, False),
    ):  # fmt: skip
        AuditCheck.objects.create(since=since, state=state, fault=Fault.CHANGED if state == CheckState.BROKEN else "")
        assert told() == [expected, expected], (since, state)


def test_one_verification_at_a_time_and_a_lost_one_gives_way(sealed, auditor):
    lost = start_check(actor=auditor)
    with pytest.raises(DomainError):
        start_check(actor=auditor)
    AuditCheck.objects.update(seen_at=now() - timedelta(minutes=11))
    start_check(actor=None)
    lost.refresh_from_db()
    assert lost.state == CheckState.STOPPED
    run_check(check_id=lost.pk)
    lost.refresh_from_db()
    assert lost.state == CheckState.STOPPED


def test_only_an_auditor_asks_for_one():
    with pytest.raises(NotPermitted):
        start_check(actor=make_user())


def test_by_the_clock_entries_of_older_seals_are_not_read_but_the_chain_is(sealed):
    as_owner("UPDATE audit_event SET reason = 'Nothing'")
    assert verify_trail(since=now() + timedelta(days=1)).finding is None
    assert verify_trail(since=now() - timedelta(days=1)).finding.fault == Fault.CHANGED
    as_owner("DELETE FROM audit_seal WHERE number = 2")
    assert verify_trail(since=now() + timedelta(days=1)).finding.fault == Fault.CHAIN_BROKEN


def test_a_log_without_a_seal_is_whole_and_waits(sealing, auditor):
    assert check_of(auditor).state == CheckState.WHOLE


def test_the_page_shows_the_seal_verifies_and_names_the_first_bad_place(sealed, pages, django_capture_on_commit_callbacks):
    head = Seal.objects.first()
    page = pages.get("/audit/seal/").content.decode()
    assert head.hash_words in page
    assert "has not been verified yet" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert pages.post("/audit/seal/verify/").status_code == 302
    assert "found each of" in pages.get("/audit/seal/").content.decode()
    assert "not whole" not in pages.get("/audit/").content.decode()
    bad = Event.objects.order_by("pk")[3]
    as_owner(f"DELETE FROM audit_event WHERE id = {bad.pk}")
    with django_capture_on_commit_callbacks(execute=True):
        pages.post("/audit/seal/verify/")
    page = pages.get("/audit/seal/").content.decode()
    assert f"seal 1, event {bad.pk}: an entry was removed" in " ".join(page.replace("<strong>", "").split())
    assert "The log is not whole" in pages.get("/audit/").content.decode()


def test_while_it_runs_the_page_shows_how_far_it_is_and_no_button(sealed, pages, auditor):
    AuditCheck.objects.create(state=CheckState.RUNNING, seals_done=3, seals_total=8, rows_done=1234)
    for address in ("/audit/seal/", "/audit/seal/progress/"):
        page = pages.get(address).content.decode()
        assert "3 of 8 seals, 1234 entries verified" in page
        assert "Verify now" not in page
        assert 'hx-trigger="every 2s"' in page


def test_an_event_says_in_which_seal_it_stands_with_its_path(sealing, pages, auditor):
    fill(3)
    event = make_event(7, actor=auditor)
    assert "Not sealed yet" in pages.get(f"/audit/{event.pk}/").content.decode()
    seal_all(batch=100)
    page = pages.get(f"/audit/{event.pk}/").content.decode()
    seal = Seal.objects.get()
    assert f"Sealed in seal {seal.number}" in page
    assert "holds." in page
    assert bytes(seal.root).hex() in page


def command(*arguments):
    """Run the command; return what it printed, and the error that ended it."""
    said, error = StringIO(), ""
    try:
        call_command("verify_audit", *arguments, stdout=said)
    except CommandError as ended:
        error = str(ended)
    return said.getvalue(), error


def test_the_command_says_whole_or_names_the_place_and_fails(sealed, settings):
    assert command()[0].endswith("The log is whole.\n")
    assert command("--anchor", settings.AUDIT_ANCHOR_FILE)[1] == ""
    key = Event.objects.order_by("pk")[3].pk
    said, error = command("--row", f"event:{key}")
    assert (error, said.splitlines()[-1]) == ("", "It holds.")
    as_owner(f"UPDATE audit_event SET verb = 'printed' WHERE id = {key}")
    assert command("--row", f"event:{key}")[1].startswith("It does not hold: seal 1")
    assert command()[1] == f"The log is not whole. First bad place: seal 1, event {key}: an entry was changed."
    assert "not sealed" in command("--row", "event:999999999")[1]
    assert command("--row", "event")[1].startswith("Name the entry")


def test_the_anchor_tells_of_every_seal_once_and_is_private(sealed, settings, monkeypatch):
    path = Path(settings.AUDIT_ANCHOR_FILE)
    lines = path.read_text().splitlines()
    assert [f'"number": {number}' in line for number, line in enumerate(lines, 1)] == [True] * Seal.objects.count()
    assert (path.stat().st_mode & 0o777, anchors.write_anchor()) == (0o600, 0)
    settings.AUDIT_ANCHOR_MAIL = ["keeper@force.invalid"]
    settings.AUDIT_ANCHOR_URL, settings.AUDIT_ANCHOR_TOKEN = "https://anchor.invalid/", "t"
    tasks.mail_seal()
    assert mail.outbox[0].body.strip() == lines[-1]
    sent = []
    monkeypatch.setattr("httpx.post", lambda url, **given: sent.append((url, given)) or Answer())
    assert anchors.post_head()
    assert (sent[0][0], sent[0][1]["content"], sent[0][1]["headers"]["Authorization"]) == ("https://anchor.invalid/", lines[-1], "Bearer t")


class Answer:
    """An address that takes everything."""

    def raise_for_status(self):
        return self


@pytest.mark.django_db(transaction=True)
def test_on_its_own_connection_nothing_is_sealed_below_somebody_who_still_adds(settings):
    """Two people add at once; the one with the lower number ends last. Numbers of transactions would not have told (decision 26)."""
    names = connection.settings_dict
    settings.DATABASE_AUDIT_URL = f"{settings.DATABASE_AUDIT_URL.rpartition('/')[0]}/{names['NAME']}"
    make_event(1)
    assert seal_trail() == 1
    begun, end = threading.Event(), threading.Event()

    def add_slowly():
        with transaction.atomic():
            make_event(2)
            begun.set()
            end.wait(20)
        connection.close()

    slow = threading.Thread(target=add_slowly)
    slow.start()
    begun.wait(20)
    late = make_event(3)
    assert seal_trail() == 0
    assert seal_trail() == 0
    end.set()
    slow.join()
    assert seal_trail() == 1
    tasks.seal_log()
    assert Seal.objects.first().event_to >= late.pk
    outcome = verify_trail(anchor=Path(settings.AUDIT_ANCHOR_FILE))
    assert (outcome.finding, outcome.rows, outcome.anchored_to) == (None, Event.objects.count(), Seal.objects.count())
