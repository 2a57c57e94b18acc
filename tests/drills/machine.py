"""A whole installation for a drill, any part of which can be killed outright and started again as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from config.embedded import BASE_DIR, Servers
from config.processes import Process, family, free_port, run_to_end, started_at, wait_for, write_private
from config.supervisor import page_answers

PATIENCE = 60
CELERY = ["-W", "ignore:You're running the worker", "-m", "celery", "--app", "config", "--quiet"]


class Machine:
    """Database, broker, workers and two schedulers, with the demonstration's people; durable as in production."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.settings = folder, settings
        self.servers = Servers(folder)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Start the servers, and make the tables."""
        self.servers.start()
        owner = self.environment | {"DATABASE_URL": self.environment["DATABASE_OWNER_URL"]}
        self.manage("migrate", "--verbosity=0", environment=owner)

    def start(self, people: int) -> None:
        """Start everything on a database with this many people."""
        self.prepare()
        self.manage("seed_demo", f"--nominals={people}", environment=self.environment)
        for name in ("worker", "beat one", "beat two"):
            self.start_part(name)

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every part."""
        given = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        own = {"DEMO": "true", "SECOND_FACTOR": "false", "VIGIL_STATE": str(self.folder), "MEDIA_ROOT": str(self.folder / "files")}
        return given | own | self.servers.environment() | self.settings

    def manage(self, *command: str, environment: dict[str, str] | None = None) -> int:
        """Run an operator command to its end; return its status."""
        return run_to_end([sys.executable, str(BASE_DIR / "manage.py"), *command], environment or self.environment)

    def say(self, program: str) -> str:
        """Run a program that may use the applications; return what it prints."""
        command = [sys.executable, "-c", f"import django\ndjango.setup()\n{program}"]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def start_part(self, name: str) -> None:
        """Start a worker or a scheduler; each scheduler with a file of its own, as on two machines."""
        beat = ["beat", f"--schedule={self.folder / name.replace(' ', '-')}", "--pidfile="]
        worker = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle"]
        self.run(name, [*CELERY, *(worker if name.startswith("worker") else beat), "--loglevel=ERROR"])

    def start_web(self, name: str, *, threads: int = 4) -> str:
        """Start a web server and wait until it answers; return its address."""
        port = free_port()
        places = [f"--bind=127.0.0.1:{port}", "--workers=2", f"--threads={threads}", "--no-control-socket", "--log-level=warning"]
        self.run(name, ["-m", "gunicorn", "config.wsgi", "--config=python:config.gunicorn", *places])
        wait_for(lambda: page_answers(port) or self.parts[name].poll() is not None, PATIENCE)
        if not page_answers(port):
            raise RuntimeError(f"The web server did not start: {(self.folder / f'{name}.log').read_text(encoding='utf-8')[-1500:]}")
        return f"http://127.0.0.1:{port}"

    def run(self, name: str, arguments: list[str]) -> None:
        """Start a part with the settings as they are now."""
        command = [sys.executable, *arguments]
        with (self.folder / f"{name.replace(' ', '-')}.log").open("ab") as log:
            self.parts[name] = subprocess.Popen(
                command, env=self.environment, cwd=BASE_DIR, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def end_part(self, name: str) -> None:
        """End a part for good."""
        part = self.parts.pop(name)
        kill_family(part.pid)
        part.wait(PATIENCE)

    def kill(self, name: str) -> None:
        """Kill a part outright, all its processes at once, and start it again as it was."""
        if name in {"postgres", "valkey"}:
            self.kill_server(getattr(self.servers, name))
        else:
            kill_family(self.parts[name].pid)
            self.parts[name].wait(PATIENCE)
            self.start_part(name)

    def restart_ended(self) -> list[str]:
        """Start again what ended by itself, as a service manager does: a worker whose broker dies at the wrong moment. Return which."""
        ended = [name for name, part in self.parts.items() if part.poll() is not None]
        for name in ended:
            self.start_part(name)
        return ended

    def kill_server(self, server: Process) -> None:
        """The same for a server, on the port that it had: whoever waits for it finds it there again."""
        record: dict[str, Any] = json.loads(server.record.read_text(encoding="utf-8"))
        head = psutil.Process(record["pid"])
        command, user = head.cmdline(), head.uids().real
        as_it_was = {"user": user, "group": head.gids().real, "extra_groups": [], "cwd": "/"} if user != os.geteuid() else {}
        kill_family(head.pid)
        with suppress(ChildProcessError):
            os.waitpid(head.pid, 0)
        with server.log.open("ab") as log:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **as_it_was)
        write_private(server.record, json.dumps(record | {"pid": child.pid, "started": started_at(child.pid)}))

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what the database answers its owner; waits while it comes back from a kill."""
        found: list[list[tuple[Any, ...]]] = []

        def answers() -> bool:
            address = self.environment["DATABASE_OWNER_URL"]
            with suppress(psycopg2.OperationalError), closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
                cursor.execute(statement)
                found.append(cursor.fetchall())
                connection.commit()
            return bool(found)

        wait_for(answers, PATIENCE)
        return found[0]

    def stop(self) -> None:
        """End everything that was started, and what it holds."""
        for part in self.parts.values():
            kill_family(part.pid)
            part.wait(PATIENCE)
        self.servers.remove()


@contextmanager
def prepared(folder: Path, **settings: str) -> Iterator[Machine]:
    """An installation with its servers and tables and nothing else started, until the block ends."""
    machine = Machine(folder, AUDIT_ANCHOR_FILE="", **settings)
    try:
        machine.prepare()
        yield machine
    finally:
        machine.stop()


def kill_family(pid: int) -> None:
    """Kill a process and all that it started, the head first so that it cannot start them anew."""
    members = family(pid)
    for each in members:
        with suppress(psutil.NoSuchProcess):
            each.send_signal(signal.SIGKILL)
    psutil.wait_procs(members, timeout=PATIENCE)
