"""Log lines help to find a request in the trail and say nothing about anybody."""
from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import shared_task
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from gunicorn.config import Config

from accounts.choices import Role
from audit.models import Event
from config import gunicorn as server
from tests.factories import make_nominal, make_user

NAME = "Quillfeather"
SECRETS = (NAME, "07700900417", "07700 900417", "oberon.quill", "correct horse battery")


def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails as the database does: with a row in its message."""
    try:
        raise IntegrityError(f"duplicate key\nDETAIL: Key (surname)=({NAME}) already exists.")
    except IntegrityError as error:
        raise ValueError(f"cannot store {NAME}") from error


urlpatterns = [path("broken/", broken), path("", include("config.urls"))]
handler403, handler404, handler500 = "config.errors.forbidden", "config.errors.not_found", "config.errors.server_error"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, at any level, as the service writes it."""
    stream = io.StringIO()
    wiring = logging.config.DictConfigurator(settings.LOGGING)  # type: ignore[attr-defined]
    wiring.config["formatters"] = {"json": wiring.configure_formatter(settings.LOGGING["formatters"]["json"].copy())}
    handler = logging.StreamHandler(stream)
    handler.setFormatter(wiring.config["formatters"]["json"])
    handler.addFilter(wiring.configure_filter(settings.LOGGING["filters"]["request_id"].copy()))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def parsed(stream: io.StringIO) -> list[dict[str, Any]]:
    """The lines as objects."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_tells_nothing(stream: io.StringIO) -> None:
    """No line holds what somebody typed or what a row says."""
    assert [secret for secret in SECRETS if secret in stream.getvalue()] == []


@pytest.mark.django_db
def test_line_about_an_answer_carries_the_id_of_the_trail(client: Client, lines: io.StringIO) -> None:
    client.force_login(make_user())

    answer = client.get("/nominals/V-999999/")

    (event,) = Event.objects.filter(verb="not found")
    (line,) = [line for line in parsed(lines) if line["name"] == "django.request"]
    assert line["request_id"] == answer["X-Request-ID"] == str(event.request_id)
    assert line["status_code"] == 404
    assert line["message"] == "Not Found: offenders:nominal"
    assert "V-999999" not in lines.getvalue()


@pytest.mark.django_db
def test_address_that_leads_nowhere_is_not_repeated(client: Client, lines: io.StringIO) -> None:
    client.get(f"/{NAME}/?text={NAME}", headers={"Referer": f"https://vigil.force.test/{NAME}"})

    (line,) = [line for line in parsed(lines) if line["name"] == "django.request"]
    assert line["message"] == "Not Found: an address that leads nowhere"
    assert_tells_nothing(lines)


@pytest.mark.django_db
def test_refused_forms_names_and_methods_are_told_without_what_was_sent(lines: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.CONTROL_ROOM))
    nominal = make_nominal(surname=NAME)

    answers = [
        client.post(reverse("offenders:find"), {"text": NAME}),
        client.put(reverse("offenders:nominal", args=[nominal.reference]), NAME, content_type="text/plain"),
        client.get("/", headers={"Host": f"{NAME}.invalid"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 400]
    assert [line["message"].split(":")[0] for line in parsed(lines)][-1] == "DisallowedHost"
    assert nominal.reference not in lines.getvalue()
    assert_tells_nothing(lines)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_failure_names_its_kind_and_place_but_no_value(client: Client, lines: io.StringIO) -> None:
    client.raise_request_exception = False
    client.force_login(make_user())

    answer = client.get("/broken/?name=Quillfeather")

    (line,) = [line for line in parsed(lines) if line["levelname"] == "ERROR"]
    assert answer.status_code == 500
    assert line["request_id"] == answer["X-Request-ID"]
    assert "ValueError from IntegrityError" in line["exc_info"]
    assert "in broken" in line["exc_info"]
    assert_tells_nothing(lines)


@pytest.mark.django_db
def test_finding_a_person_logs_no_term(client: Client, lines: io.StringIO) -> None:
    user = make_user(Role.CONTROL_ROOM)
    make_nominal(surname=NAME, unit=user.unit)
    client.force_login(user)

    answers = [client.post(reverse("offenders:find"), {"text": text}, follow=True) for text in (NAME, "07700 900417")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert_tells_nothing(lines)


@pytest.mark.django_db
def test_failed_sign_in_logs_neither_name_nor_password(client: Client, lines: io.StringIO) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post(reverse("accounts:sign-in"), {"username": "oberon.quill", "password": "correct horse battery"})

    assert_tells_nothing(lines)


def test_each_line_says_when_with_its_offset_and_is_one_line_whatever_it_tells(lines: io.StringIO) -> None:
    before = datetime.now(UTC)
    logging.getLogger("vigil.tests").warning('first\n{"asctime": "forged"}')

    (line,) = parsed(lines)
    written = datetime.fromisoformat(line["asctime"])
    assert written.utcoffset() == timedelta(0)
    assert before - timedelta(milliseconds=1) <= written <= datetime.now(UTC)


def test_lines_go_to_standard_error_and_nowhere_else() -> None:
    assert [handler["class"] for handler in settings.LOGGING["handlers"].values()] == ["logging.StreamHandler"]


def test_failed_task_names_its_kind_but_no_value(lines: io.StringIO) -> None:
    task = {"name": "offenders.tasks.run_import", "id": "1", "exc": f"ValueError({NAME!r})", "description": "raised unexpected"}
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("celery.app.trace").exception("Task %(name)s[%(id)s] %(description)s: %(exc)s", task)

    (line,) = parsed(lines)
    assert line["message"] == "Task offenders.tasks.run_import[1] raised unexpected: ValueError"
    assert_tells_nothing(lines)


@shared_task(name="tests.find")
def find(text: str) -> None:
    """A task that fails over what it was given, which none of ours is given."""
    raise ValueError(f"nothing found for {text}")


@pytest.mark.django_db
def test_task_that_ran_and_failed_logs_nothing_that_it_was_given(lines: io.StringIO) -> None:
    find.apply([NAME])

    (line,) = [line for line in parsed(lines) if line["levelname"] == "ERROR"]
    assert line["message"].startswith("Task tests.find[")
    assert "ValueError" in line["exc_info"]
    assert_tells_nothing(lines)


def test_error_among_the_arguments_of_a_line_is_told_by_its_kind(lines: io.StringIO) -> None:
    logging.getLogger("celery.worker").error("Signal handler %r raised: %r", find.name, ValueError(NAME))

    assert parsed(lines)[0]["message"] == "Signal handler 'tests.find' raised: 'ValueError'"


# As worker and beat set up their logs when they start, with every logger that Celery writes to by itself.
CELERY_LINES = """
import logging
from celery.utils.log import get_multiprocessing_logger
from config.celery import app
app.loader.import_default_modules()
app.log.setup(loglevel="INFO", redirect_stdouts=True)
get_multiprocessing_logger()
for name in ("celery.worker", "celery.beat", "celery.task", "celery.app.trace", "multiprocessing", "kombu"):
    try:
        raise ValueError("Quillfeather")
    except ValueError as error:
        logging.getLogger(name).exception("Something failed: %r", error)
"""


def test_worker_and_beat_write_in_the_form_of_all_others() -> None:
    done = subprocess.run([sys.executable, "-c", CELERY_LINES], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)

    written = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in written] == ["Something failed: 'ValueError'"] * 6
    assert NAME not in done.stderr + done.stdout


def test_web_server_writes_neither_addresses_nor_callers(tmp_path: Path) -> None:
    configuration = Config()
    configuration.set("errorlog", str(tmp_path / "log"))
    log = server.logger_class(configuration)
    try:
        raise ValueError(NAME)
    except ValueError as error:
        log.exception("Error handling request %s %s", "GET", f"/nominals/V-000417/?text={NAME}")
        log.exception(error)
    log.warning(f"Invalid request from ip=10.0.0.7: Invalid HTTP request line: 'GET /?text={NAME}'")  # noqa: G004 - as gunicorn does
    log.info("Listening at: %s (%s)", "127.0.0.1:8000", 7)

    written = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [line["message"] for line in written] == [
        "Error handling request", "ValueError", "Invalid request", "Listening at: 127.0.0.1:8000 (7)",
    ]  # fmt: skip
    assert [secret for secret in (NAME, "V-000417", "10.0.0.7") if secret in str(written)] == []


def test_every_web_server_is_started_with_that_log() -> None:
    starts = [(settings.BASE_DIR / name).read_text() for name in ("Dockerfile", "docker-compose.yml", "config/supervisor.py")]

    assert [text.count("python:config.gunicorn") for text in starts] == [1, 1, 1]


def test_access_log_of_the_web_server_would_hold_no_address() -> None:
    assert set(re.findall(r"%\((.*?)\)s", server.access_log_format)) == {"m", "s", "L"}
