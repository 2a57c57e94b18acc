"""Papers of what comes of an application. None names anybody in it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from disclosure.choices.outcomes import Paper
from disclosure.models import Application, NeutralAnswer, SchemeDisclosure
from ui.pdf import make_pdf

LETTER = "OFFICIAL"


def telling_paper(application: Application, prepared: SchemeDisclosure, kind: Paper, printed_by: User, printed_at: datetime) -> bytes:
    """Return the words to say, or the undertaking to sign, as a numbered paper."""
    context = {
        "title": f"{kind.label}, {application.reference}", "copy": f"Copy {prepared.copies}", "printed_by": printed_by.display_name,
        "printed_at": printed_at, "script": prepared.script,
    }  # fmt: skip
    return make_pdf(f"disclosure/outcomes/{kind}_paper.html", context)


def answer_paper(application: Application, answer: NeutralAnswer) -> bytes:
    """Return the letter of a neutral answer: made from its words, the reference and the day, and nothing else."""
    context = {"title": f"Your question {application.reference}", "marking": LETTER, "force": application.force.name}
    return make_pdf("disclosure/outcomes/answer_paper.html", {**context, "text": answer.text, "sent_on": answer.sent_at})
