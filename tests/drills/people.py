"""`python -m tests.drills.people NUMBER`: people who are signed in, each with a record and a section that is theirs; printed as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import django
import httpx

from config.embedded import BASE_DIR


@dataclass(frozen=True)
class Person:
    """Somebody at a browser: whose cookie, which record they manage, and the word that only their own section holds."""

    key: int
    cookie: str
    reference: str
    word: str

    def ask(self, address: str, data: dict[str, Any] | None = None) -> httpx.Response:
        """Open a page, or send a form to it with the token that such forms carry."""
        cookies = {"vigil": self.cookie}
        if data is not None:
            token = "a" * 32
            cookies["vigil-form"] = token
            data = {**data, "csrfmiddlewaretoken": token}
        method = "GET" if data is None else "POST"
        return httpx.request(method, address, data=data, cookies=cookies, timeout=120)


def people_at(environment: dict[str, str], number: int) -> list[Person]:
    """Make people in the database of these settings."""
    command = [sys.executable, "-m", "tests.drills.people", str(number)]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, capture_output=True, text=True)
    return [Person(**each) for each in json.loads(done.stdout.splitlines()[-1])]


def make_people(number: int) -> list[dict[str, Any]]:
    """Make managers of one unit, and sign each in."""
    from django.conf import settings  # noqa: PLC0415  (apps must be loaded first)
    from django.test import Client  # noqa: PLC0415

    from offenders.search import index_names  # noqa: PLC0415
    from tests.factories import make_nominal, make_section, make_unit, make_user  # noqa: PLC0415

    unit, made = make_unit(), []
    for at in range(number):
        user, word = make_user(unit=unit), f"quillfeather{at:03}"
        nominal = make_nominal(offender_manager=user)
        index_names([nominal.pk])
        make_section(nominal=nominal, body=f"Said by {word}.")
        browser = Client()
        browser.force_login(user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        made.append({"key": user.pk, "cookie": cookie, "reference": nominal.reference, "word": word})
    return made


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make_people(int(sys.argv[1]))))
