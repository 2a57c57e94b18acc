"""Figures on paper. They name nobody."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from accounts.models import User
from governance.reports.figures import Question
from governance.rules.figures import name_of
from ui.pdf import make_pdf


def figures_paper(
    name: str, question: Question, head: list[tuple[str, str]], tables: list[dict[str, Any]], user: User, *, is_public: bool
) -> bytes:
    """Return the tables as PDF; what is published is marked as such."""
    context = {"title": f"MAPPA {name} {name_of(question.year)}", "marking": "OFFICIAL" if is_public else "OFFICIAL – SENSITIVE"}
    return make_pdf(
        "governance/figures/paper.html", {**context, "head": head, "tables": tables, "printed_by": user.display_name, "printed_at": now()}
    )
