"""Asks a source over HTTP with JSON: one short conversation within fixed limits, and nothing believed that does not fit."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import httpx

from intelligence.adapters import AdapterError, Query, Result
from intelligence.choices.checks import CheckResult, Failure

CONNECT_SECONDS, WHOLE_SECONDS = 5.0, 20.0
LARGEST_ANSWER = 256 * 1024
LONGEST = {"reference": 60, "details": 4000}
MOST_RECORDS = 30_000
BUSY = 429
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class HttpJson:
    """One source at one address. `whole_seconds` is how long the conversation may take from the first to the last byte."""

    url: str
    token: str
    whole_seconds: float = WHOLE_SECONDS

    def ask(self, query: Query) -> Result:
        """Send the question and read the answer; AdapterError when there is none that can be used."""
        self.require_safe_address()
        try:
            with self.client() as client, client.stream("POST", self.url, json=as_json(query), headers=self.headers()) as answer:
                require_success(answer.status_code)
                return read_result(self.read(answer))
        except httpx.TimeoutException as error:
            raise AdapterError(Failure.TIMEOUT) from error
        except httpx.DecodingError as error:
            raise AdapterError(Failure.BAD_ANSWER) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AdapterError(Failure.OUTAGE) from error

    def require_safe_address(self) -> None:
        """What is said of a person travels encrypted, except within the machine."""
        address = urlsplit(self.url)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
            raise AdapterError(Failure.REFUSED)

    def client(self) -> httpx.Client:
        """Return a client that follows no redirect, trusts known certificates only and takes no proxy from the environment."""
        limits = httpx.Timeout(self.whole_seconds, connect=min(CONNECT_SECONDS, self.whole_seconds))
        return httpx.Client(timeout=limits, follow_redirects=False, verify=True, trust_env=False)

    def headers(self) -> dict[str, str]:
        """Return how Vigil makes itself known."""
        return {"Authorization": f"Bearer {self.token}", "Accept": "application/json", "Accept-Encoding": "identity"}

    def read(self, answer: httpx.Response) -> bytes:
        """Return the body, as long as it is neither too large nor too slow as a whole."""
        ends, body = time.monotonic() + self.whole_seconds, b""
        for piece in answer.iter_raw(8192):
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise AdapterError(Failure.BAD_ANSWER)
            if time.monotonic() > ends:
                raise AdapterError(Failure.TIMEOUT)
        return body


def as_json(query: Query) -> dict[str, Any]:
    """Return the question as it is sent; what the source does not need is not even named."""
    sent: dict[str, Any] = {"request": query.number}
    if query.name:
        sent["surname"], sent["given_names"] = query.name
    if query.birth:
        sent["date_of_birth"] = query.birth
    if query.numbers:
        sent["numbers"] = dict(query.numbers)
    return sent


def require_success(status: int) -> None:
    """Only a plain 200 brings an answer: a redirect is none, and is not followed."""
    if status >= 500 or status == BUSY:
        raise AdapterError(Failure.OUTAGE)
    if status >= 400:
        raise AdapterError(Failure.REFUSED)
    if status != httpx.codes.OK:
        raise AdapterError(Failure.BAD_ANSWER)


def read_result(body: bytes) -> Result:
    """Return the answer that the body holds; every value must be of the kind and size that it is stored with."""
    try:
        answer = json.loads(body)
        found = answer.get("records_found")
        last = answer.get("last_entry_on")
        result = Result(
            result=CheckResult(answer["result"]),
            records_found=found,
            last_entry_on=date.fromisoformat(last) if last is not None else None,
            **{name: text_of(answer, name) for name in LONGEST},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AdapterError(Failure.BAD_ANSWER) from error
    is_count = found is None or (type(found) is int and 0 <= found <= MOST_RECORDS)
    if not is_count or (result.result == CheckResult.NO_TRACE and found):
        raise AdapterError(Failure.BAD_ANSWER)
    return result


def text_of(answer: dict[str, Any], name: str) -> str:
    """Return a text of the answer, as far as there is room for it; ValueError when it is none."""
    text = answer.get(name, "")
    if not isinstance(text, str) or "\x00" in text:
        raise ValueError(name)
    return text[: LONGEST[name]]
