"""A small client of Vigil's API for agencies, with httpx and the standard library. Take it as it is, or read how it is done.

    vigil = Partner("https://vigil.force.example", client_id, secret, person="A. Worker")
    for row in vigil.shared():
        vigil.acknowledge(row["id"])
        print(vigil.read(row["id"])["contents"])
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx

SECONDS = 30


class Refused(Exception):
    """The service said no; `status` and `problem` say why."""

    def __init__(self, status: int, problem: dict[str, Any]):
        super().__init__(f"{status}: {problem.get('title', '')} {problem.get('detail', '')}")
        self.status, self.problem = status, problem


class Partner:
    """An agency's system. `person` is the agency's own user for whom it calls."""

    def __init__(self, base: str, client_id: str, secret: str, *, person: str):
        self.base, self.client_id, self.secret, self.person = base.rstrip("/"), client_id, secret, person
        self.token, self.ends = "", 0.0

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> dict[str, Any]:
        """Call an address and return its answer. An act takes a key: sent again with the same key, it is done once."""
        headers = {"Authorization": f"Bearer {self.fresh_token()}", "On-Behalf-Of": self.person, "Accept": "application/json"}
        if method == "POST":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
        url = path if path.startswith(self.base) else f"{self.base}/api/v1/{path}"
        return send(url, method, headers, None if body is None else json.dumps(body).encode())

    def fresh_token(self) -> str:
        """Ask for a token, or use the one that still counts."""
        if time.monotonic() >= self.ends:
            form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.secret}
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = send(f"{self.base}/api/token/", "POST", headers, urlencode(form).encode())
            self.token, self.ends = answer["access_token"], time.monotonic() + answer["expires_in"] - 30
        return self.token

    def shared(self) -> Iterator[dict[str, Any]]:
        """Yield everything that stands, newest first, page by page."""
        page: str | None = "shared-records/?page_size=100"
        while page:
            answer = self.call("GET", page)
            yield from answer["results"]
            page = answer["next"]

    def read(self, record: str) -> dict[str, Any]:
        """Return one shared record; its contents are null until the handling is accepted."""
        return self.call("GET", f"shared-records/{record}/")

    def acknowledge(self, record: str) -> dict[str, Any]:
        """Accept how it must be handled."""
        return self.call("POST", f"shared-records/{record}/acknowledge/", {})

    def ask(self, **words: Any) -> dict[str, Any]:
        """Ask for information."""
        return self.call("POST", "information-requests/", words)

    def changes(self, since: int = 0) -> tuple[list[dict[str, Any]], int]:
        """Return what changed since a number, and the number to ask with the next time."""
        found: list[dict[str, Any]] = []
        while True:
            answer = self.call("GET", f"changes/?since={since}")
            found, since = found + answer["results"], answer["next_since"]
            if not answer["has_more"]:
                return found, since


def send(url: str, method: str, headers: dict[str, str], data: bytes | None) -> dict[str, Any]:
    """Send a request and return the JSON of its answer; Refused where it is a problem."""
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ValueError("Call https only")
    answer = httpx.request(method, url, headers=headers, content=data, timeout=SECONDS, follow_redirects=False)
    if not answer.is_success:
        raise Refused(answer.status_code, answer.json() if answer.content else {})
    found: dict[str, Any] = answer.json()
    return found


def is_from_vigil(secret: str, header: str, body: bytes, *, now: float | None = None, seconds: int = 300) -> bool:
    """Whether a webhook was signed with your secret, over these very bytes, not long ago. `header` is Vigil-Signature."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    if not parts.get("t", "").isdecimal() or abs((now or time.time()) - int(parts["t"])) > seconds:
        return False
    digest = hmac.new(secret.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(digest, parts.get("v1", ""))
