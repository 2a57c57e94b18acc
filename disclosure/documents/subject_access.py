"""What goes to whoever asked for their own data, on paper."""

from __future__ import annotations

from itertools import groupby

from disclosure.documents.freedom import title_in
from disclosure.models import Bundle
from ui.pdf import make_pdf


def bundle_paper(bundle: Bundle) -> bytes:
    """Return the letter, what the paper holds and each page as PDF, from what was sealed and nothing else: the same file each time.

    Nobody of the staff is named.
    """
    groups = [(heading, list(rows)) for heading, rows in groupby(bundle.contents, key=lambda each: each["heading"])]
    language = bundle.request.language
    context = {"title": title_in(language, bundle.request.reference), "bundle": bundle, "groups": groups}
    return make_pdf("disclosure/subject_access/paper.html", context, language)
