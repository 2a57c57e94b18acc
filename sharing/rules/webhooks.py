"""When something is sent to an agency's system again, and how it is signed. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))  # after the first try, the second, ...
SIGNATURE = "Vigil-Signature"


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries; None when it is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def body_of(number: int, kind: str, subject: str, at: datetime) -> bytes:
    """Return what is sent: what sort of thing changed and its key, nothing of it."""
    return json.dumps({"id": number, "kind": kind, "subject": subject, "at": at.isoformat()}, separators=(",", ":")).encode()


def signature_of(secret: str, moment: int, body: bytes) -> str:
    """Return the header that proves who sends it and when: HMAC-SHA256 over the second of sending, a dot, and the body."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
