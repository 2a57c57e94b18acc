"""The certificate of a disposal as a paper."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from governance.models import Disposal
from governance.reports.retention_lists import files_on
from ui.pdf import make_pdf


def certificate_paper(user: User, disposal: Disposal, at: datetime) -> bytes:
    """Return it, with who printed it and when."""
    title = f"Certificate of disposal, {disposal}"
    context = {"title": title, "marking": "", "printed_by": user.display_name, "printed_at": at}
    return make_pdf("governance/disposals/paper.html", {**context, "disposal": disposal, "files": files_on(disposal)})
