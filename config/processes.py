"""Server processes that outlive the command that started them, each known by a small file other commands can read."""
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

START_SECONDS = 60
STOP_SECONDS = 30
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServerError(Exception):
    """A server could not be started or reached; the message says what to do."""


class Process:
    """One server: started on a free loopback port, found again by its record, stopped by anyone who may read that."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.record = folder / f"{name}.json"
        self.log = folder / f"{name}.log"

    @property
    def port(self) -> int:
        """The port it listens on; ServerError when it does not run."""
        if not (found := self._found()):
            raise ServerError(f"The embedded {self.name} is not running. Start it with `python -m config.embedded start`.")
        return int(found["port"])

    def is_running(self) -> bool:
        """Whether the recorded process is alive and still the one that was recorded."""
        return self._found() is not None

    def start(self, command: Callable[[int], list[str]], answers: Callable[[int], bool], **options: Any) -> None:
        """Start it and wait until it answers; try another port when the first was taken meanwhile."""
        for _ in range(3):
            if self._answers_on(free_port(), command, answers, options):
                return
            self.stop(signal.SIGKILL)
        raise ServerError(f"The embedded {self.name} did not start. {self.log} ends with:\n{tail(self.log)}")

    def stop(self, gentle: signal.Signals) -> None:
        """Ask it to finish; kill it when it does not."""
        for number in (gentle, signal.SIGKILL):
            if found := self._found():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(found["pid"], number)
                wait_for(lambda: not self.is_running(), STOP_SECONDS)
        self.record.unlink(missing_ok=True)

    def _answers_on(self, port: int, command: Callable[[int], list[str]], answers: Callable[[int], bool], options: dict[str, Any]) -> bool:
        with self.log.open("ab") as log:
            child = subprocess.Popen(command(port), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **options)
        write_private(self.record, json.dumps({"pid": child.pid, "port": port, "started": started_at(child.pid)}))
        wait_for(lambda: child.poll() is not None or answers(port), START_SECONDS)
        return child.poll() is None and answers(port)

    def _found(self) -> dict[str, Any] | None:
        """Return the record when it is of a live process; the time of start tells it from a later one of the same number."""
        try:
            record: dict[str, Any] = json.loads(self.record.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        started = started_at(record["pid"])
        return record if started is not None and started == record["started"] else None


@contextlib.contextmanager
def signals_end_it() -> Iterator[None]:
    """Within, a signal to stop raises SystemExit once; further ones are ignored, so that tidying up is not broken off."""

    def leave(number: int, _frame: object) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(128 + number)

    for each in STOP_SIGNALS:
        signal.signal(each, leave)
    yield


def run_to_end(command: list[str], environment: dict[str, str]) -> int:
    """Run a command and return its exit status; when we are stopped meanwhile, it and all it started end too."""
    child = subprocess.Popen(command, env=environment)
    try:
        return child.wait()
    finally:
        end_all(family(child.pid))


def family(pid: int) -> list[psutil.Process]:
    """A process and all its descendants, as far as they live."""
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def end_all(processes: list[psutil.Process], patience: float = STOP_SECONDS) -> None:
    """Ask all to finish; kill those that do not in time."""
    for each in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.terminate()
    for each in psutil.wait_procs(processes, timeout=patience)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()


def started_at(pid: int) -> float | None:
    """When a process started, or nothing when it has ended (a zombie has ended)."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None


def wait_for(true: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until the answer is yes or the time is up; return the last answer."""
    deadline = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port just given up counts as free
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(draft, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    draft.replace(path)


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
