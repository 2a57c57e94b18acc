"""Pages of documents: who sees them, how files are handed out, and what is recorded."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from accounts.choices import Role
from audit.models import Event
from offenders.models import Document
from tests.factories import make_exclusion, make_nominal, make_reason, make_user
from tests.offenders.making_documents import make_document, make_file, make_pdf, make_picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def page(name, row):
    return reverse(f"offenders:{name}", args=[row.nominal.reference, row.public_id])


def test_list_and_document_show_what_there_is(client, nominal):
    document = make_document(nominal=nominal, title="Psychologist's report", source="Dr Quill", is_privileged=True)
    listed = client.get(reverse("offenders:document-list", args=[nominal.reference])).content.decode()
    shown = client.get(page("document", document)).content.decode()
    assert "Psychologist&#x27;s report" in listed
    assert "Privileged" in listed
    assert "No virus scanner is set up" in listed
    assert "Legally privileged" in shown
    assert "This file cannot be shown here" in shown
    assert page("document-download", document.files.get()) in shown
    assert Event.objects.filter(verb="viewed", subject_type="offenders.document").count() == 1


def test_empty_list_says_what_belongs_there(client, nominal):
    assert "No document is on this record" in client.get(reverse("offenders:document-list", args=[nominal.reference])).content.decode()


def test_download_is_an_attachment_with_a_name_of_ours_and_recorded_as_export(client, nominal):
    file = make_document(nominal=nominal).files.get()
    response = client.get(page("document-download", file))
    assert response["Content-Disposition"] == f'attachment; filename="{nominal.reference}-document-1-version-1.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    event = Event.objects.get(verb="exported")
    assert (event.subject_id, event.nominal, event.detail["version"]) == (file.pk, nominal.pk, 1)


@pytest.mark.parametrize(("state", "words"), [("waiting", "waiting for the virus scan"), ("infected", "quarantined")])
@pytest.mark.parametrize("name", ["document-download", "document-picture"])
def test_file_that_is_not_clean_does_not_open(client, nominal, state, words, name):
    document = make_document(nominal=nominal, content=make_picture(), file_type="jpg", state=state)
    response = client.get(page(name, document.files.get()), follow=True)
    assert response.redirect_chain == [(page("document", document), 302)]
    text = response.content.decode()
    assert words in text
    assert page("document-picture", document.files.get()) not in text
    assert not Event.objects.filter(verb="exported").exists()


def test_unscanned_file_opens_and_says_so(client, nominal):
    document = make_document(nominal=nominal, state="unscanned")
    assert "Not scanned: no scanner is set up" in client.get(page("document", document)).content.decode()
    assert client.get(page("document-download", document.files.get())).status_code == 200


def test_picture_is_shown_encoded_anew_and_recorded(client, nominal):
    exif = Image.Exif()
    exif[0x010E] = "Taken at 1 Harbour Row"
    document = make_document(nominal=nominal, content=make_picture("PNG", (2400, 1200), exif=exif.tobytes()), file_type="png")
    response = client.get(page("document-picture", document.files.get()))
    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 800))
    assert b"Harbour" not in response.content
    assert "sandbox" in response["Content-Security-Policy"]
    assert Event.objects.filter(verb="viewed", subject_type="offenders.documentfile").count() == 1
    assert page("document-picture", document.files.get()) in client.get(page("document", document)).content.decode()


def test_what_is_no_picture_has_no_picture(client, nominal):
    assert client.get(page("document-picture", make_document(nominal=nominal).files.get())).status_code == 404


def test_plain_text_is_shown_as_text(client, nominal):
    document = make_document(nominal=nominal, content=b"Seen <script>alert(1)</script> at noon", file_type="txt")
    shown = client.get(page("document", document)).content.decode()
    assert "Seen &lt;script&gt;alert(1)&lt;/script&gt; at noon" in shown


def test_missing_file_is_not_found(client, nominal):
    file = make_document(nominal=nominal).files.get()
    file.file.storage.delete(file.file.name)
    assert client.get(page("document-download", file)).status_code == 404


def test_add_version_and_change_lead_back_to_the_document(client, nominal):
    response = client.post(
        reverse("offenders:document-add", args=[nominal.reference]),
        {"title": "Letter", "kind": "letter", "marking": "official", "upload": upload(make_pdf())},
    )
    document = Document.objects.get()
    assert response["Location"] == page("document", document)
    assert client.post(page("document-version-add", document), {"upload": upload(make_pdf())})["Location"] == page("document", document)
    changed = {"title": "Letter from probation", "kind": "letter", "marking": "official", "version": "1"}
    assert client.post(page("document-change", document), changed).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.files.count()) == ("Letter from probation", 2)


def test_withdrawn_document_says_so_and_opens_no_more(client, nominal):
    document = make_document(nominal=nominal, content=b"Seen at noon", file_type="txt")
    assert "Seen at noon" in client.get(page("document", document)).content.decode()
    assert client.post(page("document-withdraw", document), {"reason": ""}).status_code == 422
    shown = client.post(page("document-withdraw", document), {"reason": "Of somebody else"}, follow=True).content.decode()
    assert "Of somebody else" in shown
    assert "Seen at noon" not in shown
    assert page("document-download", document.files.get()) not in shown
    assert page("document-version-add", document) not in shown
    refused = client.get(page("document-download", document.files.get()), follow=True)
    assert "This document was withdrawn" in refused.content.decode()
    assert "Withdrawn" in client.get(reverse("offenders:document-list", args=[nominal.reference])).content.decode()


def test_second_of_two_people_keeps_what_they_typed(client, nominal):
    document = make_document(nominal=nominal, title="First", version=2)
    typed = {"title": "Mine", "kind": "letter", "marking": "official", "version": "1"}
    response = client.post(page("document-change", document), typed)
    text = response.content.decode()
    assert response.status_code == 409
    assert 'value="Mine"' in text
    assert "What is stored now" in text
    assert client.post(page("document-change", document), {**typed, "version": "2"}).status_code == 302


def test_files_of_another_record_and_hidden_ones_are_not_found(client, officer, nominal):
    file = make_document(nominal=nominal).files.get()
    other = make_nominal(offender_manager=officer)
    assert client.get(reverse("offenders:document-download", args=[other.reference, file.public_id])).status_code == 404
    assert client.get(page("document-download", file)).status_code == 200
    make_exclusion(nominal=nominal, user=officer)
    for name, row in {"document-download": file, "document-picture": file, "document": file.document}.items():
        assert client.get(page(name, row)).status_code == 404


def test_reader_by_reason_reads_and_adds_nothing(client, nominal, officer):
    reader = make_user(Role.OPERATIONAL, organisation=officer.organisation)
    make_reason(nominal=nominal, user=reader, permission="view_case_file")
    document = make_document(nominal=nominal)
    make_file(document=document, content=b"x")
    client.force_login(reader)
    shown = client.get(page("document", document)).content.decode()
    assert "Add a new version" not in shown
    assert client.get(page("document-version-add", document)).status_code == 403
    client.force_login(make_user(Role.CONTROL_ROOM, organisation=officer.organisation))
    assert client.get(page("document", document)).status_code == 403
