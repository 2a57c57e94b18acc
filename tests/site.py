"""A real site with the demonstration force for real browsers: a database of its own, gunicorn, a worker, Chromium."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg2
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config.processes import free_port, wait_for
from offenders.demo.staff import PASSWORD
from tests.browser import ARGUMENTS, chromium_path
from tests.demonstration import BASE_DIR, MANAGE, Force, database_like, in_database, made_force

TASKS = "1"  # the broker's database of the site; other tests leave their tasks in another one


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the settings with which other parts of it start."""

    address: str
    environment: dict[str, str]

    def query(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement in the database of the site as its owner; return the rows."""
        owner = in_database(os.environ["DATABASE_OWNER_URL"], self.environment["DATABASE_URL"].rpartition("/")[2])
        with closing(psycopg2.connect(owner)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_site(force: Force) -> Iterator[Site]:
    """Serve a copy of the force on a free port, with tasks of its own."""
    with database_like(force.database, "journeys") as name:
        own = settings_of(force, name)
        environment = os.environ | own
        subprocess.run([*MANAGE, "collectstatic", "--noinput", "-v0"], cwd=BASE_DIR, env=environment, check=True)
        port = free_port()
        flags = ["--workers=1", "--threads=4", "--log-level=warning", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", *flags]
        server = subprocess.Popen(command, cwd=BASE_DIR, env=environment)
        try:
            assert wait_for(lambda: server.poll() is not None or page_answers(f"http://127.0.0.1:{port}"), 60), "no answer in 60 seconds"
            assert server.poll() is None, "the server ended"
            yield Site(f"http://127.0.0.1:{port}", own)
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: a browser may still hold a connection
            server.wait(timeout=20)


def settings_of(force: Force, database: str) -> dict[str, str]:
    """Return the settings of a site on a copy of the force."""
    return {
        "DATABASE_URL": in_database(os.environ["DATABASE_URL"], database),
        "DATABASE_AUDIT_URL": in_database(os.environ["DATABASE_AUDIT_URL"], database),
        "REDIS_URL": in_database(os.environ["REDIS_URL"], TASKS),
        "DEMO": "true",
        "SECOND_FACTOR": "false",
        "MEDIA_ROOT": str(force.files),
        "SECRET_KEY": force.secret_key,
        "PAGES_PER_MINUTE": "1000000",
        "FILES_PER_MINUTE": "1000000",
    }


def page_answers(url: str) -> bool:
    """Whether the sign-in page comes."""
    try:
        with urllib.request.urlopen(f"{url}/sign-in/", timeout=5):  # noqa: S310 - our own server
            return True
    except OSError:  # refused or reset while it starts
        return False


@contextmanager
def running_worker(site: Site) -> Iterator[None]:
    """Run the worker of a site, which does what pages leave to it."""
    alone = ["--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=ERROR"]
    command = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--app=config", "--quiet", "worker", *alone]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | site.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def address_of(url: str) -> Iterator[str]:
    """Yield the address of the demonstration that is asked for, else of a fresh one of its own, with a worker."""
    if url:
        yield url.rstrip("/")
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        site = stack.enter_context(running_site(stack.enter_context(made_force(folder / "files"))))
        stack.enter_context(running_worker(site))
        yield site.address


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


def sign_in(page: Page, username: str) -> None:
    """Sign in with the demonstration's password."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_attached()
