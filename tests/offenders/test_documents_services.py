"""Documents are added, get versions and are changed; what fails leaves neither row nor file."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from audit.models import Event
from offenders.demo.documents import add_documents
from offenders.guards.documents import require_exportable, require_openable
from offenders.models import Document, DocumentFile
from offenders.rules.documents import identify
from offenders.services.documents import add_document, add_version, change_document, remove_left_over_files, withdraw_document
from offenders.timeline.documents import document_entries
from tests.factories import make_nominal, make_user
from tests.offenders.making_documents import make_document, make_file, make_pdf, make_picture, make_word, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def stored_files():
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def add(officer, nominal, content=None, name="a.pdf", **values):
    words = {"title": "Psychologist's report", "kind": "report", **values}
    return add_document(actor=officer, nominal=nominal, upload=upload(content or make_pdf(), name), **words)


def test_document_is_stored_under_a_name_that_says_nothing_and_waits_for_its_scan(officer, nominal):
    document = add(officer, nominal, name="Arthur Sample\nreport.pdf", source="Dr Quill", dated_on=date(2026, 11, 2))
    file = document.files.get()
    assert (document.number, document.marking, document.is_privileged) == (1, "official_sensitive", False)
    assert (file.number, file.file_type, file.scan_state, file.original_name) == (1, "pdf", "waiting", "Arthur Sample report.pdf")
    assert file.safe_name == f"{nominal.reference}-document-1-version-1.pdf"
    assert [path.stat().st_mode & 0o777 for path in stored_files()] == [0o600]
    assert "Sample" not in str(file.file.name)
    event = Event.objects.get(nominal=nominal.pk)
    assert event.detail == {"act": "Document added", "number": 1, "kind": "report"}


def test_file_is_named_by_its_content(officer, nominal):
    assert add(officer, nominal, make_word(), "holiday.jpg").files.get().file_type == "docx"


def test_program_named_as_a_paper_is_refused_with_what_to_do_and_nothing_stays(officer, nominal):
    with pytest.raises(DomainError) as error:
        add(officer, nominal, b"MZ\x90\0" + b"\0" * 300, "invoice.pdf")
    assert (error.value.field, "Tell your IT security team" in str(error.value)) == ("upload", True)
    assert (Document.objects.count(), stored_files()) == (0, [])


def test_file_over_the_limit_is_refused(officer, nominal, settings):
    settings.DOCUMENT_MAX_BYTES = 1024**2
    with pytest.raises(DomainError) as error:
        add(officer, nominal, make_pdf() + b"%" * 1024**2)
    assert str(error.value).startswith("The file must be 1MB or smaller")


def test_versions_count_up_and_the_first_file_stays(officer, nominal):
    document = add(officer, nominal)
    first = document.files.get()
    second = add_version(actor=officer, document=document, upload=upload(make_picture(), "scan.jpg"), note="Signed")
    assert [file.number for file in document.files.all()] == [2, 1]
    assert (second.file_type, second.note, first.file.read()[:5]) == ("jpg", "Signed", b"%PDF-")
    assert add(officer, nominal).number == 2


def test_same_file_twice_is_refused_and_its_copy_removed(officer, nominal):
    content = make_pdf()
    document = add(officer, nominal, content)
    with pytest.raises(DomainError):
        add_version(actor=officer, document=document, upload=upload(content))
    assert (DocumentFile.objects.count(), len(stored_files())) == (1, 1)


def test_file_goes_when_its_row_cannot_be_stored(officer, nominal, monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(DocumentFile, "save", refuse)
    with pytest.raises(IntegrityError):
        add(officer, nominal)
    assert (Document.objects.count(), stored_files()) == (0, [])


def test_prosecutors_advice_is_privileged_whatever_is_ticked_and_leaves_no_case_file(officer, nominal):
    advice = add(officer, nominal, kind="advice", is_privileged=False)
    plain = add(officer, nominal)
    assert advice.is_privileged
    assert list(Document.objects.for_user(officer).exportable()) == [plain]
    require_exportable(plain)
    with pytest.raises(DomainError):
        require_exportable(advice)
    changed = change_document(actor=officer, document=advice, version=1, is_privileged=False, kind="advice")
    assert changed.is_privileged


def test_words_change_once_for_each_version_seen(officer, nominal):
    document = add(officer, nominal)
    changed = change_document(actor=officer, document=document, version=1, title="Court report", kind="court")
    assert (changed.title, changed.kind, changed.version) == ("Court report", "court", 2)
    with pytest.raises(StaleRecord):
        change_document(actor=officer, document=document, version=1, title="Other")
    event = Event.objects.filter(nominal=nominal.pk).latest("pk")
    assert event.detail["fields"] == ["kind", "title"]


def test_withdrawn_document_stays_with_its_reason_and_is_closed_for_good(officer, nominal):
    document = make_document(nominal=nominal)
    require_openable(document.files.get())
    assert Document.objects.for_user(officer).exportable().exists()
    withdrawn = withdraw_document(actor=officer, document=document, reason="Of somebody else")
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_why, len(stored_files())) == (officer, "Of somebody else", 1)
    assert Event.objects.get(nominal=nominal.pk).reason == "Of somebody else"
    assert not Document.objects.for_user(officer).exportable().exists()
    with pytest.raises(DomainError):
        require_openable(withdrawn.files.get())
    for act in (
        lambda: withdraw_document(actor=officer, document=document, reason="Again"),
        lambda: change_document(actor=officer, document=document, version=2, title="Other"),
        lambda: add_version(actor=officer, document=document, upload=upload(make_pdf())),
    ):
        with pytest.raises(DomainError) as error:
            act()
        assert "was withdrawn" in str(error.value)


def test_strangers_add_and_change_nothing(officer, nominal):
    document = make_document(nominal=nominal)
    for actor in (make_user(), make_user(Role.CONTROL_ROOM, organisation=officer.organisation)):
        with pytest.raises(NotPermitted):
            add(actor, nominal)
        with pytest.raises(NotPermitted):
            add_version(actor=actor, document=document, upload=upload(make_pdf()))
        with pytest.raises(NotPermitted):
            change_document(actor=actor, document=document, version=1, title="x")
        with pytest.raises(NotPermitted):
            withdraw_document(actor=actor, document=document, reason="x")
    assert (Document.objects.count(), DocumentFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"number": 0}, "document_numbers_start_at_one"),
        ({"kind": "advice", "is_privileged": False}, "document_prosecutors_advice_is_privileged"),
        ({"marking": "secret"}, "document_words_known"),
        ({"withdrawn_at": now()}, "document_withdrawn_wholly"),
    ],
)
def test_database_refuses_documents_that_cannot_be(nominal, values, name):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_document(nominal=nominal, **values)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"number": 1}, "document_file_number_once"),
        ({"size": 0}, "document_file_has_number_and_size"),
        ({"file_type": "exe"}, "document_file_words_known"),
        ({"scan_state": "clean", "scanned_at": None}, "document_file_scanned_when_it_says_so"),
        ({"scan_state": "waiting"}, "document_file_scanned_when_it_says_so"),
    ],
)
def test_database_refuses_files_that_cannot_be(nominal, values, name):
    document = make_document(nominal=nominal)
    row = make_file(document=document, content=b"x")
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        DocumentFile.objects.filter(pk=row.pk).update(**values)
    assert name in str(error.value)


def test_files_without_a_row_go_after_a_day(officer, nominal, monkeypatch):
    kept = make_document(nominal=nominal).files.get()
    default_storage.save("documents/left-over", ContentFile(b"x"))
    assert remove_left_over_files(actor=None) == 0
    monkeypatch.setattr(type(default_storage), "get_modified_time", lambda self, name: now() - timedelta(days=2), raising=False)
    assert remove_left_over_files(actor=None) == 1
    assert [path.name for path in stored_files()] == [Path(str(kept.file.name)).name]
    assert remove_left_over_files(actor=None) == 0


def test_line_of_time_tells_of_each_file_to_readers_of_the_case_file(officer, nominal):
    document = make_document(nominal=nominal)
    make_file(document=document, content=b"x")
    entries = list(document_entries(officer, nominal, now() + timedelta(days=1), 10))
    assert [entry.title for entry in entries] == ["Version 2 of a document added: Report 1", "Document added: Report 1"]
    assert len(list(document_entries(officer, nominal, now() + timedelta(days=1), 1))) == 1
    assert list(document_entries(make_user(), nominal, now() + timedelta(days=1), 10)) == []


def test_papers_of_the_demonstration_are_what_they_say(nominal):
    add_documents({}, nominal, [], date(2026, 11, 24))
    for row in DocumentFile.objects.filter(nominal=nominal):
        with row.file.open("rb") as file:
            assert identify(file, row.size) == row.file_type
    assert Document.objects.filter(nominal=nominal, is_privileged=True).count() == 1
    assert len(PdfReader(DocumentFile.objects.filter(file_type="pdf").first().file).pages) == 1
