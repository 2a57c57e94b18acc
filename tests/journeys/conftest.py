"""A real site for real browsers: a database of its own with the demonstration force, gunicorn, Chromium."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config.processes import free_port, wait_for
from offenders.demo.staff import PASSWORD
from tests.browser import ARGUMENTS, chromium_path
from tests.demonstration import BASE_DIR, MANAGE, Force, database_like, in_database

TASKS = "1"  # the broker's database of the site; other tests leave their tasks in another one


def page_answers(url: str) -> bool:
    """Whether the sign-in page comes."""
    try:
        with urllib.request.urlopen(f"{url}/sign-in/", timeout=5):  # noqa: S310 - our own server
            return True
    except OSError:  # refused or reset while it starts
        return False


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


@pytest.fixture(scope="package")
def site(site_parts: Site) -> str:
    """The address of a running site with the demonstration force in it."""
    return site_parts.address


@pytest.fixture(scope="package")
def site_parts(force: Force) -> Iterator[Site]:
    """A running site with the demonstration force in it, with tasks of its own."""
    with database_like(force.database, "journeys") as name:
        own = {
            "DATABASE_URL": in_database(os.environ["DATABASE_URL"], name),
            "DATABASE_AUDIT_URL": in_database(os.environ["DATABASE_AUDIT_URL"], name),
            "REDIS_URL": in_database(os.environ["REDIS_URL"], TASKS),
            "DEMO": "true",
            "SECOND_FACTOR": "false",
            "MEDIA_ROOT": str(force.files),
            "SECRET_KEY": force.secret_key,
            "PAGES_PER_MINUTE": "1000000",
            "FILES_PER_MINUTE": "1000000",
        }
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


@pytest.fixture(scope="module")
def worker(site_parts: Site) -> Iterator[None]:
    """The worker of the site, which does what pages leave to it."""
    alone = ["--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=ERROR"]
    command = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--app=config", "--quiet", "worker", *alone]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | site_parts.environment)
    yield
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, ended with each module: while its loop runs, Django lets no test of this process near the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a window of a given width; complaints of the browser's console fail the test."""
    complaints: list[str] = []
    contexts = []

    def open_window(username: str | None = None, *, width: int = 1280, height: int = 720, javascript: bool = True) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" and "status of 4" not in message.text else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if username:
            sign_in(page, username)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, username: str) -> None:
    """Sign in with the demonstration's password."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_attached()
