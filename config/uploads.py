"""Refuses files that are too large while they are being read: nothing of them stays in memory or on the disk."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

READ_AT_MOST = 6  # times the limit: somebody who sends more than that is not heard out


class SizeLimit(FileUploadHandler):
    """Counts the files of a request and drops the one that goes over the limit of its page.

    A page names the setting of its limit in `upload_limit`; others take what the largest file of the service may have. The dropped
    file's field is remembered on the request as `files_too_large`; its other fields arrive, so the form comes back as it was typed.
    """

    def handle_raw_input(
        self, input_data: Any, META: Mapping[str, Any], content_length: int, boundary: bytes, encoding: str | None = None  # noqa: N803
    ) -> None:
        """Remember how much the sender announced; what is more than all fields may hold must be files."""
        self.announced = content_length - settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self.limit = limit_of(self.request)
        self.kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """End the conversation where far too much was announced."""
        super().new_file(*args, **kwargs)
        if self.announced > self.limit * READ_AT_MOST:
            self.remember()
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on; or drop the file, before its first piece where the announced length is too much already."""
        if max(self.announced, self.kept + start + len(raw_data)) > self.limit:
            self.remember()
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Count what was kept; the next handlers make the file."""
        self.kept += file_size

    def remember(self) -> None:
        """Note which field's file was dropped."""
        self.request.files_too_large = {*getattr(self.request, "files_too_large", ()), self.field_name}


def limit_of(request: Any) -> int:
    """Return the limit of the page that a request is for, in bytes; nothing is taken from somebody who has not signed in."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return 0
    name = getattr(getattr(match.func, "view_class", None), "upload_limit", "")
    return getattr(settings, name) if name else max(settings.IMPORT_MAX_BYTES, settings.DOCUMENT_MAX_BYTES)
