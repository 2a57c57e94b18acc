"""A `make run` under test, in a state folder of its own, by which every process it starts is known."""
import http.client
import os
import subprocess
import sys
from pathlib import Path

import psutil

from config.processes import free_port, wait_for

BASE_DIR = Path(__file__).resolve().parents[2]
START_SECONDS = 240


class Run:
    """One run, from start to stop, any number of times."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        given = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_AUDIT_URL", "DATABASE_BACKUP_URL", "REDIS_URL", "SECRET_KEY", "BEHIND_TLS"}
        settings = {name: value for name, value in os.environ.items() if name not in given and not name.startswith("PYTEST")}
        places = {"VIGIL_STATE": str(folder), "PORT": str(self.port), "MEDIA_ROOT": str(folder / "files")}
        self.environment = settings | places | {"DEMO_NOMINALS": "10"}
        self.said = folder.with_suffix(".log")

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and wait until it says that it is up, or has ended."""
        with self.said.open("wb") as log:
            command = [sys.executable, "-m", "config.supervisor"]
            process = subprocess.Popen(command, cwd=BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        wait_for(lambda: "Ctrl-C stops everything" in self.said.read_text() or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, self.said.read_text()
        return process

    def processes(self) -> set[str]:
        """The kinds of process that run with this state folder."""
        return {kind(each) for each in psutil.process_iter() if belongs(each, self.folder)}

    def answers(self) -> int:
        """The status of the sign-in page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/sign-in/")
        status = connection.getresponse().status
        connection.close()
        return status


def belongs(process: psutil.Process, folder: Path) -> bool:
    """Whether a process was started, however indirectly, for this state folder."""
    try:
        return process.environ().get("VIGIL_STATE") == str(folder)
    except psutil.Error:
        return False


def kind(process: psutil.Process) -> str:
    """A word for what a process is."""
    words = " ".join(process.cmdline()) or process.name()
    names = ("postgres", "valkey", "gunicorn", "celery", "config.supervisor")
    return next((name for name in names if name in words), words)
