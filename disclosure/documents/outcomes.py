"""Papers of what comes of an application. None names anybody in it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, override

from accounts.models import User
from disclosure.choices.outcomes import Paper
from disclosure.models import Application, NeutralAnswer, SchemeDisclosure
from ui.pdf import make_pdf

LETTER = "OFFICIAL"


def telling_paper(application: Application, prepared: SchemeDisclosure, kind: Paper, printed_by: User, printed_at: datetime) -> bytes:
    """Return the words to say, or the undertaking to sign, as a numbered paper."""
    with override(application.language):
        said = {"title": f"{kind.label}, {application.reference}", "copy": gettext("Copy %(number)s") % {"number": prepared.copies}}
    context = {**said, "printed_by": printed_by.display_name, "printed_at": printed_at, "script": prepared.script}
    return make_pdf(f"disclosure/outcomes/{kind}_paper.html", context, application.language)


def answer_paper(application: Application, answer: NeutralAnswer) -> bytes:
    """Return the letter of a neutral answer: made from its words, the reference and the day, and nothing else."""
    with override(application.language):
        title = gettext("Your question %(reference)s") % {"reference": application.reference}
    context = {"title": title, "marking": LETTER, "force": application.force.name, "text": answer.text, "sent_on": answer.sent_at}
    return make_pdf("disclosure/outcomes/answer_paper.html", context, application.language)
