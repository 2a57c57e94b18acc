"""The choice between English and Welsh: by a link on every page, for pages alone; nothing that is kept or answered to a program."""

from __future__ import annotations

from datetime import date

import polib
import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.choices import Role
from accounts.errors import DomainError, SeveralErrors
from audit.models import Event
from disclosure.models import FreedomRequest
from tests.accounts.signing_in import PASSWORD, make_person
from tests.disclosure.making_freedom import PLAIN, make_governance
from tests.factories import make_nominal, make_user
from tests.ui.test_catalogue import WELSH
from ui.templatetags.ui import date_words

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def in_welsh(client):
    client.get(reverse("accounts:language", args=["cy"]))
    return client


def test_the_sign_in_page_offers_the_other_language_under_its_own_name(client):
    page = client.get(SIGN_IN)
    assert '<html lang="en-GB"' in page.content.decode()
    assert 'href="/language/cy/?next=%2Fsign-in%2F" lang="cy" hreflang="cy" rel="alternate">Cymraeg</a>' in page.content.decode()
    chosen = client.get("/language/cy/?next=%2Fsign-in%2F")
    assert (chosen.status_code, chosen["Location"]) == (302, SIGN_IN)
    cookie = chosen.cookies["vigil-language"]
    assert (cookie.value, bool(cookie["httponly"]), cookie["samesite"]) == ("cy", True, "Strict")
    page = client.get(SIGN_IN)
    shown = page.content.decode()
    assert page["Content-Language"] == "cy"
    assert '<html lang="cy"' in shown
    assert "Mewngofnodi" in shown
    assert "Sign in" not in shown
    assert ">English</a>" in shown


def test_a_mistake_is_told_in_welsh(in_welsh):
    shown = in_welsh.post(SIGN_IN, {"username": "", "password": ""}).content.decode()
    assert "Mae problem" in shown
    assert "Rhowch" in shown
    refused = in_welsh.post(SIGN_IN, {"username": "somebody", "password": "wrong"}).content.decode()
    assert "Nid yw&#x27;r enw defnyddiwr neu&#x27;r cyfrinair yn gywir." in refused


@pytest.mark.parametrize("wanted", ["fr", "en", "cy-gb"])
def test_there_are_two_languages(client, wanted):
    assert client.get(f"/language/{wanted}/").status_code == 404
    client.cookies["vigil-language"] = wanted
    assert '<html lang="en-GB"' in client.get(SIGN_IN).content.decode()


def test_the_choice_leads_nowhere_else(client):
    assert client.get("/language/cy/?next=https://elsewhere.invalid/")["Location"] == "/"


def test_pages_of_a_record_are_in_welsh_and_back_in_english(in_welsh):
    nominal = make_nominal()
    in_welsh.force_login(nominal.offender_manager)
    assert "Fy ngwaith" in in_welsh.get("/").content.decode()
    card = in_welsh.get(reverse("offenders:card", args=[nominal.reference])).content.decode()
    assert "Beth i'w wneud nawr" in card
    in_welsh.get("/language/en-gb/")
    assert "What to do now" in in_welsh.get(reverse("offenders:card", args=[nominal.reference])).content.decode()


def test_the_page_of_health_is_for_people_and_metrics_for_programs(in_welsh):
    in_welsh.force_login(make_user(Role.ADMINISTRATOR))
    assert [in_welsh.get(path)["Content-Language"] for path in ("/health/", "/metrics")] == ["cy", "en-gb"]


def test_a_refusal_reads_welsh_where_the_catalogue_has_it(in_welsh):
    in_welsh.force_login(make_user(Role.OPERATIONAL))
    shown = in_welsh.get(reverse("accounts:user-list")).content.decode()
    assert "Ni allwch wneud hyn" in shown


def test_programs_are_answered_in_english_whatever_the_browser_chose(client, in_welsh):
    answers = []
    for chosen in ("cy", "en-gb"):
        client.cookies["vigil-language"] = chosen
        answers.append(client.get("/api/v1/nothing-here/"))
    assert [answer["Content-Language"] for answer in answers] == ["en-gb", "en-gb"]
    assert answers[0].content == answers[1].content


def stored_texts() -> set[str]:
    """Every text in every table of ours that a page may have written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb') AND table_name ~ '^(audit|actions|disclosure|django_session)'"
        )
        columns = cursor.fetchall()
        found: set[str] = set()
        for table, column in columns:
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608
            found |= {row[0] for row in cursor.fetchall()}
    return found


def test_what_is_done_in_welsh_is_kept_in_english(in_welsh):
    before = stored_texts()
    in_welsh.force_login(make_governance())
    day = localdate()
    sent = {f"received_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    sent |= {"asker": "A. Writer", "address": "1 Invented Row", "came_by": "email", "question": PLAIN, "kind": "statistics"}
    assert in_welsh.post("/freedom-requests/take/", sent | {"concerns": "no", "language": "cy"}).status_code == 302
    asked = FreedomRequest.objects.get()
    reply = {"version": asked.version, "outcome": "not_held", "text": "", "reasons": "Nothing like it."}
    assert in_welsh.post(reverse("disclosure:freedom-reply", args=[asked.public_id]), reply).status_code == 302
    kept = stored_texts() - before
    entries = polib.pofile(str(WELSH)).translated_entries()
    welsh = {entry.msgstr for entry in entries if len(entry.msgstr) > 6 and entry.msgstr != entry.msgid}

    assert Event.objects.filter(verb="created", subject_id=asked.pk).exists()
    assert {text for text in kept for words in welsh if words in text} == set()


def test_signing_in_keeps_the_language(in_welsh):
    user = make_person()
    in_welsh.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert '<html lang="cy"' in in_welsh.get("/account/").content.decode()


def test_a_refusal_with_parts_is_in_the_language_in_which_it_is_read():
    """Raised while something is done, in English; shown afterwards."""
    refusal = DomainError("Choose by {day}.", day=date_words(date(2026, 11, 29)), field="day")
    elsewhere = refusal.on("other")
    assert (str(refusal), str(elsewhere), elsewhere.field) == ("Choose by 29 November 2026.", "Choose by 29 November 2026.", "other")
    with override("cy"):
        assert str(refusal) == "Choose by 29 Tachwedd 2026."
    both = SeveralErrors([refusal, DomainError("Not {so}.", so="{day}")])
    assert (str(both), both.field) == ("Choose by 29 November 2026. Not {day}.", "day")
