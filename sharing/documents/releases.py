"""What was shared, on paper."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from sharing.models import Release
from ui.pdf import make_pdf


def release_paper(release: Release, copy: str, printed_by: User, printed_at: datetime) -> bytes:
    """Return one numbered copy as PDF, made from what left and nothing else; the same values give the same file."""
    context = {"title": f"Shared information {release.reference}", "release": release, "marking": release.marking, "copy": copy}
    return make_pdf("sharing/releases/paper.html", {**context, "printed_by": printed_by.display_name, "printed_at": printed_at})
