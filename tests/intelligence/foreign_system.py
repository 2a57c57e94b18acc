"""Another system, as a real server on a loopback port: it answers as it was told to, one answer after the other."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TRACE = {"result": "trace", "reference": "1971/0000417H", "records_found": 2, "last_entry_on": "2026-10-01", "details": "Two warnings."}


class Answering(BaseHTTPRequestHandler):
    """Answers each question with the next answer; the last one stays."""

    def do_POST(self) -> None:
        """Keep what was asked, and answer."""
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
        status, answer, pause = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        if pause:
            server.done.wait(pause)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
        self.end_headers()
        for start in range(0, len(content), 4):
            if server.is_dripping and server.done.wait(0.1):
                return
            self.wfile.write(content[start : start + 4] if server.is_dripping else content)
            if not server.is_dripping:
                return

    def log_message(self, *args: Any) -> None:
        """Write nothing."""


class ForeignSystem(ThreadingHTTPServer):
    """The server; `answers` are (status, body, seconds of silence)."""

    daemon_threads = True
    is_dripping = False
    answers: list[tuple[int, Any, float]]
    asked: list[tuple[str, str, Any]]

    def handle_error(self, *args: Any) -> None:
        """A caller that hangs up is none of our business."""

    def will(self, *answers: Any, status: int = 200, pause: float = 0) -> None:
        """Answer so; an answer that is a number is a status."""
        self.answers = [(answer, b"", pause) if isinstance(answer, int) else (status, answer, pause) for answer in answers]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/checks"


@contextmanager
def running_system() -> Iterator[ForeignSystem]:
    """Run a system that knows the person."""
    with ForeignSystem(("127.0.0.1", 0), Answering) as server:
        server.asked, server.done = [], threading.Event()
        server.will(TRACE)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.done.set()
            server.shutdown()
            thread.join()
