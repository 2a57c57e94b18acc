"""Log lines help to find a request in the trail and say nothing about anybody."""
from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from accounts.choices import Role
from audit.models import Event
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
