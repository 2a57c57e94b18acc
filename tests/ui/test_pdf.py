"""Papers: tagged, without network, and without side effects on other parts of the process."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import ImageFile
from pypdf import PdfReader

from ui.pdf import make_pdf, refuse

CONTEXT = {"title": "V-000001", "printed_by": "DC 1", "printed_at": timezone.now(), "copy": "Copy 3 of 7"}


def test_a_paper_is_tagged_and_says_what_it_is():
    reader = PdfReader(io.BytesIO(make_pdf("ui/pdf.html", CONTEXT)))
    assert reader.metadata is not None
    assert reader.metadata.title == "V-000001"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Copy 3 of 7" in reader.pages[0].extract_text()


def test_a_paper_fetches_nothing():
    with pytest.raises(ValueError, match="nothing"):
        refuse("http://127.0.0.1/picture.png")


def test_damaged_pictures_stay_refused_after_a_paper_was_made():
    make_pdf("ui/pdf.html", CONTEXT)
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
