"""A letter is in the language in which whoever asked wants to be written to, whatever the officer's own pages are in."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from pypdf import PdfReader

from disclosure.choices.outcomes import Paper
from disclosure.documents.outcomes import answer_paper, telling_paper
from disclosure.documents.subject_access import bundle_paper
from disclosure.models import Application, FreedomReply, Ground, NeutralAnswer, StandardText
from disclosure.reports.outcomes import neutral_text, prepared_of
from disclosure.reports.practice import told_in
from disclosure.reports.subject_access import bundle_of
from disclosure.services.freedom_replies import add_figures, approve_reply, send_reply, write_reply
from tests.disclosure.making_freedom import make_governance, take
from tests.disclosure.making_outcomes import make_prepared
from tests.disclosure.making_subject_access import make_bundle_item, make_subject_request
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    """What a reader reads, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def reply_to(language: str, outcome: str = "part") -> FreedomReply:
    """A reply that was sent."""
    governance = make_governance()
    asked = take(governance, language=language)
    grounds = [("personal", "Mae'n enwi rhywun.", "")] if outcome == "part" else []
    write_reply(
        actor=governance, request=asked, version=asked.version, outcome=outcome, text="1 i 5." if outcome == "part" else "", reasons="So.",
        grounds=grounds,
    )  # fmt: skip
    if outcome == "part":
        asked.refresh_from_db()
        add_figures(actor=governance, request=asked, version=asked.version, as_at=localdate())
    asked.refresh_from_db()
    approve_reply(actor=make_governance(asked.force), request=asked, version=asked.version)
    asked.refresh_from_db()
    return send_reply(actor=governance, request=asked, version=asked.version)


def test_a_welsh_letter_for_a_welsh_asker_by_an_officer_who_works_in_english():
    reply = reply_to("cy")
    letter = words_of(bytes(reply.letter))
    assert get_language() == "en-gb"
    assert f"Eich cais {reply.request.reference}" in letter
    assert "Diolch am eich cais o dan Ddeddf Rhyddid Gwybodaeth 2000" in letter
    assert "Adran 40: Gwybodaeth bersonol" in letter
    assert "Categori 1: troseddwr rhywiol cofrestredig" in letter
    assert "Comisiynydd Gwybodaeth" in letter
    for english in ("Thank you", "Section", "Category", "Level", "Printed", "content"):
        assert english not in letter
    assert reply.figures["rows"][0]["name"] == "Category 1: registered sexual offender"
    assert PdfReader(BytesIO(bytes(reply.letter))).trailer["/Root"]["/Lang"] == "cy"


def test_an_english_letter_by_an_officer_who_works_in_welsh():
    with override("cy"):
        letter = words_of(bytes(reply_to("en-gb").letter))
    assert "Thank you for your request under the Freedom of Information Act 2000" in letter
    assert "Section 40: Personal information" in letter
    assert "Categori" not in letter


def test_standard_words_alone():
    letter = words_of(bytes(reply_to("cy", "not_held").letter))
    assert "Rydym wedi chwilio am yr hyn y gofynasoch amdano ac nid ydym yn ei ddal." in letter


def test_a_bundle_is_sealed_in_the_language_of_whoever_asked():
    nominal = make_nominal()
    asked = make_subject_request(nominal=nominal, language="cy")
    make_bundle_item(asked)
    bundle = bundle_of(asked)
    bundle.sealed_by, bundle.sealed_at = make_user(), asked.received_at
    letter = words_of(bundle_paper(bundle))
    assert f"Eich cais {asked.reference}" in letter
    assert "Gofynasoch am gopi o'r hyn y mae'r heddlu'n ei gadw amdanoch." in letter
    assert "Yr hyn sydd yma" in letter
    asked.language = "en-gb"
    assert bundle_of(asked).letter.startswith("You asked for a copy")


def neutral(application: Application) -> str:
    """The letter of the neutral answer."""
    said = NeutralAnswer(application=application, text=neutral_text(application).text, sent_at=application.received_at)
    return words_of(answer_paper(application, said))


def test_papers_of_the_disclosure_schemes():
    application = make_prepared()
    english = neutral(application)
    application.language = "cy"
    assert english.startswith("OFFICIAL") or "You asked us about somebody." in english
    assert f"Eich cwestiwn {application.reference}" in neutral(application)
    assert "Gofynasoch inni am rywun." in neutral(application)
    prepared = prepared_of(application)
    undertaking = words_of(telling_paper(application, prepared, Paper.UNDERTAKING, application.officer, application.received_at))
    assert "Yr ymrwymiad" in undertaking
    assert "Llofnod" in undertaking
    assert "The police" not in undertaking


def test_without_welsh_words_the_english_ones_are_sent():
    application = make_prepared()
    application.language = "cy"
    StandardText.objects.filter(code="domestic-neutral-cy").delete()
    assert neutral_text(application).code == "domestic-neutral"
    ground = Ground(name="Personal information", section="Section 40", told_as="", name_welsh="Gwybodaeth bersonol")
    assert told_in(ground, "cy") == {"name": "Gwybodaeth bersonol", "section": "Section 40", "told_as": "Gwybodaeth bersonol"}
    assert told_in(ground, "en-gb")["told_as"] == "Personal information"


def test_every_standard_text_that_the_public_reads_is_there_in_welsh():
    codes = set(StandardText.objects.values_list("code", flat=True))
    internal = {code for code in codes if code.startswith("unused-")}
    english = {code for code in codes - internal if not code.endswith("-cy")}

    assert len(english) == 9
    assert {f"{code}-cy" for code in english} <= codes
    assert not Ground.objects.filter(law__in=["freedom", "subject_access"], told_as_welsh="").exists()
