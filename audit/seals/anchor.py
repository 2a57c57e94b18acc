"""What is written outside the database, so that cutting off the end of the log, or making the whole chain anew, shows."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import httpx
from django.conf import settings
from django.core.mail import EmailMessage

from audit.models import Seal

logger = logging.getLogger(__name__)
TAIL_BYTES = 4096
SECONDS = 10


class Unreadable(Exception):
    """The anchor is not there, or a line of it is none of ours."""


@dataclass(frozen=True)
class AnchorLine:
    """What the anchor says of one seal."""

    installation: str
    number: int
    hash: str


def line_of(seal: Seal) -> str:
    """Write a seal as one line of JSON."""
    said = {
        "installation": str(seal.installation),
        "number": seal.number,
        "sealed_at": seal.sealed_at.isoformat(),
        "entries": seal.count,
        "root": bytes(seal.root).hex(),
        "hash": bytes(seal.hash).hex(),
    }
    return json.dumps(said)


def read_line(text: str) -> AnchorLine:
    """Read one line."""
    try:
        said = json.loads(text)
        return AnchorLine(str(said["installation"]), int(said["number"]), str(said["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error


def size_of(path: Path) -> int:
    """Return how long an anchor is now; nothing where there is none."""
    return path.stat().st_size if path.is_file() else 0


def read_anchor(path: Path, size: int) -> Iterator[AnchorLine]:
    """Yield the lines of an anchor up to a length."""
    try:
        with path.open("rb") as file:
            while file.tell() < size:
                yield read_line(file.readline().decode())
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable from error


def last_line(path: Path) -> AnchorLine | None:
    """Return the last whole line of an anchor; None where there is none yet."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - TAIL_BYTES))
        lines = file.read().decode(errors="replace").splitlines()
    return read_line(lines[-1]) if lines else None


def write_anchor() -> int:
    """Append each seal that the file does not tell of yet; return how many. A file that tells of other seals is left as it is."""
    if not settings.AUDIT_ANCHOR_FILE:
        return 0
    path = Path(settings.AUDIT_ANCHOR_FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            return append(file, last_line(path))
        except Unreadable:
            logger.error("The anchor of the log ends with a line that cannot be read: nothing was added")
            return 0


def append(file: TextIO, last: AnchorLine | None) -> int:
    """Append what comes after its last line."""
    if last and not Seal.objects.filter(number=last.number, hash=bytes.fromhex(last.hash)).exists():
        logger.error("The anchor of the log tells of a seal that is not there: nothing was added")
        return 0
    waiting = Seal.objects.defer("leaves").filter(number__gt=last.number if last else 0).order_by("number")
    lines = [f"{line_of(seal)}\n" for seal in waiting.iterator(chunk_size=200)]
    file.writelines(lines)
    file.flush()
    os.fsync(file.fileno())
    return len(lines)


def mail_head() -> bool:
    """Mail the newest seal; since it holds the hash of the one before, it stands for all."""
    head = Seal.objects.defer("leaves").first()
    if not (settings.AUDIT_ANCHOR_MAIL and head):
        return False
    EmailMessage("Seal of the log", f"{line_of(head)}\n", to=settings.AUDIT_ANCHOR_MAIL).send()
    return True


def post_head() -> bool:
    """Send the newest seal to the address outside; what does not arrive is made up by the next."""
    head = Seal.objects.defer("leaves").first()
    if not (settings.AUDIT_ANCHOR_URL and head):
        return False
    token = settings.AUDIT_ANCHOR_TOKEN
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        httpx.post(settings.AUDIT_ANCHOR_URL, content=line_of(head), headers=headers, timeout=SECONDS).raise_for_status()
    except httpx.HTTPError:
        logger.error("The address outside did not take the seal of the log")
        return False
    return True
