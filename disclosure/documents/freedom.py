"""The letter that answers a request for information of the force."""

from __future__ import annotations

from django.utils.translation import gettext, override

from disclosure.models import FreedomReply
from disclosure.reports.freedom import letter_words
from ui.pdf import make_pdf


def reply_letter(reply: FreedomReply) -> bytes:
    """Return the letter as PDF. It does not repeat the question, which may name somebody; the force signs, no officer."""
    request = reply.request
    context = {"title": title_in(request.language, request.reference), "marking": "OFFICIAL", "reply": reply, "request": request}
    signed = {"printed_by": request.force.name, "printed_at": reply.sent_at}
    return make_pdf("disclosure/freedom/letter.html", {**context, **signed, **letter_words(reply)}, request.language)


def title_in(language: str, reference: str) -> str:
    """Return how a letter is headed, in the language of whoever asked."""
    with override(language):
        return gettext("Your request %(reference)s") % {"reference": reference}
