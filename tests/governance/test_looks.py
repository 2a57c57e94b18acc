"""Judging unusual looks, asking why, answering, taking it further: who may, who learns of it, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.models import Organisation, Unit, User
from actions.models import Action, Notification
from governance.choices.looks import LookState, QuestionState
from governance.models import LookJudgement, LookQuestion, QuestionStep, UnusualLook
from governance.reports.looks import rates_of
from governance.services.look_questions import answer_question, ask_why, decide_question
from governance.services.looks import judge_look
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.governance.making_looks import make_auditor, make_event, make_look, make_question

pytestmark = pytest.mark.django_db
REASONS = "They manage the neighbouring record"
ASKED = "Why did you open this record on that evening?"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def force(unit: Unit) -> Organisation:
    return unit.organisation


@pytest.fixture
def auditor(force: Organisation) -> User:
    return make_auditor(force)


@pytest.fixture
def officer(unit: Unit) -> User:
    return make_user(unit=unit)


@pytest.fixture
def lead(unit: Unit) -> User:
    return make_user(Role.SUPERVISOR, unit=unit)


def test_an_auditor_judges_a_look_with_reasons_and_only_once(auditor: User, officer: User):
    look = make_look(person=officer)
    with pytest.raises(DomainError):
        judge_look(actor=auditor, look=look, decision="explained", words="no")
    judge_look(actor=auditor, look=look, decision="explained", words=REASONS, version=1)
    look.refresh_from_db()
    assert (look.state, look.judgements.get().words) == (LookState.EXPLAINED, REASONS)
    with pytest.raises(StaleRecord):
        judge_look(actor=auditor, look=look, decision="referred", words=REASONS, version=1)
    with pytest.raises(DomainError):
        judge_look(actor=auditor, look=look, decision="referred", words=REASONS)


def test_nobody_judges_a_look_of_their_own_and_the_database_refuses_it_too(force: Organisation, auditor: User):
    look = make_look(person=auditor)
    with pytest.raises(NotPermitted):
        judge_look(actor=auditor, look=look, decision="explained", words=REASONS)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookJudgement.objects.create(look=look, person=auditor, by=auditor, decision="explained", words=REASONS)
    assert not UnusualLook.objects.for_user(auditor).exists()
    assert UnusualLook.objects.for_user(make_auditor(force)).get() == look


def test_looks_of_other_forces_and_on_records_that_the_auditor_must_not_know_of_are_not_there(auditor: User, officer: User):
    nominal = make_nominal(offender_manager=officer)
    make_look(person=make_user())
    make_look(person=officer, nominal=nominal)
    question = make_question(asked=officer, asked_by=make_auditor(officer.organisation), nominal=nominal)
    assert (UnusualLook.objects.for_user(auditor).count(), LookQuestion.objects.for_user(auditor).get()) == (1, question)
    make_exclusion(nominal=nominal, user=auditor)
    assert (UnusualLook.objects.for_user(auditor).count(), LookQuestion.objects.for_user(auditor).count()) == (0, 0)


def test_whoever_is_asked_gets_a_private_action_with_five_working_days_that_names_nobody(auditor: User, officer: User, lead: User):
    nominal = make_nominal(offender_manager=officer, surname="Hollowway")
    look = make_look(person=officer, nominal=nominal)
    question = ask_why(actor=auditor, events=look.events, words=ASKED, look=look)
    action = Action.objects.get(subject_type="governance.lookquestion", subject_id=question.pk)
    assert (action.owner, action.unit, action.nominal, action.late_from) == (officer, None, None, question.due_at)
    assert "5 working days later" in " ".join(line["words"] for line in action.explanation)
    told = [action.title, action.detail, *Notification.objects.values_list("text", flat=True)]
    assert [text for text in told if "Hollowway" in text or nominal.reference in text] == []
    assert not Action.objects.for_user(lead).exists()
    assert not Notification.objects.filter(recipient=lead).exists()
    look.refresh_from_db()
    assert look.state == LookState.ASKED


def test_an_answer_that_is_accepted_explains_the_look_and_the_supervisor_never_hears(auditor: User, officer: User, lead: User):
    look = make_look(person=officer)
    question = ask_why(actor=auditor, events=look.events, words=ASKED, look=look)
    answer_question(actor=officer, question=question, words="I stood in for the manager")
    decide_question(actor=auditor, question=question, decision="explained", words="The duty sheet says so")
    look.refresh_from_db()
    question.refresh_from_db()
    assert (look.state, question.state) == (LookState.EXPLAINED, QuestionState.ACCEPTED)
    assert list(question.steps.values_list("state", flat=True)) == ["asked", "answered", "accepted"]
    assert not Action.objects.waiting().exists()
    assert not Notification.objects.filter(recipient=lead).exists()


def test_what_is_taken_further_is_told_to_the_supervisor_without_a_name(auditor: User, officer: User, lead: User):
    question = ask_why(actor=auditor, events=make_look(person=officer).events, words=ASKED)
    answer_question(actor=officer, question=question, words="No particular reason")
    decide_question(actor=auditor, question=question, decision="referred", words="There was no work to do on it")
    told = Notification.objects.get(recipient=lead)
    assert "professional standards" in told.text
    assert officer.last_name not in told.text


def test_a_supervisor_who_is_referred_is_not_the_one_who_is_told(auditor: User, lead: User, unit: Unit):
    senior = make_user(Role.DISCLOSURE_AUTHORITY, organisation=unit.organisation)
    judge_look(actor=auditor, look=make_look(person=lead), decision="referred", words=REASONS)
    assert list(Notification.objects.values_list("recipient", flat=True)) == [senior.pk]


def test_without_an_answer_it_is_taken_further_only_once_it_is_late(auditor: User, officer: User):
    question = make_question(asked=officer, asked_by=auditor)
    for decision in ("explained", "referred"):
        with pytest.raises(DomainError):
            decide_question(actor=auditor, question=question, decision=decision, words=REASONS)
    LookQuestion.objects.filter(pk=question.pk).update(due_at=now() - timedelta(hours=1))
    with pytest.raises(DomainError):
        decide_question(actor=auditor, question=question, decision="explained", words=REASONS)
    assert decide_question(actor=auditor, question=question, decision="referred", words=REASONS).state == QuestionState.REFERRED


def test_only_whoever_was_asked_answers_and_only_auditors_decide(auditor: User, officer: User, lead: User):
    question = make_question(asked=officer, asked_by=auditor)
    for other in (lead, make_user(organisation=officer.organisation)):
        with pytest.raises(NotPermitted):
            answer_question(actor=other, question=question, words="I know why they looked")
    with pytest.raises(DomainError):
        answer_question(actor=auditor, question=question, words="I know why they looked")
    answer_question(actor=officer, question=question, words="A briefing for the visit")
    with pytest.raises(NotPermitted):
        decide_question(actor=officer, question=question, decision="explained", words=REASONS)


def test_an_auditor_is_asked_by_another_and_cannot_decide_on_the_answer(auditor: User, force: Organisation):
    second = make_auditor(force)
    event = make_event(auditor)
    question = ask_why(actor=second, events=[event.pk], words=ASKED)
    assert not Action.objects.exists()  # auditors work with no actions: the question stands on their page
    answer_question(actor=auditor, question=question, words="A check that I was told to do")
    with pytest.raises(NotPermitted):
        decide_question(actor=auditor, question=question, decision="explained", words=REASONS)


def test_nobody_is_asked_about_looks_of_two_people_of_their_own_or_of_another_force(auditor: User, officer: User, unit: Unit):
    of_two = [make_event(officer).pk, make_event(make_user(unit=unit)).pk]
    for events in (of_two, [make_event(auditor).pk], [make_event(make_user()).pk], []):
        with pytest.raises(DomainError):
            ask_why(actor=auditor, events=events, words=ASKED)
    gone = make_user(unit=unit, is_active=False)
    with pytest.raises(DomainError, match="can no longer answer"):
        ask_why(actor=auditor, events=[make_event(gone).pk], words=ASKED)


@pytest.mark.parametrize("model", [QuestionStep, LookJudgement])
@pytest.mark.parametrize("act", ["UPDATE {} SET words = ''", "DELETE FROM {}"])
def test_what_was_asked_answered_and_judged_never_changes(auditor: User, officer: User, model: type, act: str):
    make_question(asked=officer, asked_by=auditor)
    judge_look(actor=auditor, look=make_look(person=officer), decision="explained", words=REASONS)
    for role in ("SET LOCAL ROLE vigil_app", "RESET ROLE"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"{role}; {act.format(model._meta.db_table)}")
    assert model.objects.exists()


def test_the_rate_of_false_alarms_counts_what_was_judged(auditor: User, officer: User):
    for decision in ("explained", "explained", "referred"):
        judge_look(actor=auditor, look=make_look(person=officer), decision=decision, words=REASONS)
    make_look(person=officer)
    rate = next(each for each in rates_of(auditor) if each.rule.code == "surname")
    assert (rate.found, rate.judged, rate.explained, rate.share) == (4, 3, 2, 67)
    assert next(each for each in rates_of(auditor) if each.rule.code == "many").share is None
