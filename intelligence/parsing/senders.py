"""Who sent a mail, and whether the force's own gateway vouches for that; headers that others wrote say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"\s*(?P<method>[a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*(?P<result>[a-z]+)", re.IGNORECASE)
PROPERTY = re.compile(r"(?P<name>(?:header|smtp)\.[a-z-]+)\s*=\s*\"?(?P<value>[^\s;\"]+)", re.IGNORECASE)
ADDRESS = re.compile(r"[^\s@<>\",;]+@[^\s@<>\",;]+")
METHODS = ("spf", "dkim", "dmarc")
# The property that names the domain which a method is about.
ABOUT = {"spf": frozenset({"smtp.mailfrom"}), "dkim": frozenset({"header.d", "header.i"}), "dmarc": frozenset({"header.from"})}


class Verdict(StrEnum):
    """Whether a mail may be read as coming from its source."""

    PASSED = "passed"
    UNKNOWN_SENDER = "unknown"
    FAILED = "failed"
    NOT_CHECKED = "unchecked"


@dataclass(frozen=True)
class Check:
    """One method's result with the domains that it was about."""

    result: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class SenderCheck:
    """The address in From, the verdict, and what the gateway said of each method."""

    address: str
    verdict: Verdict
    details: Mapping[str, str] = field(default_factory=dict)


def check_sender(message: Message, allowed: Iterable[str], gateways: Sequence[str]) -> SenderCheck:
    """Judge the sender by the source's list and by the gateway's own word."""
    address = address_of(message)
    checks = checks_of_gateway(message, gateways)
    details = {method: checks[method].result if method in checks else "none" for method in METHODS}
    if not address or not is_allowed(address, allowed):
        return SenderCheck(address, Verdict.UNKNOWN_SENDER, details)
    if not checks:
        return SenderCheck(address, Verdict.NOT_CHECKED, details)
    return SenderCheck(address, Verdict.PASSED if is_vouched_for(address, checks) else Verdict.FAILED, details)


def address_of(message: Message) -> str:
    """Return the one address in From, in lower case; empty when there is none or more than one, since then nobody knows who wrote."""
    headers = [str(value) for value in message.get_all("From", [])]
    if len(headers) != 1:
        return ""
    found = [address.lower() for _, address in getaddresses(headers)]
    return found[0][:254] if len(found) == 1 and ADDRESS.fullmatch(found[0]) and found[0].isprintable() else ""


def is_allowed(address: str, allowed: Iterable[str]) -> bool:
    """Whether the list names the address, or its whole domain as `@domain`."""
    domain = address.rpartition("@")[2]
    return any(entry.strip().lower() in {address, f"@{domain}"} for entry in allowed)


def checks_of_gateway(message: Message, gateways: Sequence[str]) -> dict[str, Check]:
    """Return what the trusted gateway wrote: its topmost header and those that follow it before the next hop. The topmost word counts."""
    trusted, begun = {name.lower() for name in gateways}, False
    found: dict[str, Check] = {}
    for name, value in message.items():
        if begun and name.lower() == "received":
            break
        if name.lower() != "authentication-results":
            continue
        server, _, results = strip_comments(str(value)).partition(";")
        if server.split()[:1] and server.split()[0].lower() in trusted:
            begun = True
            for method, check in results_in(results):
                found.setdefault(method, check)
    return found


def strip_comments(text: str) -> str:
    """Return a header without what stands in brackets, however deep."""
    text = text[:10_000]
    for _ in range(20):
        if (shorter := COMMENT.sub(" ", text)) == text:
            break
        text = shorter
    return text


def results_in(text: str) -> Iterable[tuple[str, Check]]:
    """Yield each method with its result and its domains."""
    for piece in text.split(";"):
        if found := RESULT.match(piece):
            method = found["method"].lower()
            about = ABOUT.get(method, frozenset())
            domains = [value.lower().rpartition("@")[2] for name, value in PROPERTY.findall(piece) if name.lower() in about]
            yield method, Check(found["result"].lower(), tuple(domains))


def is_vouched_for(address: str, checks: Mapping[str, Check]) -> bool:
    """Whether DMARC passed; or, where the domain has none, whether SPF or DKIM passed for the domain that the reader sees."""
    domain = address.rpartition("@")[2]
    dmarc = checks.get("dmarc", Check("none"))
    if dmarc.result == "pass":
        return not dmarc.domains or domain in dmarc.domains
    if dmarc.result != "none":
        return False
    passed = [check for method, check in checks.items() if method in {"spf", "dkim"} and check.result == "pass"]
    return any(is_aligned(domain, check.domains) for check in passed)


def is_aligned(domain: str, others: Iterable[str]) -> bool:
    """Whether one of the domains is this one or stands above it."""
    return any(domain == other or ("." in other and domain.endswith(f".{other}")) for other in others)
