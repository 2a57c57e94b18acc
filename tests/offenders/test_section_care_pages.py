"""Pages for looking after confidential sections."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import row_security
from accounts.choices import Role
from audit.choices import Verb
from audit.models import Event
from offenders.models import ConfidentialSection
from offenders.services.section_care import change_section
from offenders.services.sections import add_section
from tests.factories import make_nominal, make_opening, make_section, make_section_grant, make_user

pytestmark = pytest.mark.django_db
SECRET = "Lives with an aunt in Millbrook"
WORDS = {"kind": "victim", "basis": "safeguarding", "lawful_basis": "Safeguarding", "originator": "Victim liaison", "handling": ""}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


@pytest.fixture
def section(nominal):
    return make_section(nominal=nominal, body=SECRET)


def url(section, rest):
    return f"/nominals/{section.nominal.reference}/confidential/{section.public_id}/{rest}/"


def body_of(section, user):
    with row_security(user):
        return ConfidentialSection.objects.get(pk=section.pk).body


def test_the_owner_changes_a_section_and_reads_what_it_said_before(client, section, owner):
    client.force_login(owner)
    page = client.get(url(section, "change")).content.decode()
    assert SECRET in page
    done = client.post(url(section, "change"), {**WORDS, "body": "Lives with her father", "version": 1})
    assert done.headers["Location"] == f"/nominals/{section.nominal.reference}/confidential/"
    page = client.get(done.headers["Location"]).content.decode()
    assert ("Lives with her father" in page, SECRET in page, "What it said before" in page) == (True, True, True)


def test_a_second_window_is_told_and_keeps_what_was_typed(client, section, owner):
    client.force_login(owner)
    client.post(url(section, "change"), {**WORDS, "body": "First", "version": 1})
    again = client.post(url(section, "change"), {**WORDS, "body": "Second", "version": 1})
    page = again.content.decode()
    assert again.status_code == 409
    assert ("Second" in page, "First" in page) == (True, True)
    assert body_of(section, owner) == "First"
    assert client.post(url(section, "change"), {**WORDS, "body": "Second", "version": 2}).status_code == 302


@pytest.mark.parametrize("rest", ["change", "review", "pass-on"])
def test_readers_are_refused_what_is_the_owners_and_others_find_nothing(client, section, owner, rest):
    reader, stranger = make_user(unit=owner.unit), make_user(Role.SUPERVISOR, unit=owner.unit)
    with row_security(owner):
        make_section_grant(section=section, user=reader)
    answers = []
    for user in (owner, reader, stranger):
        client.force_login(user)
        answers.append(client.get(url(section, rest)).status_code)
    assert answers == [200, 403, 404]


def test_review_by_form_closes_and_the_closed_one_shows_on_request(client, section, owner):
    client.force_login(owner)
    assert client.post(url(section, "review"), {"outcome": "close", "reason": "The case is over", "version": 1}).status_code == 302
    page = client.get(f"/nominals/{section.nominal.reference}/confidential/").content.decode()
    assert (SECRET in page, "Show those that are closed" in page) == (False, True)
    page = client.get(f"/nominals/{section.nominal.reference}/confidential/?show=closed").content.decode()
    assert ("The case is over" in page, SECRET in page) == (True, True)


def test_passing_on_by_form(client, section, owner):
    taker = make_user(unit=owner.unit)
    client.force_login(owner)
    done = client.post(url(section, "pass-on"), {"user": taker.username, "reason": "Moves to another post"}, follow=True)
    assert SECRET not in done.content.decode()
    assert body_of(section, taker) == SECRET


def test_ended_access_is_shown_as_ended_and_can_be_given_again(client, section, owner):
    reader = make_user(unit=owner.unit)
    with row_security(owner):
        make_section_grant(section=section, user=reader, hours=-1)
    client.force_login(owner)
    page = client.get(f"/nominals/{section.nominal.reference}/confidential/").content.decode()
    assert ("Give again" in page, "Ended" in page) == (True, True)


def test_printing_hands_over_a_paper_that_names_who_printed_it(client, section, owner):
    client.force_login(owner)
    assert client.post(url(section, "print"), {"reason": "Paper"}).status_code == 422
    assert not Event.objects.filter(verb=Verb.PRINTED).exists()
    paper = client.post(url(section, "print"), {"reason": "For the meeting with the prosecutor"})
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert SECRET not in paper.headers["Content-Disposition"]
    assert Event.objects.filter(verb=Verb.PRINTED, subject_id=section.pk).count() == 1


def test_an_emergency_opening_reads_with_a_banner_and_a_mark_and_prints_nothing(client, section, owner):
    supervisor = make_user(Role.SUPERVISOR, unit=owner.unit)
    make_opening(nominal=section.nominal, user=supervisor)
    client.force_login(supervisor)
    page = client.get(f"/nominals/{section.nominal.reference}/confidential/").content.decode()
    assert (SECRET in page, "Opened in an emergency until" in page, f"Shown to {supervisor.display_name}" in page) == (True, True, True)
    assert url(section, "print") not in page
    assert client.get(url(section, "print")).status_code == 403


def test_ones_own_sections_across_records_and_nobody_elses(client, section, owner):
    other = make_section(nominal=make_nominal(unit=owner.unit))
    client.force_login(owner)
    page = client.get("/kept-apart/").content.decode()
    assert (section.nominal.reference in page, other.nominal.reference in page, SECRET in page) == (True, False, False)


def test_the_page_for_leavers_answers_alike_with_and_without_anything(client, owner):
    supervisor, taker = make_user(Role.SUPERVISOR, unit=owner.unit), make_user(unit=owner.unit)
    client.force_login(supervisor)
    answers = []
    for keeps in (False, True):
        leaver = make_user(unit=owner.unit)
        if keeps:
            make_section(nominal=make_nominal(unit=owner.unit), owner=leaver)
        data = {"leaver": leaver.username, "user": taker.username, "reason": "Leaves at the end of the month"}
        done = client.post("/kept-apart/of-a-leaver/", data)
        answers.append((done.status_code, done.headers["Location"], client.get("/kept-apart/").content.decode().count("another keeper")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 302


def test_pages_are_the_same_to_others_before_and_after_a_section_with_everything_that_hangs_on_it(client, nominal, owner):
    supervisor = make_user(Role.SUPERVISOR, unit=owner.unit)
    client.force_login(supervisor)
    record = f"/nominals/{nominal.reference}/"
    addresses = ["/", "/kept-apart/", "/kept-apart/of-a-leaver/", "/confidential-matters/", record, f"{record}confidential/"]
    addresses += [f"{record}{page}/" for page in ("history", "looked", "people", "sensitive", "break-glass")]
    client.get("/")

    def answers():
        with transaction.atomic():
            pages = [client.get(address) for address in addresses]
            transaction.set_rollback(True)
        assert {page.status_code for page in pages} == {200}
        # The trail's moments are the database's, which no test can stop.
        texts = [re.sub(r"\d+ \w+ \d{4} at [\d:]+[ap]m", "", page.content.decode()) for page in pages]
        return [[line for line in text.splitlines() if "csrf" not in line] for text in texts]

    with time_machine.travel(timezone.now(), tick=False):
        before = answers()
        review = localdate() + timedelta(days=30)
        section = add_section(actor=owner, nominal=nominal, body=SECRET, review_on=review, **WORDS)
        change_section(actor=owner, section=section, version=1, body="Other words")
        after = answers()
    assert before == after
