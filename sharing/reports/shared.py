"""What an agency reads of a release, on its page and through its system alike."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from sharing.models import Release

TO_ACCEPT, OPEN = "to_accept", "open"


def as_shared(release: Release) -> dict[str, Any]:
    """Return a release as its agency reads it: first how it must be handled; whom it is about and what it says once that is accepted.

    Works as well for one that is not stored yet, to show beforehand what would be read.
    """
    is_open = release.acknowledged_at is not None
    return {
        "public_id": release.public_id,
        "reference": release.reference,
        "force": release.force.name,
        "purpose": release.purpose,
        "powers": release.powers,
        "marking": release.marking,
        "handling": release.handling,
        "must_not": release.must_not,
        "expected_action": release.expected_action,
        "sent_at": release.sent_at if release.pk else now(),
        "expires_on": release.expires_on,
        "state": OPEN if is_open else TO_ACCEPT,
        "subject": release.subject_name if is_open else None,
        "contents": release.contents if is_open else None,
    }
