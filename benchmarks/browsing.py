"""A web server like the real one, and a browser that asks it one thing at a time."""
from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import User
from config.processes import end_all, family, free_port, wait_for

TOKEN = "b" * 32
GUNICORN = ["-m", "gunicorn", "config.wsgi", "--config=python:config.gunicorn", "--workers=1", "--threads=4", "--keep-alive=60"]
GUNICORN += ["--log-level=warning", "--no-control-socket"]


@contextlib.contextmanager
def web_server() -> Iterator[int]:
    """Run gunicorn as `make run` does, but for one worker, since one browser asks; yield its port."""
    port = free_port()
    child = subprocess.Popen([sys.executable, *GUNICORN, f"--bind=127.0.0.1:{port}"], env=os.environ, start_new_session=True)
    try:
        if not wait_for(lambda: answers(port) or child.poll() is not None, 60) or child.poll() is not None:
            raise RuntimeError("The web server did not start; its message is above.")
        yield port
    finally:
        end_all(family(child.pid))


def answers(port: int) -> bool:
    """Whether something listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    return False


class Browser:
    """Somebody signed in, on one connection that stays open."""

    def __init__(self, port: int, user: User) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = {settings.SESSION_COOKIE_NAME: signed_in(user), settings.CSRF_COOKIE_NAME: TOKEN}
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def get(self, url: str) -> bytes:
        """Fetch a page."""
        return self.ask("GET", url, None, {})

    def send(self, url: str, **fields: str) -> bytes:
        """Send a form as the page's script does and return the fragment."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        return self.ask("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"})

    def ask(self, method: str, url: str, body: str | None, headers: dict[str, str]) -> bytes:
        """Return the body of an answer; anything but a page is an error, lest an error page be measured."""
        self.connection.request(method, url, body, self.headers | headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{method} {url} answered {answer.status}")
        return content


def signed_in(user: User) -> str:
    """Start a session as signing in does and return its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    backend = "accounts.authentication.PeopleOnly"
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.create()
    return str(session.session_key)
