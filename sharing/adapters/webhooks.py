"""Sends a few bytes to an agency's system: one short conversation within fixed limits, to safe addresses only."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

CONNECT_SECONDS, WHOLE_SECONDS = 5.0, 10.0
MOST_READ = 64 * 1024
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DELIVERED = range(200, 300)


def is_safe_address(url: str) -> bool:
    """Whether it is an address that may be called at all: https, or http within the machine; without a name and password in it."""
    try:
        address = urlsplit(url)
        _ = address.port
    except ValueError:
        return False
    if not address.hostname or address.username or address.password or address.fragment:
        return False
    return address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)


def is_safe_host(url: str) -> bool:
    """Whether its name leads to no address that only this machine or its host knows: of itself (by https), link-local or reserved ones."""
    address = urlsplit(url)
    if address.scheme == "http":
        return True  # within the machine, as is_safe_address says
    found = {ip_address(str(row[4][0]).split("%")[0]) for row in socket.getaddrinfo(address.hostname, address.port or 443)}
    return bool(found) and not any(
        each.is_loopback or each.is_link_local or each.is_multicast or each.is_reserved or each.is_unspecified for each in found
    )


def send(url: str, headers: dict[str, str], body: bytes) -> tuple[bool, str]:
    """Send it by POST; return whether it arrived, and what came back in a word. A redirect is not followed and is no arrival."""
    try:
        if not is_safe_address(url) or not is_safe_host(url):
            return False, "address not allowed"
        limits = httpx.Timeout(WHOLE_SECONDS, connect=CONNECT_SECONDS)
        with (
            httpx.Client(timeout=limits, follow_redirects=False, verify=True, trust_env=False) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            return read_out(answer)
    except httpx.TimeoutException:
        return False, "no answer in time"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError):
        return False, "not reached"


def read_out(answer: httpx.Response) -> tuple[bool, str]:
    """Read what little may come back, so that a slow or endless answer holds nothing up."""
    ends, size = time.monotonic() + WHOLE_SECONDS, 0
    for piece in answer.iter_raw(8192):
        size += len(piece)
        if time.monotonic() > ends:
            return False, "no answer in time"
        if size > MOST_READ:
            break
    return answer.status_code in DELIVERED, f"answered {answer.status_code}"
