"""Settings of a real service: safe as they come, and refused where somebody made them unsafe."""
from __future__ import annotations

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from audit.choices import Verb
from audit.models import Event
from config import env
from config.checks import check_database_role, check_settings
from tests.factories import make_user

ROOT = Path(__file__).resolve().parent.parent
KEY = "k3yFor-tests.only_0123456789-abcdefghijklmnopqrstuvwxyz"
REAL = {"DEMO": "false", "DEBUG": "false", "SECOND_FACTOR": "true", "BEHIND_TLS": "true"}
REAL |= {"ALLOWED_HOSTS": "vigil.force.test", "SECRET_KEY": KEY}
# What the servers inside the checkout and the programs around Vigil read; the service itself does not.
OUTSIDE_SETTINGS = {"DEMO_NOMINALS", "PORT"}


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings as a real service reads them."""
    for name in ("DEMO", "DEBUG", "SECOND_FACTOR", "BEHIND_TLS", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the interpreter with real settings but for what is given."""
    settings = os.environ | REAL | environment
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def test_deployment_checks_are_clean() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_cookies_travel_encrypted_and_no_script_reads_them(real: dict[str, Any]) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY")

    assert {real[name] for name in names} == {True}
    assert {real["SESSION_COOKIE_SAMESITE"], real["CSRF_COOKIE_SAMESITE"]} == {"Strict"}
    assert {real[name].partition("-")[0] for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")} == {"__Host"}


def test_messages_to_people_travel_in_no_cookie(real: dict[str, Any]) -> None:
    assert real["MESSAGE_STORAGE"] == "django.contrib.messages.storage.session.SessionStorage"


def test_browsers_are_told_to_come_back_encrypted_for_a_year(real: dict[str, Any]) -> None:
    assert real["SECURE_SSL_REDIRECT"]
    assert real["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert real["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_demonstration_is_off_unless_asked_for(real: dict[str, Any]) -> None:
    assert (real["DEMO"], real["DEBUG"], real["SECOND_FACTOR"], real["BEHIND_TLS"]) == (False, False, True, True)


def test_no_superuser_and_no_guessing_of_permissions(real: dict[str, Any]) -> None:
    assert real["ANONYMOUS_USER_NAME"] is None
    assert "guardian.backends.ObjectPermissionBackend" not in real["AUTHENTICATION_BACKENDS"]
    assert "django.contrib.admin" not in real["INSTALLED_APPS"]


@pytest.mark.django_db
def test_content_policy_lets_in_only_what_this_service_serves(client: Client) -> None:
    policy = client.get(reverse("accounts:sign-in"))["Content-Security-Policy"]

    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    assert set(directives.values()) == {"'self'", "'none'"}
    assert {directives[name] for name in ("default-src", "object-src", "base-uri", "frame-ancestors")} == {"'none'"}


def test_scripts_and_styles_carry_the_content_policy_too(client: Client) -> None:
    answer = client.get("/static/app/app.css")

    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_unencrypted_page_leads_to_https_but_an_unencrypted_call_is_refused(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    page, call = client.get("/sign-in/"), client.post("/api/token/", {"grant_type": "client_credentials"})

    assert (page.status_code, page["Location"]) == (301, "https://testserver/sign-in/")
    assert (call.status_code, call["Content-Type"]) == (403, "application/problem+json")
    assert "https" in call.json()["detail"]


@pytest.mark.django_db
def test_nothing_is_echoed_by_trace(client: Client) -> None:
    assert client.trace(reverse("accounts:sign-in"), headers={"X-Secret": "quillfeather"}).status_code == 405
    assert client.trace("/api/token/").status_code == 405


@pytest.mark.django_db
def test_act_without_the_token_of_its_form_is_refused_and_recorded() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user(Role.CONTROL_ROOM))

    act, call = browser.post(reverse("accounts:sign-out")), browser.post(reverse("v1:nominal-search"), {}, content_type="application/json")

    assert (act.status_code, call.status_code) == (403, 403)
    assert browser.get(reverse("accounts:account")).status_code == 200
    assert Event.objects.filter(verb=Verb.REFUSED).count() == 2


@pytest.mark.django_db
def test_folders_are_not_listed(client: Client) -> None:
    assert [client.get(address).status_code for address in ("/static/", "/static/app/", "/.git/config")] == [404] * 3


def test_passwords_are_stretched_as_django_does_it_now(real: dict[str, Any]) -> None:
    assert "PASSWORD_HASHERS" not in real
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_image_holds_every_app_and_neither_history_nor_tests() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    ours = {name.partition(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.partition(".")[0]).is_dir()}

    assert ours <= let_in
    assert not let_in & {".git", "tests", "secrets", ".vigil", "benchmarks"}


@pytest.mark.django_db
def test_signed_in_page_is_kept_by_no_cache_and_in_no_frame(client: Client) -> None:
    client.force_login(make_user())

    answer = client.get(reverse("accounts:account"))

    assert answer.status_code == 200
    assert {"no-store", "private"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.fixture
def safe(settings: Any) -> Any:
    """Settings to make unsafe one at a time."""
    settings.DEMO = settings.DEBUG = False
    settings.SECOND_FACTOR = settings.BEHIND_TLS = True
    settings.ALLOWED_HOSTS = ["vigil.force.test"]
    settings.SECRET_KEY = KEY
    return settings


UNSAFE = [
    ("SECRET_KEY", "", "config.E001"),
    ("SECRET_KEY", "short", "config.E001"),
    ("SECRET_KEY", "ab" * 40, "config.E001"),
    ("SECRET_KEY", f"django-insecure-{KEY}", "config.E001"),
    ("DEBUG", True, "config.E002"),
    ("SECOND_FACTOR", False, "config.E003"),
    ("ALLOWED_HOSTS", ["vigil.force.test", "*"], "config.E004"),
    ("BEHIND_TLS", False, "config.E005"),
    ("LEAKED_PASSWORDS", "/nowhere/leaked.txt", "config.E006"),
]


def test_safe_settings_are_accepted(safe: Any) -> None:
    assert check_settings() == []


@pytest.mark.parametrize(("name", "value", "number"), UNSAFE)
def test_unsafe_setting_is_refused_with_a_sentence(safe: Any, name: str, value: Any, number: str) -> None:
    setattr(safe, name, value)

    (refusal,) = check_settings()

    assert refusal.id == number
    assert refusal.is_serious()
    assert refusal.msg.endswith(".")
    assert name in refusal.msg


def test_demonstration_may_do_without_second_factor_and_encryption(safe: Any) -> None:
    safe.DEMO, safe.SECOND_FACTOR, safe.BEHIND_TLS = True, False, False

    assert check_settings() == []


CELERY = ["-m", "celery", "-A", "config"]


@pytest.mark.parametrize("command", [["-c", "import config.wsgi"], [*CELERY, "worker"], [*CELERY, "beat", "--pidfile="]])
def test_nothing_starts_with_unsafe_settings(command: list[str], tmp_path: Path) -> None:
    beat_file = [f"--schedule={tmp_path / 'beat'}"] if "beat" in command else []

    done = run(*command, *beat_file, SECRET_KEY="short", SECOND_FACTOR="false")

    assert done.returncode != 0
    assert "SECRET_KEY is too easy to guess" in done.stderr
    assert "People would sign in by password alone" in done.stderr


@pytest.mark.django_db
def test_role_of_the_application_is_accepted() -> None:
    assert check_database_role(databases=["default"]) == []


@pytest.mark.django_db
def test_owner_of_the_tables_is_refused_as_role_of_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (application,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
        found = check_database_role(databases=["default"])
        cursor.execute(f"SET ROLE {application}")

    assert [message.id for message in found] == ["config.E102", "config.E103"]


def test_address_of_the_database_says_how_its_connection_is_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://vigil_app:a%40b@db.force.test/vigil?sslmode=verify-full&sslrootcert=/etc/ca.pem")

    read = env.database("DATABASE_URL")

    assert (read["HOST"], read["NAME"], read["PASSWORD"]) == ("db.force.test", "vigil", "a@b")
    assert read["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


def test_mail_relay_can_be_reached_encrypted_and_by_name(real: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"EMAIL_USE_TLS": "true", "EMAIL_HOST_USER": "vigil", "EMAIL_HOST_PASSWORD": "invented"}.items():
        monkeypatch.setenv(name, value)
    read = runpy.run_path(str(ROOT / "config" / "settings.py"))

    assert not real["EMAIL_USE_TLS"]
    assert (read["EMAIL_USE_TLS"], read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == (True, "vigil", "invented")
    assert 0 < read["EMAIL_TIMEOUT"] <= 60


def names_read(path: Path) -> set[str]:
    """The environment variables that a module reads through config.env."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    readers = {"env.text", "env.flag", "env.number", "env.words", "env.database"}
    return {str(ast.literal_eval(call.args[0])) for call in calls if ast.unparse(call.func) in readers}


def settings_read() -> set[str]:
    """The environment variables of the service."""
    return names_read(ROOT / "config" / "settings.py")


def test_compose_file_sets_only_what_the_settings_read_and_all_that_must_be_set() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    ours = [service["environment"] for service in services.values() if service.get("image") == "vigil"]

    read = settings_read()
    given = [{name if name in read else name.removesuffix("_FILE") for name in environment} for environment in ours]

    assert len(given) == 5
    for names in given:
        assert names <= read
        assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"} <= names


def test_operations_page_lists_every_environment_variable() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## Environment")[2].partition("\n## ")[0]

    listed = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))

    assert listed == settings_read() | OUTSIDE_SETTINGS
