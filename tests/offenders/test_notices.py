"""Came to notice: told in one POST, mailed without names, answered once, followed by whoever reported."""

import pytest
from django.core import mail

from accounts.choices import Role
from accounts.errors import NotPermitted, StaleRecord
from accounts.permissions import Perm
from audit.models import Event
from offenders import tasks
from offenders.models import Notice
from offenders.services.notices import answer_notice, mail_notice, tell_manager
from tests.factories import make_exclusion, make_nominal, make_notice, make_reason, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer, surname="Uniquename")


@pytest.fixture
def operator(officer):
    return make_user(Role.CONTROL_ROOM, organisation=officer.organisation)


def test_tell_manager_stores_records_and_sends_only_a_key(operator, nominal, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(tasks.mail_notice, "delay", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        notice = tell_manager(actor=operator, nominal=nominal, what_happened="Seen near a school", incident_reference="417")
        assert sent == []
    assert sent == [notice.pk]
    event = Event.objects.get(nominal=nominal.pk, verb="told manager")
    assert (event.verb, event.subject_id) == ("told manager", notice.pk)
    assert "school" not in str(event.detail)


def test_a_dead_broker_loses_no_notice(operator, nominal, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(tasks.mail_notice, "delay", lambda pk: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        tell_manager(actor=operator, nominal=nominal, what_happened="Seen")
    assert Notice.objects.count() == 1


def test_mail_names_nobody(nominal, officer):
    tasks.mail_notice(make_notice(nominal=nominal).pk)
    (sent,) = mail.outbox
    assert sent.recipients() == [officer.email]
    assert not any(word in sent.subject + sent.body for word in ("Uniquename", nominal.reference, "school"))


def test_no_mail_for_ones_own_act_nor_after_the_answer(nominal, officer):
    mail_notice(notice_id=make_notice(nominal=nominal, reported_by=officer).pk)
    answered = make_notice(nominal=nominal)
    answer_notice(actor=officer, notice=answered, answer="Visited")
    mail_notice(notice_id=answered.pk)
    assert mail.outbox == []


def test_when_the_manager_has_left_the_units_supervisors_are_told(nominal, officer):
    boss, _closed = make_user(Role.SUPERVISOR, unit=officer.unit), make_user(Role.SUPERVISOR, unit=officer.unit, is_active=False)
    excluded = make_user(Role.SUPERVISOR, unit=officer.unit)
    make_exclusion(nominal=nominal, user=excluded)
    officer.is_active = False
    officer.save()
    mail_notice(notice_id=make_notice(nominal=nominal).pk)
    assert [message.recipients() for message in mail.outbox] == [[boss.email]]


def test_telling_takes_a_card_that_one_may_read(nominal):
    other_force = make_user(Role.CONTROL_ROOM)
    with pytest.raises(NotPermitted):
        tell_manager(actor=other_force, nominal=nominal, what_happened="Seen")
    make_reason(nominal=nominal, user=other_force)
    tell_manager(actor=other_force, nominal=nominal, what_happened="Seen")
    assert Notice.objects.get().reported_by == other_force


def test_answer_once_and_only_by_the_team(nominal, officer, operator):
    notice = make_notice(nominal=nominal, reported_by=operator)
    colleague, stranger = make_user(unit=officer.unit), make_user()
    for actor in (operator, stranger):
        with pytest.raises(NotPermitted):
            answer_notice(actor=actor, notice=notice, answer="x")
    answer_notice(actor=colleague, notice=notice, answer="Visited at noon")
    with pytest.raises(StaleRecord):
        answer_notice(actor=officer, notice=notice, answer="Again")
    notice.refresh_from_db()
    assert (notice.answer, notice.answered_by) == ("Visited at noon", colleague)
    assert Event.objects.filter(verb="answered", nominal=nominal.pk).count() == 1


def test_who_sees_a_notice(nominal, officer, operator):
    notice = make_notice(nominal=nominal, reported_by=operator)
    other_operator = make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    assert set(Notice.objects.for_user(officer)) == {notice}
    assert set(Notice.objects.for_user(operator)) == set()
    assert set(Notice.objects.for_user(operator, Perm.TELL_MANAGER)) == {notice}
    assert set(Notice.objects.for_user(other_operator, Perm.TELL_MANAGER)) == set()
    make_exclusion(nominal=nominal, user=operator)
    assert set(Notice.objects.for_user(operator, Perm.TELL_MANAGER)) == set()


def test_reporter_reads_the_answer_without_the_name(client, nominal, officer, operator):
    notice = make_notice(nominal=nominal, reported_by=operator)
    answer_notice(actor=officer, notice=notice, answer="Visited at noon")
    client.force_login(operator)
    listed, page = client.get("/notices/").content.decode(), client.get(f"/notices/{notice.public_id}/").content.decode()
    assert "Visited at noon" in listed
    assert "Visited at noon" in page
    assert "Uniquename" not in listed + page
    assert "UNIQUENAME" not in listed + page


def test_manager_answers_in_the_browser(client, nominal, officer, operator):
    notice = make_notice(nominal=nominal, reported_by=operator)
    client.force_login(officer)
    url = f"/notices/{notice.public_id}/"
    assert "UNIQUENAME, Alex" in client.get(url).content.decode()
    assert client.post(url, {"answer": ""}).status_code == 422
    assert client.post(url, {"answer": "Known, visited"}).status_code == 302
    assert client.post(url, {"answer": "Too late"}).status_code == 409
    assert Event.objects.filter(verb="viewed", subject_type="offenders.notice", actor=officer).count() == 1


def test_reporter_cannot_answer_and_others_find_nothing(client, nominal, officer, operator):
    notice = make_notice(nominal=nominal, reported_by=operator)
    url = f"/notices/{notice.public_id}/"
    client.force_login(operator)
    assert client.post(url, {"answer": "x"}).status_code == 403
    client.force_login(make_user(Role.CONTROL_ROOM, organisation=officer.organisation))
    assert client.get(url).status_code == 404


def test_card_tells_in_one_post(client, nominal, operator):
    client.force_login(operator)
    url = f"/nominals/{nominal.reference}/came-to-notice/"
    assert client.post(url, {"what_happened": "Seen", "incident_reference": "417"}).status_code == 302
    refused = client.post(url, {"what_happened": "", "incident_reference": "9" * 50})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"what_happened", "incident_reference"})
    assert list(Notice.objects.values_list("what_happened", "reported_by")) == [("Seen", operator.pk)]


def test_empty_list_says_why(client, operator):
    client.force_login(operator)
    assert "You have reported nothing yet" in client.get("/notices/").content.decode()
