"""Uploads: a file that is too large is dropped while it is being read, and the form comes back as it was typed."""

import io
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from offenders.models import Document
from tests.factories import make_nominal, make_user
from tests.offenders.making_documents import make_pdf, upload

pytestmark = pytest.mark.django_db

MEGABYTE = 1024**2
FIELDS = {"title": "Court bundle from Eastvale", "kind": "court", "source": "Eastvale Crown Court", "marking": "official"}


class Sender(io.BufferedIOBase):
    """A browser that sends a large file, made as it is read; remembers how much was asked for and what lay on the disk meanwhile."""

    def __init__(self, megabytes, folder, size=None):
        super().__init__()
        part = '--limit\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        head = "".join(part.format(name, value) for name, value in FIELDS.items())
        head += '--limit\r\nContent-Disposition: form-data; name="upload"; filename="bundle.pdf"\r\n\r\n%PDF-'
        self.pieces = [head.encode(), *[b"0" * MEGABYTE] * megabytes, b"\r\n--limit--\r\n"]
        self.length = size or sum(map(len, self.pieces))
        self.waiting, self.read_bytes, self.most_on_disk, self.folder = b"", 0, 0, Path(folder)

    def read(self, size=-1):
        while self.pieces and len(self.waiting) < size:
            self.waiting += self.pieces.pop(0)
        given, self.waiting = self.waiting[:size], self.waiting[size:]
        self.read_bytes += len(given)
        self.most_on_disk = max(self.most_on_disk, sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file()))
        return given

    def post(self, client, url):
        """Send it as a web server hands it on."""
        kind = "multipart/form-data; boundary=limit"
        environment = {"REQUEST_METHOD": "POST", "PATH_INFO": url, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(self.length)}
        return client.request(**environment, **{"wsgi.input": self})


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def url(officer):
    return reverse("offenders:document-add", args=[make_nominal(offender_manager=officer).reference])


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    own = tmp_path / "uploads"
    own.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(own)
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    return own


def test_200_megabytes_are_refused_in_little_memory_without_touching_the_disk(client, url, folder):
    sender = Sender(200, folder)
    tracemalloc.start()
    response = sender.post(client, url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    page = response.content.decode()
    assert (response.status_code, Document.objects.count()) == (422, 0)
    assert "The file must be 50MB or smaller" in page
    assert "Court bundle from Eastvale" in page
    assert "Eastvale Crown Court" in page
    assert sender.most_on_disk == 0
    assert peak < 15 * MEGABYTE
    assert list(folder.iterdir()) == []


def test_file_far_over_the_limit_is_not_heard_out(client, url, folder):
    sender = Sender(20, folder, size=2000 * MEGABYTE)
    response = sender.post(client, url)
    assert response.status_code == 422
    assert "Court bundle from Eastvale" in response.content.decode()
    assert sender.read_bytes < MEGABYTE


def test_sender_who_announces_less_than_comes_is_cut_off(client, url, folder, settings):
    settings.DOCUMENT_MAX_BYTES = 2 * MEGABYTE
    sender = Sender(6, folder)
    response = sender.post(client, url)
    assert "The file must be 2MB or smaller" in response.content.decode()
    assert sender.most_on_disk <= 2 * MEGABYTE
    assert list(folder.iterdir()) == []


def test_file_within_the_limit_is_taken(client, url):
    response = client.post(url, {**FIELDS, "upload": upload(make_pdf() + b"%" * 6 * MEGABYTE)})
    assert (response.status_code, Document.objects.get().files.get().size > 6 * MEGABYTE) == (302, True)


def test_nothing_is_kept_of_what_a_stranger_sends(url, folder, settings):
    """The form check reads the body before anybody asks who sends it, which the test client leaves out unless told."""
    sender, stranger = Sender(6, folder), Client(enforce_csrf_checks=True)
    stranger.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    response = sender.post(stranger, url)
    assert (response.status_code, sender.read_bytes > 0, sender.most_on_disk) == (403, True, 0)


def test_program_named_pdf_comes_back_with_what_to_do_and_what_was_typed(client, url):
    response = client.post(url, {**FIELDS, "upload": upload(b"MZ\x90\0" + b"\0" * 500, "statement.pdf")})
    assert response.status_code == 409
    assert "This file is a program" in response.context["form"].errors["upload"][0]
    assert "Court bundle from Eastvale" in response.content.decode()


def test_form_without_a_file_asks_for_one(client, url):
    response = client.post(url, FIELDS)
    assert (response.status_code, response.context["form"].errors["upload"]) == (422, ["Select file"])
