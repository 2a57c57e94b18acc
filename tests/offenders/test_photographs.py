"""Photographs: only pixels are stored, only pictures are taken, only those who may read the card see them."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from audit.models import Event
from offenders.models import Photograph
from offenders.services.photographs import add_photograph, remove_photograph
from tests.factories import make_exclusion, make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def picture(kind="JPEG", size=(2400, 1200), colour="navy", **values):
    stored = io.BytesIO()
    Image.new("RGB", size, colour).save(stored, kind, **values)
    return stored.getvalue()


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content)


def stored_files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_stored_picture_is_a_small_jpeg_without_anything_else(officer, nominal):
    exif = Image.Exif()
    exif[0x010E] = "Taken at 1 Harbour Row"
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture(exif=exif.tobytes())))
    content = photograph.file.read()
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1200, 600), {})
    assert b"Harbour" not in content
    assert Event.objects.get(nominal=nominal.pk).detail["act"] == "Photograph added"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_become_jpeg(officer, nominal, kind):
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture(kind, (10, 10)), "p.png"))
    assert photograph.file.read(2) == b"\xff\xd8"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture()[:600],
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused_at_its_field_and_nothing_is_stored(officer, nominal, content):
    with pytest.raises(DomainError) as error:
        add_photograph(actor=officer, nominal=nominal, upload=upload(content))
    assert (error.value.field, str(error.value)[:26]) == ("upload", "This file is not a picture")
    assert (Photograph.objects.count(), stored_files()) == (0, [])


def test_too_many_bytes_or_pixels_are_refused(officer, nominal, settings):
    bomb = picture("PNG", (9000, 9000), "black")
    with pytest.raises(DomainError):
        add_photograph(actor=officer, nominal=nominal, upload=upload(bomb))
    settings.PHOTOGRAPH_MAX_BYTES = 100
    with pytest.raises(DomainError):
        add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    assert (Photograph.objects.count(), stored_files()) == (0, [])


def test_same_picture_twice_is_refused(officer, nominal):
    add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    with pytest.raises(DomainError):
        add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    assert len(stored_files()) == 1


def test_remove_takes_row_and_file(officer, nominal, django_capture_on_commit_callbacks):
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    with django_capture_on_commit_callbacks(execute=True):
        remove_photograph(actor=officer, photograph=photograph, reason="Somebody else")
    assert (Photograph.objects.count(), stored_files()) == (0, [])


def test_strangers_neither_add_nor_remove(officer, nominal):
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    for actor in (make_user(), make_user(Role.CONTROL_ROOM, organisation=officer.organisation)):
        with pytest.raises(NotPermitted):
            add_photograph(actor=actor, nominal=nominal, upload=upload(picture(colour="red")))
        with pytest.raises(NotPermitted):
            remove_photograph(actor=actor, photograph=photograph, reason="x")
    assert Photograph.objects.count() == 1


def test_picture_is_sent_to_card_readers_only_and_recorded(client, officer, nominal):
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    operator, excluded = (
        make_user(Role.CONTROL_ROOM, organisation=officer.organisation),
        make_user(Role.CONTROL_ROOM, organisation=officer.organisation),
    )
    make_exclusion(nominal=nominal, user=excluded)
    url = f"/nominals/{nominal.reference}/photographs/{photograph.pk}/"
    client.force_login(operator)
    response = client.get(url)
    assert (response.status_code, response["Content-Type"], response["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.filter(actor=operator, verb="viewed", subject_type="offenders.photograph").count() == 1
    client.force_login(excluded)
    assert client.get(url).status_code == 404
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert client.get(url).status_code == 302  # states a reason first


def test_picture_of_another_record_is_not_found(client, officer, nominal):
    photograph = add_photograph(actor=officer, nominal=nominal, upload=upload(picture()))
    other = make_nominal(offender_manager=officer)
    client.force_login(officer)
    assert client.get(f"/nominals/{other.reference}/photographs/{photograph.pk}/").status_code == 404
    Path(photograph.file.path).unlink()
    assert client.get(f"/nominals/{nominal.reference}/photographs/{photograph.pk}/").status_code == 404


def test_form_says_at_the_field_that_a_file_is_no_picture(client, officer, nominal):
    client.force_login(officer)
    url = f"/nominals/{nominal.reference}/identity/photograph/add/"
    response = client.post(url, {"upload": upload(b"words", "words.jpg"), "source": "Custody"})
    assert response.status_code == 409
    assert response.context["form"].errors["upload"] == ["This file is not a picture. Choose a JPEG, PNG or WebP file."]
    assert "Custody" in response.content.decode()
    assert client.post(url, {"upload": upload(picture())}).status_code == 302
    assert Photograph.objects.count() == 1
