"""Photographs: taken in only as pixels, so that nothing else a file can carry is stored."""

from __future__ import annotations

import hashlib
import io
import uuid
import warnings
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.models import Nominal, Photograph
from offenders.services.records import lock_nominal

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1200
MOST_PIXELS = 50_000_000
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
)


@transaction.atomic
def add_photograph(*, actor: User, nominal: Nominal, upload: UploadedFile, taken_on: date | None = None, source: str = "") -> Photograph:
    """Encode the picture anew and put it on the record."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    picture = encode_picture(upload)
    lock_nominal(nominal)
    digest = hashlib.sha256(picture).hexdigest()
    if Photograph.objects.filter(nominal=nominal, sha256=digest).exists():
        raise DomainError("This picture is on the record already.", field="upload")
    photograph = Photograph(nominal=nominal, sha256=digest, taken_on=taken_on, source=source, added_by=actor)
    photograph.file.save(f"{uuid.uuid4()}.jpg", ContentFile(picture), save=False)
    photograph.save()
    record_event(Verb.CHANGED, photograph, act="Photograph added")
    return photograph


@transaction.atomic
def remove_photograph(*, actor: User, photograph: Photograph, reason: str) -> None:
    """Take a picture off the record, and its file off the disk."""
    authorise(actor, Perm.CHANGE_RECORD, photograph)
    photograph = hold(photograph)
    storage, path = photograph.file.storage, str(photograph.file.name)
    record_event(Verb.CHANGED, photograph, reason=reason, act="Photograph removed")
    photograph.delete()
    transaction.on_commit(lambda: storage.delete(path), robust=True)


def encode_picture(upload: UploadedFile) -> bytes:
    """Return the picture as a plain JPEG without anything but pixels; DomainError when it is none or too large."""
    if (upload.size or 0) > settings.PHOTOGRAPH_MAX_BYTES:
        most = settings.PHOTOGRAPH_MAX_BYTES // (1024 * 1024)
        raise DomainError("The file must be smaller than {most}MB.", most=most, field="upload")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return plain_jpeg(upload)
    except UNREADABLE as error:
        raise DomainError("This file is not a picture. Choose a JPEG, PNG or WebP file.", field="upload") from error


def plain_jpeg(upload: UploadedFile) -> bytes:
    """Decode and encode anew; whatever the picture library refuses comes out as its error."""
    Image.open(upload, formats=FORMATS).verify()
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise DomainError("This picture has too many pixels. Make it smaller and try again.", field="upload")
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    stored = io.BytesIO()
    clean.save(stored, "JPEG", quality=85, optimize=True)
    return stored.getvalue()
