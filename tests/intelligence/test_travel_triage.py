"""What people decide about reports: who may, of two one wins, what is remembered, what can be taken back."""

import threading
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from intelligence.choices.travel import AlertState
from intelligence.models import AlertCandidate, TravelAlert, TravelRecord
from intelligence.services import triage
from intelligence.services.alert_matching import match_received
from intelligence.services.queues import ask_managers, keep_queue
from intelligence.services.travel_records import evaluate_travel, return_evaluation, sign_off_travel
from tests.factories import make_nominal, make_unit, make_user
from tests.intelligence.making_travel import make_alert, make_candidate, make_record, make_source, make_triager

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def officer(unit):
    return make_triager(unit)


@pytest.fixture
def alert(unit):
    return make_alert(source=make_source(unit=unit))


@pytest.fixture
def nominal(unit):
    return make_nominal(unit=unit)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_person_is_chosen_and_the_report_goes_on_the_record(officer, alert, nominal):
    keep_queue(alert.unit_id)
    make_candidate(alert=alert, nominal=nominal)
    record = triage.file_to_person(actor=officer, alert=alert, nominal=nominal, version=1)
    assert (record.nominal, record.filed_by, fresh(alert).state) == (nominal, officer, AlertState.FILED)
    assert not Action.objects.waiting().filter(kind="travel-triage").exists()


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.OPERATIONAL, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_roles_without_the_queue_decide_nothing(role, unit, alert, nominal):
    actor = make_user(role, unit=unit) if role != Role.PARTNER else make_user(role)
    with pytest.raises(NotPermitted):
        triage.file_to_person(actor=actor, alert=alert, nominal=nominal, version=1)


def test_a_colleague_of_another_unit_decides_nothing(alert, nominal):
    with pytest.raises(NotPermitted):
        triage.set_aside(actor=make_user(), alert=alert, version=1, reason="Not known")


def test_nobody_files_to_a_record_of_which_they_may_not_know(officer, alert, unit):
    hidden = make_nominal(unit=unit, is_restricted=True)
    with pytest.raises(NotPermitted):
        triage.file_to_person(actor=officer, alert=alert, nominal=hidden, version=1)


def test_whoever_saw_an_older_state_is_told(officer, alert, nominal):
    triage.set_aside(actor=officer, alert=alert, version=1, reason="Not known")
    with pytest.raises(StaleRecord):
        triage.file_to_person(actor=officer, alert=alert, nominal=nominal, version=1)


def test_a_colleague_who_looks_at_it_keeps_others_off_until_they_take_it_over(officer, alert, unit):
    other = make_triager(unit)
    triage.take_alert(actor=officer, alert=alert, version=1)
    with pytest.raises(DomainError, match=officer.display_name):
        triage.set_aside(actor=other, alert=alert, version=2, reason="Not known")
    triage.take_alert(actor=other, alert=alert, version=2)
    triage.set_aside(actor=other, alert=alert, version=3, reason="Not known")
    assert fresh(alert).state == AlertState.NOT_OURS
    assert officer.notifications.count() == 1


def test_not_the_person_is_remembered_and_the_pair_never_comes_back(officer, alert, nominal):
    candidate = make_candidate(alert=alert, nominal=nominal)
    triage.set_aside(actor=officer, alert=alert, version=1, reason="Not known")
    assert fresh(candidate).ruled_out_by == officer
    triage.bring_back(actor=officer, alert=alert, version=2, reason="Look again")
    TravelAlert.objects.filter(pk=alert.pk).update(state=AlertState.RECEIVED)
    match_received(actor=None)
    assert set(AlertCandidate.objects.filter(alert=alert, ruled_out_at__isnull=True).values_list("nominal", flat=True)) == set()


def test_what_one_is_not_sure_about_is_for_a_supervisor(officer, alert, unit):
    boss = make_triager(unit, Role.SUPERVISOR)
    triage.ask_supervisor(actor=officer, alert=alert, version=1, reason="The birthday is one day off")
    with pytest.raises(DomainError, match="supervisor"):
        triage.set_aside(actor=officer, alert=alert, version=2, reason="Not known")
    triage.set_aside(actor=boss, alert=alert, version=2, reason="Not known")
    assert fresh(alert).state == AlertState.NOT_OURS
    assert boss.notifications.count() == 1


def test_a_wrong_filing_is_taken_back_and_the_row_stays(officer, alert, nominal):
    record = triage.file_to_person(actor=officer, alert=alert, nominal=nominal, version=1)
    triage.bring_back(actor=officer, alert=alert, version=2, reason="The passport is another one")
    assert (fresh(record).withdrawn_by, fresh(alert).state, fresh(alert).nominal) == (officer, AlertState.TRIAGE, None)
    assert not Action.objects.waiting().filter(nominal=nominal.pk).exists()
    again = triage.file_to_person(actor=officer, alert=alert, nominal=make_nominal(unit=alert.unit), version=3)
    assert TravelRecord.objects.filter(alert=alert, withdrawn_at__isnull=True).get() == again


def test_the_manager_of_a_hidden_person_answers_and_the_queue_learns_nothing(officer, alert, unit):
    hidden = make_nominal(unit=unit, is_restricted=True)
    candidate = make_candidate(alert=alert, nominal=hidden)
    ask_managers(alert)
    assert list(triage.known_candidates(alert, officer)) == []
    assert not TravelAlert.objects.for_user(officer).filter(nominal=hidden).exists()
    triage.answer_for_person(actor=hidden.offender_manager, candidate=candidate, is_person=True, reason="Same passport")
    assert fresh(alert).state == AlertState.FILED
    assert alert not in TravelAlert.objects.for_user(officer)


def test_only_the_manager_of_a_person_answers_for_them(officer, alert):
    other = make_nominal()
    candidate = make_candidate(alert=alert, nominal=other)
    with pytest.raises(NotPermitted):
        triage.answer_for_person(actor=officer, candidate=candidate, is_person=False, reason="No")


def test_a_no_rules_the_person_out_and_the_report_still_waits(alert):
    other = make_nominal()
    candidate = make_candidate(alert=alert, nominal=other)
    triage.answer_for_person(actor=other.offender_manager, candidate=candidate, is_person=False, reason="In custody that day")
    assert (fresh(candidate).ruled_out_by, fresh(alert).state) == (other.offender_manager, AlertState.TRIAGE)


def test_the_evaluation_is_signed_off_by_somebody_else(nominal):
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    other = make_user(Role.SUPERVISOR, unit=nominal.unit)
    record = make_record(nominal=nominal)
    with pytest.raises(DomainError, match="not evaluated"):
        sign_off_travel(actor=boss, record=record, version=1, sign_off="")
    evaluate_travel(actor=boss, record=record, version=1, evaluation="As told in June")
    with pytest.raises(DomainError, match="yourself"):
        sign_off_travel(actor=boss, record=record, version=2, sign_off="")
    sign_off_travel(actor=other, record=record, version=2, sign_off="Agreed")
    assert not Action.objects.waiting().filter(nominal=nominal.pk).exists()


def test_the_database_refuses_a_sign_off_by_oneself(nominal):
    record = make_record(nominal=nominal)
    moment = record.filed_at
    me = nominal.offender_manager
    with pytest.raises(IntegrityError), transaction.atomic():
        TravelRecord.objects.filter(pk=record.pk).update(
            evaluation="Mine", evaluated_by=me, evaluated_at=moment, signed_off_by=me, signed_off_at=moment
        )


def test_the_manager_signs_nothing_off(nominal):
    record = make_record(nominal=nominal)
    evaluate_travel(actor=nominal.offender_manager, record=record, version=1, evaluation="As told")
    with pytest.raises(NotPermitted):
        sign_off_travel(actor=nominal.offender_manager, record=record, version=2, sign_off="")


def test_an_evaluation_that_lacks_something_goes_back_to_the_manager(nominal):
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    record = make_record(nominal=nominal)
    evaluate_travel(actor=nominal.offender_manager, record=record, version=1, evaluation="Fine")
    return_evaluation(actor=boss, record=record, version=2, reason="Ask the carrier")
    assert {action.kind for action in Action.objects.waiting().filter(nominal=nominal.pk)} == {"travel-evaluation"}
    evaluate_travel(actor=nominal.offender_manager, record=record, version=3, evaluation="The carrier confirms")
    sign_off_travel(actor=boss, record=record, version=4, sign_off="")
    assert fresh(record).signed_off_by == boss


ACTS = {
    AlertState.FILED: lambda nominal, **given: triage.file_to_person(nominal=nominal, **given),
    AlertState.NOT_OURS: lambda nominal, **given: triage.set_aside(**given),
    AlertState.REJECTED: lambda nominal, **given: triage.refuse_alert(**given),
    AlertState.TRIAGE: lambda nominal, **given: triage.bring_back(**given),
}


ALLOWED = {
    AlertState.RECEIVED: set(),
    AlertState.TRIAGE: {AlertState.FILED, AlertState.NOT_OURS, AlertState.REJECTED},
    AlertState.FILED: {AlertState.TRIAGE},
    AlertState.NO_MATCH: {AlertState.TRIAGE},
    AlertState.NOT_OURS: {AlertState.TRIAGE},
    AlertState.REJECTED: {AlertState.TRIAGE},
}


@pytest.mark.parametrize("before", AlertState)
@pytest.mark.parametrize("after", ACTS)
def test_people_decide_only_what_was_compared_and_take_back_only_what_left_the_queue(officer, nominal, before, after):
    is_filed, is_allowed = before == AlertState.FILED, after in ALLOWED[before]
    held = make_record(nominal=nominal).alert if is_filed else make_alert(source=make_source(unit=nominal.unit), state=before)
    with nullcontext() if is_allowed else pytest.raises(DomainError):
        ACTS[after](actor=officer, alert=held, nominal=nominal, version=held.version, reason="Seen")
    assert fresh(held).state == (after if is_allowed else before)


@pytest.mark.parametrize("state", [AlertState.RECEIVED, AlertState.NO_MATCH, AlertState.NOT_OURS, AlertState.REJECTED])
def test_only_a_report_in_the_queue_is_taken_or_left_to_a_supervisor(unit, officer, state):
    alert = make_alert(source=make_source(unit=unit), state=state)
    for act in (triage.take_alert, lambda **given: triage.ask_supervisor(reason="Not sure", **given)):
        with pytest.raises(DomainError):
            act(actor=officer, alert=alert, version=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told():
    unit = make_unit()
    alert, people = make_alert(source=make_source(unit=unit)), [make_triager(unit), make_triager(unit)]
    nominals = [make_nominal(unit=unit), make_nominal(unit=unit)]
    ready, came = threading.Barrier(2), []

    def decide(actor, nominal):
        ready.wait()
        try:
            triage.file_to_person(actor=actor, alert=alert, nominal=nominal, version=1)
            came.append("won")
        except StaleRecord:
            came.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=pair) for pair in zip(people, nominals, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["told", "won"]
    assert TravelRecord.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_compare_each_report_once():
    unit = make_unit()
    source = make_source(unit=unit)
    for _ in range(6):
        make_alert(source=source, state=AlertState.RECEIVED, surname="Nobody", document_number="")
    ready = threading.Barrier(2)

    def work():
        ready.wait()
        match_received(actor=None)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(TravelAlert.objects.values_list("state", "version")) == {(AlertState.NO_MATCH, 2)}
