"""The virus scan: against a server that speaks the scanner's protocol, and with none, silent and broken ones."""

import socket
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from actions.models import Action, Notification
from audit.models import Event
from offenders import tasks
from offenders.choices.documents import ScanState
from offenders.models import DocumentFile
from offenders.services import scans
from offenders.services.documents import add_document
from tests.factories import make_nominal, make_user
from tests.offenders.clamd import VIRUS, running_clamd
from tests.offenders.making_documents import make_document, make_pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def clamd(settings):
    with running_clamd() as server:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = server.server_address
        yield server


@pytest.fixture
def file():
    return make_document(nominal=make_nominal(), state=ScanState.WAITING).files.get()


@pytest.fixture
def infected():
    nominal = make_nominal()
    make_user(Role.SUPERVISOR, unit=nominal.unit)
    return make_document(nominal=nominal, state=ScanState.WAITING, content=make_pdf() + VIRUS).files.get()


def scan(file):
    scans.scan_file(actor=None, file_id=file.pk)
    file.refresh_from_db()
    return file.scan_state


def test_clean_file_opens_and_is_scanned_once(clamd, file):
    assert scan(file) == ScanState.CLEAN
    assert file.scanned_at
    assert scan(file) == ScanState.CLEAN
    assert clamd.seen == [file.size]
    assert [event.detail for event in Event.objects.all()] == [{"act": "File scanned", "state": "clean"}]


def test_infected_file_is_quarantined_and_people_are_told_without_names(clamd, infected):
    assert scan(infected) == ScanState.INFECTED
    assert infected.scan_words == "Invented.Virus"
    assert not infected.is_openable
    told = Notification.objects.filter(action=None)
    lead = User.objects.get(groups__name=Role.SUPERVISOR)
    assert {row.recipient for row in told} == {infected.added_by, lead}
    assert told.count() == 2
    assert {row.text for row in told} == {"A virus was found in a document. The file is quarantined."}
    action = Action.objects.get(kind="document-infected")
    assert (action.owner_unit, action.state, action.nominal) == (infected.nominal.unit, "open", infected.nominal_id)
    assert scan(infected) == ScanState.INFECTED
    assert (Action.objects.count(), Notification.objects.filter(action=None).count()) == (1, 2)


def test_without_a_scanner_the_file_says_so_and_is_scanned_once_there_is_one(file, settings, clamd):
    host, settings.CLAMAV_HOST = settings.CLAMAV_HOST, ""
    assert scan(file) == ScanState.UNSCANNED
    assert (file.is_openable, file.scanned_at) == (True, None)
    assert scan(file) == ScanState.UNSCANNED
    settings.CLAMAV_HOST = host
    assert scan(file) == ScanState.CLEAN


@pytest.mark.parametrize("answer", [b"", b"stream: No space ERROR\n", b"what?\n", b"\xff\xfe\n", b"INSTREAM size limit exceeded. ERROR\n"])
def test_answers_that_say_nothing_leave_the_file_closed_and_free_for_another_try(clamd, file, answer):
    clamd.answer = answer
    assert scan(file) == ScanState.WAITING
    assert (file.is_openable, file.claimed_at) == (False, None)
    assert file.scan_words in {scans.SILENT, scans.TOO_LONG}
    clamd.answer = None
    assert scan(file) == ScanState.CLEAN
    assert file.scan_words == ""


def test_scanner_that_cannot_be_reached_leaves_the_file_waiting(file, settings):
    with running_clamd() as server:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = server.server_address
    assert scan(file) == ScanState.WAITING
    assert file.scan_words == scans.SILENT


def test_scanner_that_stays_silent_is_given_up(file, settings, monkeypatch):
    monkeypatch.setattr(scans, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = silent.getsockname()
        assert scan(file) == ScanState.WAITING


def test_file_that_another_worker_has_is_left_until_that_one_must_be_dead(clamd, file):
    DocumentFile.objects.filter(pk=file.pk).update(claimed_at=now())
    assert scan(file) == ScanState.WAITING
    DocumentFile.objects.filter(pk=file.pk).update(claimed_at=now() - scans.CLAIM_LASTS - timedelta(seconds=1))
    assert scan(file) == ScanState.CLEAN


def test_sweep_hands_over_what_waits_and_asks_once_to_look_at_what_waits_long(clamd, file, monkeypatch):
    handed = []
    monkeypatch.setattr(scans, "scan_later", handed.append)
    make_document(nominal=file.nominal)
    assert scans.scan_waiting_files(actor=None) == 1
    assert (handed, Action.objects.count()) == ([file.pk], 0)
    DocumentFile.objects.filter(pk=file.pk).update(added_at=now() - scans.LATE_AFTER * 2)
    scans.scan_waiting_files(actor=None)
    scans.scan_waiting_files(actor=None)
    action = Action.objects.get()
    assert (action.kind, action.rule_code, action.owner_unit) == ("document-scan", "document-scan", file.nominal.unit)
    assert scan(file) == ScanState.CLEAN
    action.refresh_from_db()
    assert action.state == "done"


def test_new_document_is_handed_over_after_it_is_stored(clamd, monkeypatch, django_capture_on_commit_callbacks):
    handed, officer = [], make_user()
    monkeypatch.setattr("offenders.services.documents.scan_later", handed.append)
    with django_capture_on_commit_callbacks() as callbacks:
        document = add_document(
            actor=officer, nominal=make_nominal(offender_manager=officer), upload=upload(make_pdf()), title="Report", kind="report"
        )
        assert handed == []
    [callback() for callback in callbacks]
    assert handed == [document.files.get().pk]


@pytest.mark.django_db(transaction=True)
def test_one_file_is_sent_once_by_two_workers_at_a_time(clamd):
    file, barrier = make_document(nominal=make_nominal(), state=ScanState.WAITING).files.get(), Barrier(2)

    def work():
        barrier.wait()
        scans.scan_file(actor=None, file_id=file.pk)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    file.refresh_from_db()
    assert (clamd.seen, file.scan_state) == ([file.size], ScanState.CLEAN)


def test_worker_scans_sweeps_and_tidies(clamd, file, monkeypatch):
    monkeypatch.setattr(scans, "scan_later", tasks.scan_document_file)
    tasks.scan_waiting_files()
    tasks.remove_left_over_files()
    file.refresh_from_db()
    assert (file.scan_state, file.file.storage.exists(file.file.name)) == (ScanState.CLEAN, True)
