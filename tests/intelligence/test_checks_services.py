"""System checks are recorded by hand or asked by a worker, once, and each answer or failure is told and recorded."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Notification
from audit.models import Event
from intelligence import tasks
from intelligence.models import CheckSource, SystemCheck
from intelligence.services import checks
from offenders.choices import IdentifierKind
from tests.factories import make_birth, make_exclusion, make_identifier, make_nominal, make_user
from tests.intelligence.foreign_system import TRACE, running_system
from tests.intelligence.making_checks import make_check, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer, surname="Quillfeather", given_names="Barnaby")


@pytest.fixture
def system(settings):
    with running_system() as server:
        settings.CHECK_CONNECTIONS = {"pnc": {"url": server.url, "token": "invented"}}
        yield server


def run(check):
    again = checks.run_check(actor=None, check_id=check.pk)
    check.refresh_from_db()
    return again


def record(officer, nominal, **values):
    return checks.record_check(
        actor=officer, nominal=nominal, **{"source": make_source(), "result": "no_trace", "checked_on": localdate(), **values}
    )


def test_check_is_recorded_by_hand(officer, nominal):
    yesterday = localdate() - timedelta(days=1)
    check = record(officer, nominal, result="trace", checked_on=yesterday, reference="71/417H", records_found=2, details="Two warnings")
    assert (check.state, check.adapter, check.result, localdate(check.finished_at)) == ("answered", "by_hand", "trace", yesterday)
    event = Event.objects.filter(subject_type="intelligence.systemcheck").get()
    assert event.detail == {"act": "System check recorded", "source": "pnc", "result": "trace"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"checked_on": date(2999, 1, 1)}, "checked_on"),
        ({"checked_on": date(1999, 1, 1)}, "source"),
        ({"records_found": 1}, "records_found"),
    ],
)
def test_check_that_cannot_be_is_refused_at_its_field(officer, nominal, values, field):
    with pytest.raises(DomainError) as error:
        record(officer, nominal, **values)
    assert (error.value.field, SystemCheck.objects.count()) == (field, 0)


def test_strangers_record_and_ask_nothing(officer, nominal, system):
    for actor in (make_user(), make_user(Role.INTELLIGENCE, organisation=officer.organisation)):
        with pytest.raises(NotPermitted):
            record(actor, nominal)
        with pytest.raises(NotPermitted):
            checks.ask_source(actor=actor, nominal=nominal, source=make_source())
    assert SystemCheck.objects.count() == 0


def test_system_is_told_what_it_needs_and_its_answer_is_stored(officer, nominal, system, django_capture_on_commit_callbacks, monkeypatch):
    make_birth(nominal=nominal, year=1971, month=3)
    make_identifier(nominal=nominal, kind=IdentifierKind.PNC, value="1971/0000417H")
    make_identifier(nominal=nominal, kind=IdentifierKind.PASSPORT, value="123456789")
    handed = []
    monkeypatch.setattr(checks, "run_later", handed.append)
    with django_capture_on_commit_callbacks(execute=True):
        check = checks.ask_source(actor=officer, nominal=nominal, source=make_source())
    assert (handed, run(check)) == ([check.pk], None)
    assert (check.state, check.result, check.records_found, check.last_entry_on) == ("answered", "trace", 2, date(2026, 10, 1))
    sent = {"surname": "Quillfeather", "given_names": "Barnaby", "date_of_birth": "1971-03", "numbers": {"pnc": ["1971/0000417H"]}}
    assert [body for _, _, body in system.asked] == [{"request": str(check.public_id), **sent}]
    searched = Event.objects.get(verb="searched")
    assert (searched.actor, searched.nominal) == (officer, nominal.pk)
    assert searched.detail == {"act": "Another system asked", "source": "pnc", "sent": ["name", "date of birth", "pnc"]}
    assert not any("Quillfeather" in str(event.detail) or "1971" in str(event.detail) for event in Event.objects.all())
    told = Notification.objects.get(action=None)
    assert (told.recipient, told.text, told.nominal) == (officer, f"A system check found something: {check.source.name}", nominal.pk)
    assert (run(check), len(system.asked)) == (None, 1)


def test_question_waits_longer_after_each_failure_and_then_succeeds(officer, nominal, system):
    check = make_check(nominal=nominal, state="asked")
    system.will(500, 503)
    assert [run(check), run(check)] == [15, 60]
    assert (check.state, check.failure, check.failures) == ("asked", "outage", 2)
    system.will(TRACE)
    assert (run(check), check.state, check.failure) == (None, "answered", "")
    assert check.last_failure_at


def test_question_fails_after_four_tries_and_whoever_asked_is_told(officer, nominal, system):
    check = make_check(nominal=nominal, state="asked")
    system.will(500)
    assert [run(check) for _ in range(5)] == [15, 60, 240, None, None]
    assert (check.state, check.failures, len(system.asked)) == ("failed", 4, 4)
    assert "Ask again or record it by hand" in Notification.objects.get(action=None, recipient=officer).text


@pytest.mark.parametrize(("answers", "failure"), [((403,), "refused"), ((b"{",), "bad_answer"), ((302,), "bad_answer")])
def test_failure_that_does_not_pass_is_not_tried_again(nominal, system, answers, failure):
    check = make_check(nominal=nominal, state="asked")
    system.will(*answers)
    assert (run(check), check.state, check.failure) == (None, "failed", failure)


def test_nothing_is_sent_for_somebody_who_may_no_longer_write(officer, nominal, system):
    check = make_check(nominal=nominal, state="asked")
    make_exclusion(nominal=nominal, user=officer)
    assert (run(check), check.state, check.failure, system.asked) == (None, "failed", "refused", [])


def test_source_without_a_connection_cannot_be_asked(officer, nominal, system):
    for code in ("pnd", "other"):
        with pytest.raises(DomainError) as error:
            checks.ask_source(actor=officer, nominal=nominal, source=make_source(code))
        assert "record the answer here" in str(error.value)
    assert checks.ask_source(actor=officer, nominal=nominal, source=make_source()).state == "asked"


def test_source_is_asked_once_at_a_time(officer, nominal, system):
    checks.ask_source(actor=officer, nominal=nominal, source=make_source())
    with pytest.raises(DomainError):
        checks.ask_source(actor=officer, nominal=nominal, source=make_source())


def test_lost_questions_are_handed_over_again(nominal, monkeypatch):
    handed = []
    monkeypatch.setattr(checks, "run_later", handed.append)
    old = make_check(nominal=nominal, state="asked")
    make_check(nominal=nominal, source=make_source("pnd"), state="asked", days_ago=0)
    make_check(nominal=nominal)
    assert (checks.resume_checks(actor=None), handed) == (1, [old.pk])


def test_worker_asks_again_after_a_while_and_takes_up_what_was_lost(nominal, system, monkeypatch):
    check, later = make_check(nominal=nominal, state="asked"), []
    monkeypatch.setattr(tasks.run_system_check, "apply_async", lambda arguments, countdown: later.append((arguments, countdown)))
    system.will(500)
    tasks.run_system_check(check.pk)
    assert later == [((check.pk,), 15)]
    system.will(TRACE)
    monkeypatch.setattr(checks, "run_later", tasks.run_system_check)
    tasks.resume_system_checks()
    check.refresh_from_db()
    assert (check.state, len(later)) == ("answered", 1)
    tasks.raise_due_system_checks()


def test_withdrawn_check_stays_and_is_withdrawn_once(officer, nominal):
    check = record(officer, nominal)
    withdrawn = checks.withdraw_check(actor=officer, check=check, reason="Another person")
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_why, withdrawn.result) == (officer, "Another person", "no_trace")
    assert Event.objects.filter(reason="Another person").get().detail["act"] == "System check withdrawn"
    with pytest.raises(DomainError):
        checks.withdraw_check(actor=officer, check=check, reason="Again")
    with pytest.raises(DomainError):
        checks.withdraw_check(actor=officer, check=make_check(nominal=nominal, state="asked"), reason="Too early")
    with pytest.raises(NotPermitted):
        checks.withdraw_check(actor=make_user(), check=record(officer, nominal), reason="x")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"result": ""}, "system_check_finished_wholly"),
        ({"state": "failed", "result": "", "adapter": "http_json"}, "system_check_finished_wholly"),
        ({"finished_at": now() - timedelta(days=9)}, "system_check_ends_after"),
        ({"state": "asked", "result": "", "finished_at": None}, "system_check_by_hand_has_its_answer"),
        ({"records_found": 3}, "system_check_no_trace_finds_none"),
        ({"withdrawn_why": "No name"}, "system_check_withdrawn_wholly"),
    ],
)
def test_database_refuses_checks_that_cannot_be(nominal, values, name):
    check = make_check(nominal=nominal)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        SystemCheck.objects.filter(pk=check.pk).update(**values)
    assert name in str(error.value)


def test_database_refuses_a_second_question_and_an_overlapping_source(nominal):
    check = make_check(nominal=nominal, state="asked")
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_check(nominal=nominal, state="asked")
    assert "system_check_one_question_at_a_time" in str(error.value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        CheckSource.objects.create(code=check.source.code, name="Again", period=check.source.period)
    assert "check_sources_do_not_overlap" in str(error.value)


@pytest.mark.django_db(transaction=True)
def test_one_question_is_asked_once_by_two_workers_at_a_time(system):
    check, barrier = make_check(nominal=make_nominal(), state="asked"), Barrier(2)

    def work():
        barrier.wait()
        checks.run_check(actor=None, check_id=check.pk)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    check.refresh_from_db()
    assert (len(system.asked), check.state) == (1, "answered")
