"""Pages of auditors and of whoever is asked: the queue, questions, who could have seen a record, papers, rules."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from accounts.choices import Role
from accounts.models import User
from actions.models import Action, Notification
from actions.tasks import mail_notifications
from audit.choices import Verb
from audit.models import Event
from governance.choices.looks import QuestionState
from governance.models import LookQuestion, LookRule, SightPaper, UnusualLook
from governance.services.sight_papers import check_paper
from offenders.models import Nominal
from tests.factories import make_exclusion, make_force, make_nominal, make_unit, make_user
from tests.governance.making_looks import make_auditor, make_event, make_look, make_question

pytestmark = pytest.mark.django_db
NAME = ("Hollowway", "Quentin")


@pytest.fixture
def officer() -> User:
    return make_user(unit=make_unit(), last_name="Marchbank")


@pytest.fixture
def nominal(officer: User) -> Nominal:
    return make_nominal(offender_manager=officer, surname=NAME[0], given_names=NAME[1])


@pytest.fixture
def auditor(officer: User) -> User:
    return make_auditor(officer.organisation)


def text_of(client: Client, url: str, user: User) -> str:
    """Return the words of a page as somebody sees it."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def test_from_queue_to_accepted_without_the_name_of_anybody_on_record(client: Client, auditor: User, officer: User, nominal: Nominal):
    look = make_look(person=officer, nominal=nominal)
    seen = [text_of(client, "/looks/", auditor), text_of(client, f"/looks/{look.public_id}/", auditor)]
    asked = client.post(f"/looks/{look.public_id}/ask/", {"words": "Why on that evening?", "version": 1})
    assert asked.status_code == 302
    question = LookQuestion.objects.get()
    seen += [text_of(client, "/looks/questions/", officer), text_of(client, f"/looks/questions/{question.public_id}/", officer)]
    seen += [text_of(client, "/actions/", officer), text_of(client, "/notifications/", officer)]
    client.force_login(officer)
    client.post(f"/looks/questions/{question.public_id}/answer/", {"words": "A briefing for a visit", "version": 1})
    seen.append(text_of(client, f"/looks/questions/{question.public_id}/decide/", auditor))
    decided = {"decision": "explained", "words": "The duty sheet says so", "version": 2}
    client.post(f"/looks/questions/{question.public_id}/decide/", decided)
    seen += [text_of(client, f"/looks/{look.public_id}/", auditor), text_of(client, "/looks/?state=any", auditor)]
    question.refresh_from_db()
    assert question.state == QuestionState.ACCEPTED
    mail_notifications()
    seen += [str(message.message()) for message in mail.outbox]
    assert mail.outbox
    assert [name for page in seen for name in NAME if name in page] == []
    assert any(nominal.reference in page for page in seen)


def test_whoever_is_asked_does_not_read_a_record_that_they_must_not_know_of_any_more(
    client: Client, auditor: User, officer: User, nominal: Nominal
):
    other = make_user(unit=officer.unit)
    question = make_question(asked=other, asked_by=auditor, nominal=nominal)
    assert nominal.reference in text_of(client, f"/looks/questions/{question.public_id}/", other)
    make_exclusion(nominal=nominal, user=other)
    assert nominal.reference not in text_of(client, f"/looks/questions/{question.public_id}/", other)


def test_an_auditor_asks_from_an_event_about_several_looks_of_that_day(client: Client, auditor: User, officer: User, nominal: Nominal):
    events = [make_event(officer, nominal), make_event(officer, nominal)]
    make_event(officer, make_nominal(unit=officer.unit))
    client.force_login(auditor)
    url = f"/looks/events/{events[0].pk}/ask/"
    boxes = client.get(url).context["form"].fields["events"].choices
    assert [key for key, _ in boxes] == [event.pk for event in events]
    empty = client.post(url, {"words": "Why did you open it twice?"})
    assert (empty.status_code, "Why did you open it twice?" in empty.content.decode()) == (422, True)
    client.post(url, {"words": "Why did you open it twice?", "events": [event.pk for event in events]})
    assert LookQuestion.objects.get().events == [event.pk for event in events]
    assert client.get(f"/looks/events/{make_event(auditor).pk}/ask/").status_code == 404


def test_who_could_have_seen_it_shows_people_rules_looks_and_where_it_comes_from(
    client: Client, auditor: User, officer: User, nominal: Nominal
):
    colleague = make_user(unit=officer.unit, last_name="Brindlecombe")
    make_event(colleague, nominal, page="CaseFilePage")
    url = f"/nominals/{nominal.reference}/who-could-see/?on={localdate().isoformat()}"
    page = text_of(client, url, auditor)
    words = ("Brindlecombe", "unit owned the record", "Viewed: case file", "managed the record", "taken back change by change")
    assert [word for word in words if word not in page] == []
    assert [name for name in NAME if name in page] == []
    recorded = Event.objects.filter(actor=auditor, nominal=nominal.pk, verb=Verb.VIEWED).latest("pk")
    assert recorded.detail == {"page": "WhoCouldSee", "on": localdate().isoformat()}
    ahead = localdate() + timedelta(days=2)
    assert client.get(f"/nominals/{nominal.reference}/who-could-see/?on={ahead.isoformat()}").status_code == 422


def test_a_record_that_is_restricted_is_there_for_the_auditor_and_one_of_another_force_or_excluded_is_not(
    client: Client, auditor: User, officer: User, nominal: Nominal
):
    Nominal.objects.filter(pk=nominal.pk).update(is_restricted=True)
    text_of(client, f"/nominals/{nominal.reference}/who-could-see/", auditor)
    assert client.get(f"/nominals/{make_nominal().reference}/who-could-see/").status_code == 404
    make_exclusion(nominal=nominal, user=auditor)
    assert client.get(f"/nominals/{nominal.reference}/who-could-see/").status_code == 404


def test_a_paper_is_checked_by_code_seal_and_file(client: Client, auditor: User, officer: User, nominal: Nominal):
    client.force_login(auditor)
    response = client.post(f"/nominals/{nominal.reference}/who-could-see/paper/?on={localdate().isoformat()}")
    paper = SightPaper.objects.get()
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    flat = words.replace("\n", "").replace(" ", "")
    assert [part for part in (paper.code, paper.seal, paper.content_sha256, "Marchbank") if part not in flat] == []
    assert [name for name in NAME if name in words] == []
    file = SimpleUploadedFile("paper.pdf", response.content)
    found = client.post("/looks/papers/", {"code": paper.code.lower(), "file": file}).content.decode()
    assert [word for word in ("Issued here", "as it was handed out", nominal.reference, paper.seal) if word not in found] == []
    forged = SimpleUploadedFile("paper.pdf", response.content + b" ")
    assert "not the one that was handed out" in client.post("/looks/papers/", {"code": paper.code, "file": forged}).content.decode()
    assert "No paper with this code" in client.post("/looks/papers/", {"code": "WS-0000-0000"}).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        SightPaper.objects.update(people=1)
    stranger = make_auditor(make_force())
    client.force_login(stranger)
    assert "No paper with this code" in client.post("/looks/papers/", {"code": paper.code}).content.decode()


def test_a_paper_whose_row_says_something_else_does_not_fit_its_seal(auditor: User, nominal: Nominal):
    values = {"force": auditor.organisation, "nominal": nominal.pk, "day": localdate(), "made_by": auditor, "made_at": now(), "people": 3}
    digests = {"content_sha256": "0" * 64, "seal": "0" * 64, "file_sha256": "0" * 64}
    SightPaper.objects.create(code="WS-FORG-ED22", **values, **digests)
    assert check_paper(actor=auditor, code="WS-FORG-ED22").is_sealed is False


def test_an_administrator_changes_the_numbers_from_a_day_on(client: Client, officer: User):
    admin = make_user(Role.ADMINISTRATOR, organisation=officer.organisation)
    rule, day = LookRule.objects.get(code="many"), localdate() + timedelta(days=1)
    client.force_login(admin)
    url = f"/looks/rules/{rule.pk}/change/"
    data = {"explains": "Many in a row.", "least": 25, "span": 20, "margin": 0, "source": "Force policy", "reason": "Too many false alarms"}
    data |= {"starts_on_day": day.day, "starts_on_month": day.month, "starts_on_year": day.year}
    assert client.get(url).status_code == 200
    assert client.post(url, data).status_code == 302
    assert LookRule.objects.on(localdate()).get(code="many").least == rule.least
    assert LookRule.objects.on(day).get(code="many").least == 25
    assert "Force policy" in client.get("/looks/rules/").content.decode()
    client.force_login(officer)
    assert (client.get("/looks/rules/").status_code, client.get(url).status_code) == (403, 403)


def test_lists_take_as_many_statements_for_many_rows_as_for_few(
    client: Client, auditor: User, officer: User, django_assert_max_num_queries
):
    for _ in range(8):
        nominal = make_nominal(unit=officer.unit)
        make_look(person=officer, nominal=nominal)
        make_question(asked=officer, asked_by=auditor, nominal=nominal)
    client.force_login(auditor)
    for url in ("/looks/", "/looks/questions/"):
        with django_assert_max_num_queries(16):
            assert client.get(url).status_code == 200
    assert UnusualLook.objects.count() == 8
    assert not Notification.objects.exists()
    assert not Action.objects.exists()
