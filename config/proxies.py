"""From where a call comes, behind a proxy that the deployment names."""
from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class CallerAddress:
    """Put the caller's address into REMOTE_ADDR when the connection comes from a proxy in TRUSTED_PROXIES; else leave it.

    Everything that keeps or compares an address reads REMOTE_ADDR, so the header is read here and nowhere else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = caller_of(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
        return self.get_response(request)


def caller_of(connection: str, forwarded: str) -> str:
    """Return the last address that no trusted proxy has: what stands before it in the header, anybody may have written."""
    address = connection
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while hops and is_trusted(address):
        address = hops.pop()
    return address if is_address(address) else connection


def is_trusted(address: str) -> bool:
    """Say whether a proxy of ours has this address."""
    return is_address(address) and any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)


def is_address(text: str) -> bool:
    """Say whether the text is an address at all."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
