"""A small server that speaks clamd's protocol on a real socket, for tests of the virus scan."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VIRUS = b"this-stands-for-a-virus"


class Answering(socketserver.StreamRequestHandler):
    """Takes one INSTREAM command and answers as the server was told to."""

    def handle(self) -> None:
        """Read the command and the pieces, and answer."""
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b"".join(self.pieces())
        self.server.seen.append(len(content))
        found = b"stream: Invented.Virus FOUND\n" if VIRUS in content else b"stream: OK\n"
        self.wfile.write(found if self.server.answer is None else self.server.answer)

    def pieces(self) -> Iterator[bytes]:
        """Yield each piece that comes with its length in front."""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            yield self.rfile.read(length)


class Clamd(socketserver.ThreadingTCPServer):
    """The server; `answer` None: looks for the virus."""

    daemon_threads = True
    answer: bytes | None = None
    seen: list[int]


@contextmanager
def running_clamd() -> Iterator[Clamd]:
    """Run a server on a free loopback port."""
    with Clamd(("127.0.0.1", 0), Answering) as server:
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
