"""The page of the administrator, probes and metrics: who gets them, what they say, and what they never say."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from accounts.choices import Role
from audit.models import Event
from governance import health
from governance.services import requests
from governance.services.requests import Resting, count_request
from tests.factories import make_nominal, make_user
from tests.governance.making_health import HOUR, NOWHERE, make_failed, make_run

TOKEN = "a-token-for-the-tests-0123456789"
db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _broker_answered_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count from the start, whatever broker earlier tests missed."""
    monkeypatch.setattr(Resting, "until", 0.0)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


@db
def test_administrator_sees_each_check_with_what_to_do(administrator: Client, settings: Any) -> None:
    make_failed("audit.tasks.seal_log", ago=HOUR)

    page = administrator.get("/health/").content.decode()

    assert "Seal the log" in page
    assert "Failed: OSError" in page
    assert "See whether worker and beat run" in page
    assert "docs/operations.md, Worker" in page
    assert f"This is Vigil {settings.VERSION}." in page
    (event,) = Event.objects.filter(verb="viewed", detail__page="HealthPage")
    assert event.acting_role == Role.ADMINISTRATOR


@db
def test_page_links_to_the_runbook_where_the_force_keeps_one(administrator: Client, settings: Any) -> None:
    settings.RUNBOOK_URL = "https://wiki.force.invalid/operations"

    page = administrator.get("/health/").content.decode()

    assert 'href="https://wiki.force.invalid/operations#worker"' in page


@db
def test_menu_leads_administrators_there_and_nobody_else(administrator: Client) -> None:
    assert 'href="/health/"' in administrator.get("/more/").content.decode()
    administrator.force_login(make_user(Role.SUPERVISOR))
    assert 'href="/health/"' not in administrator.get("/more/").content.decode()


@db
def test_others_are_refused_and_the_refusal_is_recorded(client: Client) -> None:
    user = make_user(Role.SUPERVISOR)
    client.force_login(user)

    assert client.get("/health/").status_code == 403

    assert Event.objects.filter(actor=user, verb="refused", detail__permission="view_health").exists()


@db
def test_page_takes_as_many_queries_for_many_jobs_as_for_few(administrator: Client) -> None:
    counts = []
    for number in (1, 20):
        for each in range(number):
            make_run(f"tests.job{number}.{each}")
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get("/health/").status_code == 200
        counts.append(len(captured))

    assert counts[1] <= counts[0]


def test_process_that_lives_says_so_and_asks_nothing(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT, settings.CELERY_BROKER_URL = ["vigil.force.test"], True, NOWHERE

    answer = client.get("/healthz", headers={"Host": "10.0.4.7:8000"})  # without the database: this test may not reach it

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer["Cache-Control"].startswith("max-age=0")


@db
def test_ready_service_answers_probes_by_number_and_without_tls(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["vigil.force.test"], True

    answer = client.get("/readyz", headers={"Host": "10.0.4.7:8000"})

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok", "valkey": "ok"})
    assert not Event.objects.exists()


@db
def test_other_pages_still_ask_for_name_and_tls(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["vigil.force.test"], True

    assert client.get("/sign-in/", headers={"Host": "10.0.4.7:8000"}).status_code == 400
    assert client.get("/sign-in/", headers={"Host": "vigil.force.test"}).status_code == 301
    assert client.get("/metrics", headers={"Host": "vigil.force.test"}).status_code == 301


@db
def test_service_without_its_broker_is_not_ready(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = NOWHERE

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["valkey"], answer.json()["database"]) == (503, "missing", "ok")


@db
def test_service_without_a_migration_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "known_migrations", lambda: frozenset({("governance", "0999_later")}))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "migrations": "missing", "valkey": "ok"})


@db
def test_service_without_its_database_is_not_ready_and_says_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> int:
        raise OperationalError("could not connect to vigil_app@secret-host")

    monkeypatch.setattr("governance.reports.health.count_missing_migrations", gone)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": "missing", "migrations": "missing", "valkey": "ok"})


@db
@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer é"])
@pytest.mark.parametrize("token", ["", TOKEN])
def test_metrics_are_not_there_without_the_token(given: str | None, token: str, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = token

    answer = client.get("/metrics", headers={"Authorization": given} if given else {})

    assert answer.status_code == 404
    assert Event.objects.filter(verb="not found", detail__route="governance:metrics").exists()


def samples(client: Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """What Prometheus reads."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in families for sample in family.samples}


@db
def test_metrics_tell_of_checks_jobs_queue_and_requests(administrator: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    nominal = make_nominal()
    make_failed("audit.tasks.seal_log", runs=5, failures=2)
    for _ in range(2):
        administrator.get("/health/")
    administrator.get(reverse("offenders:nominal", args=[nominal.reference]))
    administrator.get("/nowhere/Quillfeather/")

    found = samples(administrator)

    assert found["vigil_check_state", (("check", "database"),)] == 0
    assert found["vigil_check_state", (("check", "verification-of-the-log"),)] == 1
    assert found["vigil_job_runs_total", (("job", "audit.tasks.seal_log"),)] == 5
    assert found["vigil_job_failures_total", (("job", "audit.tasks.seal_log"),)] == 2
    assert found["vigil_tasks", (("state", "waiting"),)] >= 0
    assert found["vigil_request_seconds_count", (("route", "governance:health"), ("status", "2xx"))] == 2
    assert found["vigil_request_seconds_count", (("route", "none"), ("status", "4xx"))] == 1
    assert found["vigil_request_seconds_sum", (("route", "governance:health"), ("status", "2xx"))] > 0
    labels = str([labels for _, labels in found])
    assert "offenders:nominal" in labels
    assert nominal.reference not in labels
    assert "Quillfeather" not in labels


@db
def test_metrics_without_a_broker_tell_the_rest(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN, settings.CELERY_BROKER_URL = TOKEN, NOWHERE
    make_run()

    found = samples(client)

    assert found["vigil_check_state", (("check", "broker"),)] == 2
    assert found["vigil_job_runs_total", (("job", "audit.tasks.seal_log"),)] == 1
    assert not [name for name, _ in found if name.startswith("vigil_request")]


def test_durations_fall_into_buckets(settings: Any) -> None:
    for seconds in (0.01, 0.05, 0.3, 99):
        count_request(actor=None, route="home", status=200, seconds=seconds)

    counted = requests.broker().hgetall(requests.requests_key())

    assert {field.decode(): float(number) for field, number in counted.items()} == {
        "home 2xx 0.05": 2, "home 2xx 0.5": 1, "home 2xx +Inf": 1, "home 2xx sum": pytest.approx(99.36),
    }  # fmt: skip


@db
def test_connection_that_closes_while_it_is_read_breaks_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> None:
        raise ValueError("I/O operation on closed file.")

    monkeypatch.setattr(requests, "broker", closed)

    assert client.get(reverse("accounts:sign-in")).status_code == 200
    assert Resting.until > 0


def test_broker_that_is_gone_is_asked_once_and_then_left_alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CELERY_BROKER_URL = NOWHERE
    count_request(actor=None, route="home", status=200, seconds=0.1)
    assert Resting.until > 0

    def asked() -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(requests, "broker", asked)
    count_request(actor=None, route="home", status=200, seconds=0.1)

