"""Previews of PDF, Word and Excel files: drawn or read by a process of its own, whatever the file does."""

import io
import tempfile
import zipfile

import pytest
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from audit.models import Event
from offenders.documents import previews
from offenders.documents.previews import pages_of_pdf, picture_of_page, run_program, text_of_office
from tests.factories import make_nominal, make_user
from tests.offenders.making_documents import make_document, make_pages, make_pdf, make_zip
from ui.pdf import make_pdf as print_pdf

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def word_with(body, prolog=""):
    """A Word document with this body."""
    return make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": f'{prolog}<w:document xmlns:w="{MAIN}">{body}</w:document>'})


def workbook(rows, shared=""):
    """A workbook with one sheet."""
    return make_zip({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{CELLS}" xmlns:r="{LINKS}"><sheets><sheet name="Calls" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId7" Target="worksheets/other.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{CELLS}">{shared}</sst>',
        "xl/worksheets/other.xml": f'<worksheet xmlns="{CELLS}"><sheetData>{rows}</sheetData></worksheet>',
    })  # fmt: skip


def show(content, *what):
    """Run the program on these bytes, through a file as the service does."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return run_program(file, *what)


def test_only_the_page_that_is_asked_for_is_drawn():
    content = make_pages(3)
    assert show(content, "pages") == b"3"
    with Image.open(io.BytesIO(show(content, "page", "2"))) as image:
        assert (image.format, max(image.size)) == ("JPEG", 1600)
        assert image.getpixel((10, image.height - 10))[2] > 200 > image.getpixel((10, image.height - 10))[0]
    assert show(content, "page", "4") is None


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 9999999 9999999", "0 0 1 1", "0 0 14400 1", "0 0 0 0"])
def test_a_page_of_any_size_stays_within_the_pixels(box):
    drawn = show(make_pages(1, box), "page", "1")
    if drawn is not None:
        with Image.open(io.BytesIO(drawn)) as image:
            assert max(image.size) <= 1600


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"%PDF-1.7\n" + b"\x00\xff[<(" * 9000, make_pdf()])
def test_a_damaged_pdf_shows_nothing(content):
    assert show(content, "page", "1") is None


def test_a_file_that_takes_too_long_is_given_up(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("print('half', flush=True)\nwhile True: pass\n")
    monkeypatch.setattr(previews, "PROGRAM", endless)
    monkeypatch.setattr(previews, "SECONDS", 0.5)
    assert show(make_pages(1), "page", "1") is None


def test_the_program_runs_under_limits_and_without_what_the_service_knows(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "never-to-be-passed-on")
    spy = tmp_path / "spy.py"
    spy.write_text(
        previews.PROGRAM.read_text().replace(
            "    limit()\n",
            "    limit()\n    import os\n"
            "    print(dict(os.environ), resource.getrlimit(resource.RLIMIT_AS)[1], resource.getrlimit(resource.RLIMIT_CPU)[1],"
            " resource.getrlimit(resource.RLIMIT_FSIZE)[1], flush=True)\n",
        )
    )
    monkeypatch.setattr(previews, "PROGRAM", spy)
    said = show(make_pages(1), "pages").decode()
    assert "never-to-be-passed-on" not in said
    assert said.splitlines()[0].endswith(f"}} {1024**3} 8 0")


def test_word_is_shown_as_its_text():
    content = word_with("<w:p><w:r><w:t>Seen at </w:t></w:r><w:r><w:t>noon</w:t><w:br/><w:t>Alone</w:t></w:r></w:p><w:p><w:r>"
                        "<w:delText>Taken out</w:delText><w:t>&lt;script&gt;</w:t></w:r></w:p>")  # fmt: skip
    assert show(content, "docx").decode() == "Seen at noon\nAlone\n<script>"


def test_excel_is_shown_as_its_cells():
    rows = ('<row><c t="s"><v>1</v></c><c><v>45123</v></c></row><row><c t="inlineStr"><is><r><t>In </t></r><r><t>line</t></r></is></c>'
            '<c t="b"><v>1</v></c></row>')  # fmt: skip
    content = workbook(rows, "<si><t>Nobody</t></si><si><r><t>Caller</t></r></si>")
    assert show(content, "xlsx").decode() == "Calls\nCaller\t45123\nIn line\t1"


def test_a_long_text_is_cut():
    assert len(show(word_with("<w:p><w:t>word </w:t></w:p>" * 90_000), "docx")) == 20_000


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word_with("<w:p><w:t>&b;</w:t></w:p>", BOMB), "docx"),
        (word_with("<w:p><w:t>cut off"), "docx"),
        (make_zip({"[Content_Types].xml": "<Types/>"}), "docx"),
        (b"PK\x03\x04 no archive", "xlsx"),
        (workbook('<row><c t="s"><v>9</v></c></row>'), "xlsx"),
        (make_zip({"xl/workbook.xml": "<workbook/>"}), "xlsx"),
    ],
    ids=range(6),  # archives hold the time at which they were made, and names of tests must not
)
def test_a_broken_or_hostile_office_file_shows_nothing(content, kind):
    assert show(content, kind) is None


@pytest.fixture
def officer(client, db):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def page(name, row):
    return reverse(f"offenders:{name}", args=[row.nominal.reference, row.public_id])


def test_the_document_shows_one_page_and_leads_to_the_next(client, nominal):
    document = make_document(nominal=nominal, content=make_pages(3))
    address = page("document-page", document.files.get())
    text = client.get(page("document", document), {"page": "2"}).content.decode()
    for words in (f'src="{address}?page=2"', "page 2 of 3", "?page=1#preview", "?page=3#preview"):
        assert words in text, words
    for asked, number in (("99999", 3), ("0", 1), ("x", 1), ("9" * 40, 1), ("²", 1), ("", 1)):
        assert f"page {number} of 3" in client.get(page("document", document), {"page": asked}).content.decode()


def test_a_page_is_pixels_recorded_and_harmless(client, nominal):
    file = make_document(nominal=nominal, content=make_pages(2)).files.get()
    response = client.get(page("document-page", file), {"page": "2"})
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    event = Event.objects.get(verb="viewed", subject_type="offenders.documentfile")
    assert (event.subject_id, event.nominal, event.detail["number"], event.detail["page"]) == (file.pk, nominal.pk, 2, "PreviewPage")


def test_what_cannot_be_shown_says_so_and_leaves_no_read_of_a_page(client, nominal):
    document = make_document(nominal=nominal)
    assert "This file cannot be shown here" in client.get(page("document", document)).content.decode()
    response = client.get(page("document-page", document.files.get()), follow=True)
    assert response.redirect_chain == [(page("document", document), 302)]
    assert "This page cannot be shown" in response.content.decode()
    assert not Event.objects.filter(subject_type="offenders.documentfile").exists()


@pytest.mark.parametrize("state", ["waiting", "infected"])
def test_a_file_that_is_not_clean_is_neither_drawn_nor_read(client, nominal, state, monkeypatch):
    monkeypatch.setattr(previews, "run_program", lambda *args: pytest.fail("the file was opened"))
    pdf = make_document(nominal=nominal, content=make_pages(1), state=state)
    word = make_document(nominal=nominal, content=word_with("<w:p><w:t>Hidden</w:t></w:p>"), file_type="docx", state=state)
    for document in (pdf, word):
        assert client.get(page("document", document)).status_code == 200
    assert client.get(page("document-page", pdf.files.get())).status_code == 302
    assert (pages_of_pdf(pdf.files.get()), text_of_office(word.files.get())) == (0, "")


def test_a_page_of_what_is_no_pdf_is_not_found(client, nominal):
    word = make_document(nominal=nominal, content=word_with(""), file_type="docx")
    assert client.get(page("document-page", word.files.get())).status_code == 404


def test_word_shows_escaped_and_a_presentation_says_that_it_does_not(client, nominal):
    word = make_document(nominal=nominal, content=word_with("<w:p><w:t>&lt;script&gt;</w:t></w:p>"), file_type="docx")
    text = client.get(page("document", word)).content.decode()
    assert ("&lt;script&gt;" in text, "Its text alone" in text) == (True, True)
    slides = make_document(nominal=nominal, content=make_zip({"a": "b"}, zipfile.ZIP_STORED), file_type="pptx")
    assert "There is no preview of this kind of file" in client.get(page("document", slides)).content.decode()


def test_a_file_that_is_gone_is_not_found_and_shows_nothing(client, nominal):
    document = make_document(nominal=nominal, content=make_pages(1))
    file = document.files.get()
    file.file.storage.delete(file.file.name)
    assert client.get(page("document-page", file)).status_code == 404
    assert "cannot be shown here" in client.get(page("document", document)).content.decode()


def test_more_pages_than_the_limit_are_not_drawn(nominal, monkeypatch):
    monkeypatch.setattr(previews, "MOST_PAGES", 2)
    file = make_document(nominal=nominal, content=make_pages(3)).files.get()
    assert pages_of_pdf(file) == 2
    with file.file.open("rb") as content:
        assert picture_of_page(content, 3) is None
        assert picture_of_page(content, 0) is None


def test_papers_of_our_own_can_be_shown():
    paper = print_pdf("ui/pdf.html", {"title": "V-000001", "printed_by": "DC 1", "printed_at": now()})
    assert show(paper, "page", "1").startswith(b"\xff\xd8")
