"""A server for answers that were made before, so that a browser shows them with what belongs to them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse


class Answers(ThreadingHTTPServer):
    """A server that gives each answer once, as the service would send it, and static files in a way that the browser keeps."""

    daemon_threads = True
    shown: HttpResponse

    def answer_to(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        if path.startswith("/static/"):
            found = Path(finders.find(path.removeprefix("/static/")))
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return 200, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, found.read_bytes()
        if path == quote(self.shown.request["PATH_INFO"]):
            return 200, dict(self.shown.items()), self.shown.content
        return 204, {}, b""


class Handler(BaseHTTPRequestHandler):
    """Sends what the server says."""

    protocol_version = "HTTP/1.1"
    server: Answers

    def do_GET(self) -> None:  # named by the standard library
        status, headers, body = self.server.answer_to(urlsplit(self.path).path)
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - what a page asks by itself is not what is looked at

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Answers]:
    """The server, on a port of its own."""
    server = Answers(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
