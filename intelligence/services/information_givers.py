"""Who gave information: kept in a sealed row of its own, and known again by keyed digests alone."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.permissions import Perm
from intelligence.models import InformationGiver, InformationReport
from intelligence.reports.information import giver_of
from intelligence.rules.information import marks_of_giver


def pseudonym(mark: str) -> str:
    """Return the keyed digest of a mark of somebody who gives information."""
    key = settings.SOURCE_KEY or hmac.digest(settings.SECRET_KEY.encode(), b"source", "sha256").hex()
    return hmac.digest(key.encode(), mark.encode(), "sha256").hex()


def keep_giver(actor: User, report: InformationReport, values: dict[str, Any]) -> None:
    """Store what the author has typed of the giver so far; nothing at all makes no row. Call it inside row_security."""
    giver = giver_of(actor, report, Perm.SUBMIT_REPORT)
    if giver is None and not any(value not in ("", None) for value in values.values()):
        return
    giver = giver or InformationGiver(report=report)
    for name, value in values.items():
        setattr(giver, name, value)
    giver.pseudonyms = [pseudonym(mark) for mark in marks_of_giver(giver.name, giver.contact)]
    giver.save()
