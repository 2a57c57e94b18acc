"""The sum of reports holds after whatever people and workers do, also when they are killed, and shows when it does not hold."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.errors import DomainError, StaleRecord
from actions.models import Action, Occurrence
from intelligence.choices.travel import AlertState
from intelligence.models import AlertRepeat, AlertSource, ChangedIdentity, RawMessage, TravelAlert, TravelRecord
from intelligence.reports.travel import sums_of
from intelligence.rules.travel import MOVES
from intelligence.services import triage
from intelligence.services.alert_matching import compare_again, match_received
from intelligence.services.alerts import receive_alerts
from intelligence.services.feeds import watch_feeds
from tests.factories import make_nominal, make_unit, make_user
from tests.intelligence.making_travel import LEFT, make_alert, make_arthur, make_message, make_record, make_row, make_source, make_triager

pytestmark = pytest.mark.django_db

BECOMES = {
    "file": AlertState.FILED,
    "nobody": AlertState.NOT_OURS,
    "refuse": AlertState.REJECTED,
    "back": AlertState.TRIAGE,
}
STEPS = [
    "alert_matching.match_alerts",
    "alert_matching.keep_candidates",
    "filing.hold_record",
    "filing.compare",
    "filing.record_event",
    "filing.note_occurrence",
    "filing.raise_action",
    "alert_matching.keep_queue",
]


class KilledError(Exception):
    """The worker dies here."""


def die(*args, **kwargs):
    raise KilledError


def waiting(kind):
    return Action.objects.waiting().filter(kind=kind).count()


def act(name, officer, alert, nominal):
    """Do what the name says, as the officer, on the report as it stands."""
    given = {"actor": officer, "alert": alert, "version": alert.version, "reason": "Looked at"}
    match name:
        case "file":
            triage.file_to_person(nominal=nominal, **given)
        case "nobody":
            triage.set_aside(**given)
        case "refuse":
            triage.refuse_alert(**given)
        case "back":
            triage.bring_back(**given)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["receive", "match", *BECOMES]), st.integers(1, 3)), min_size=4, max_size=20))
def test_the_sum_holds_after_every_act_and_no_report_stands_on_two_records(acts):
    for model in (TravelRecord, AlertRepeat, TravelAlert):
        model.objects.all().delete()
    unit = make_unit()
    source, officer, nominal, came = make_source(unit=unit), make_triager(unit), make_nominal(unit=unit), set()
    for name, number in acts:
        alert = TravelAlert.objects.filter(service=f"AI {number}").first()
        if name == "receive":
            receive_alerts(message=make_message(source=source), rows=[make_row(surname=f"Quill{number}", service=f"AI {number}")])
            came.add(number)
        elif name == "match":
            match_received(actor=None)
        elif alert and alert.state != AlertState.RECEIVED and BECOMES[name] in MOVES[AlertState(alert.state)]:
            act(name, officer, alert, nominal)
            alert.refresh_from_db()
            assert alert.state == BECOMES[name]
        elif alert:
            with pytest.raises(DomainError):
                act(name, officer, alert, nominal)
        sums = sums_of(TravelAlert.objects.all(), LEFT.date())
        assert (sum(each.received for each in sums), all(each.adds_up for each in sums)) == (len(came), True)


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_leaves_the_report_as_it_was_and_the_next_files_it_once(step, monkeypatch):
    nominal = make_arthur()
    receive_alerts(message=make_message(source=make_source(unit=nominal.unit)), rows=[make_row()])
    with monkeypatch.context() as patched:
        patched.setattr(f"intelligence.services.{step}", die)
        with pytest.raises(KilledError):
            match_received(actor=None)
    left = (TravelAlert.objects.get().state, TravelRecord.objects.count(), Action.objects.count(), Occurrence.objects.count())
    assert left == (AlertState.RECEIVED, 0, 0, 0)
    match_received(actor=None)
    match_received(actor=None)
    assert (TravelAlert.objects.get().state, TravelRecord.objects.count()) == (AlertState.FILED, 1)
    assert (waiting("travel-evaluation"), Occurrence.objects.filter(kind="travel-alert").count()) == (1, 1)


def test_a_worker_killed_while_it_compares_changed_people_does_not_forget_them(monkeypatch):
    receive_alerts(message=make_message(), rows=[make_row()])
    match_received(actor=None)
    make_arthur()
    with monkeypatch.context() as patched:
        patched.setattr("intelligence.services.alert_matching.keep_queue", die)
        with pytest.raises(KilledError):
            compare_again(actor=None)
    assert (ChangedIdentity.objects.count(), TravelAlert.objects.get().state) == (1, AlertState.NO_MATCH)
    assert compare_again(actor=None) == 1


def test_a_report_that_says_it_is_filed_but_stands_on_no_record_raises_one_alarm_until_it_is_put_right():
    record = make_record(nominal=make_nominal())
    watch_feeds(actor=None)
    assert waiting("travel-sum") == 0
    gone = {"withdrawn_at": now(), "withdrawn_by": record.nominal.offender_manager, "withdrawn_why": "Past the service"}
    TravelRecord.objects.filter(pk=record.pk).update(**gone)
    watch_feeds(actor=None)
    watch_feeds(actor=None)
    assert waiting("travel-sum") == 1
    TravelRecord.objects.filter(pk=record.pk).update(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
    watch_feeds(actor=None)
    assert waiting("travel-sum") == 0


def test_a_repeat_that_was_counted_but_not_kept_does_not_add_up():
    make_alert(times_seen=2)
    assert [each.adds_up for each in sums_of(TravelAlert.objects.all(), LEFT.date())] == [False]


def test_a_source_that_falls_silent_raises_one_alarm_until_it_speaks_again():
    message = make_message(source=make_source(silent_after_hours=2))
    watch_feeds(actor=None)
    assert waiting("travel-feed-silent") == 0
    RawMessage.objects.filter(pk=message.pk).update(last_seen_at=now() - timedelta(hours=3))
    watch_feeds(actor=None)
    watch_feeds(actor=None)
    assert waiting("travel-feed-silent") == 1
    make_message(source=message.source)
    watch_feeds(actor=None)
    assert waiting("travel-feed-silent") == 0


def test_a_source_that_never_spoke_raises_the_alarm_too_counted_from_when_it_was_set_up(client):
    source = make_source(silent_after_hours=2)
    client.force_login(make_user(Role.ADMINISTRATOR, unit=source.unit))
    watch_feeds(actor=None)
    assert (waiting("travel-feed-silent"), "Silent" in client.get("/connections/").content.decode()) == (0, False)
    AlertSource.objects.update(added_at=now() - timedelta(hours=3))
    watch_feeds(actor=None)
    watch_feeds(actor=None)
    assert (waiting("travel-feed-silent"), "Silent" in client.get("/connections/").content.decode()) == (1, True)
    make_message(source=source)
    watch_feeds(actor=None)
    assert waiting("travel-feed-silent") == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_report_over_at_once_one_has_it_and_the_other_is_told():
    unit = make_unit()
    alert, people = make_alert(source=make_source(unit=unit)), [make_triager(unit), make_triager(unit)]
    ready, came = threading.Barrier(2), {}

    def take(actor):
        ready.wait()
        try:
            triage.take_alert(actor=actor, alert=alert, version=1)
            came[actor.pk] = "has it"
        except StaleRecord:
            came[actor.pk] = "told"
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[actor]) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alert.refresh_from_db()
    assert sorted(came.values()) == ["has it", "told"]
    assert came[alert.taken_by_id] == "has it"
