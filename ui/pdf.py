"""Papers as PDF: tagged for screen readers, marked, numbered, made without any network."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop, override
from PIL import ImageFile

from ui.languages import KEPT_IN

STYLE = Path("app") / "pdf.css"
NUMBERED = (gettext_noop("Page "), gettext_noop(" of "), gettext_noop(", page "))  # as they stand in the style sheet


def make_pdf(template: str, context: dict[str, Any], language: str = KEPT_IN) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of a template that extends ui/pdf.html.

    The context says `title` (a reference, never a name), `marking`, `printed_by`, `printed_at`, and `copy` ("Copy 3 of 7, issued to
    ...") where copies are numbered. A letter is in the language in which its reader asked to be written to, other papers in English.
    What must not leave is not in the context: nothing is hidden in a PDF by drawing over it.
    Raises OSError where the operating system has no Pango (a system check warns of it).
    """
    import weasyprint  # noqa: PLC0415  (needs Pango from the operating system; everything but papers works without)

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # fonts in a paper carry a time: with this one, equal papers are equal files
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # that import switches it on for the whole process; damaged uploads must be refused
    with override(language):
        written = render_to_string(template, context)
    html = weasyprint.HTML(string=written, url_fetcher=refuse)
    return bytes(html.write_pdf(stylesheets=[weasyprint.CSS(string=style(language))], pdf_variant="pdf/ua-1"))


def refuse(url: str, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
    """Fetch nothing: a paper is made from what it was given."""
    raise ValueError("A paper fetches nothing")


@cache
def style(language: str) -> str:
    """Return the style sheet of papers, which numbers their pages in words of a language."""
    file = next(Path(folder) / STYLE for folder in settings.STATICFILES_DIRS if (Path(folder) / STYLE).exists())
    css = file.read_text(encoding="utf-8")
    with override(language):
        for words in NUMBERED:
            css = css.replace(f'"{words}"', f'"{gettext(words)}"')
    return css


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that hands over a PDF; `name` is made of references, never of a person's name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
