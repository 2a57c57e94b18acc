"""Reports are stored once, whatever door they come through and however often; what is compared goes where it belongs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from actions.models import Action, Notification
from audit.models import Event
from intelligence.choices.travel import AlertState, Finding
from intelligence.models import AlertRepeat, ChangedIdentity, TravelAlert, TravelRecord
from intelligence.reports.travel import sums_of
from intelligence.services.alert_matching import compare_again, match_received
from intelligence.services.alerts import receive_alerts
from offenders.search import index_names
from tests.factories import make_birth, make_nominal, make_unit, make_user
from tests.intelligence.making_travel import LEFT, make_arthur, make_message, make_row, make_source, make_trip
from tests.offenders.making_registration import make_period

pytestmark = pytest.mark.django_db


def states():
    return dict(TravelAlert.objects.order_by("line").values_list("line", "state"))


def test_reading_a_message_again_changes_nothing():
    message = make_message()
    rows = [make_row(line=1), make_row(line=2, surname="Other"), make_row(line=3, problem="No name is given")]
    receive_alerts(message=message, rows=rows)
    receive_alerts(message=message, rows=rows)
    assert states() == {1: "received", 2: "received", 3: "rejected"}
    assert AlertRepeat.objects.count() == 0
    message.refresh_from_db()
    assert message.lines_read == 3


def test_the_same_report_from_elsewhere_is_a_repeat_of_the_first_and_is_counted():
    source = make_source()
    first, again = make_message(source=source), make_message(source=source)
    receive_alerts(message=first, rows=[make_row()])
    receive_alerts(message=again, rows=[make_row(surname="SAMPLE "), make_row(line=2, service="AI 999")])
    receive_alerts(message=again, rows=[make_row(surname="SAMPLE "), make_row(line=2, service="AI 999")])
    alert = TravelAlert.objects.get(message=first)
    assert (alert.times_seen, alert.repeats.count(), TravelAlert.objects.count()) == (2, 1, 2)


def test_the_same_report_twice_in_one_message_is_one():
    receive_alerts(message=make_message(), rows=[make_row(line=1), make_row(line=2)])
    assert [(alert.line, alert.times_seen) for alert in TravelAlert.objects.all()] == [(1, 2)]


def test_another_force_has_a_report_of_its_own():
    for message in (make_message(), make_message()):
        receive_alerts(message=message, rows=[make_row()])
    assert TravelAlert.objects.count() == 2


def test_what_does_not_fit_is_cut_and_kept_whole_as_it_was_given():
    receive_alerts(message=make_message(), rows=[make_row(surname="S" * 300, as_given={"surname": "S" * 300})])
    alert = TravelAlert.objects.get()
    assert (len(alert.surname), len(alert.as_given["surname"])) == (100, 300)


def test_a_report_beyond_doubt_files_itself_and_the_manager_evaluates_it():
    nominal = make_arthur()
    make_trip(nominal=nominal)
    receive_alerts(message=make_message(source=make_source(unit=nominal.unit)), rows=[make_row()])
    match_received(actor=None)
    record = TravelRecord.objects.get()
    assert (record.nominal, record.filed_by, record.alert.state) == (nominal, None, AlertState.FILED)
    assert {(action.kind, action.owner) for action in Action.objects.all()} == {("travel-evaluation", nominal.offender_manager)}
    assert Event.objects.filter(detail__act="Travel alert filed", nominal=nominal.pk).exists()


def test_travel_that_was_not_notified_is_a_question_to_the_manager_and_never_a_breach_by_itself():
    nominal = make_arthur()
    make_period(nominal=nominal)
    receive_alerts(message=make_message(source=make_source(unit=nominal.unit)), rows=[make_row()])
    match_received(actor=None)
    assert TravelRecord.objects.get().finding == Finding.NOT_NOTIFIED
    assert {action.kind for action in Action.objects.all()} == {"travel-evaluation", "travel-breach"}
    assert nominal.breaches.count() == 0


def test_no_name_stands_in_a_title_or_in_what_people_are_told():
    nominal = make_arthur()
    receive_alerts(message=make_message(source=make_source(unit=nominal.unit)), rows=[make_row(), make_row(line=2, document_number="")])
    match_received(actor=None)
    told = [*Notification.objects.values_list("text", flat=True), *Action.objects.values_list("title", flat=True)]
    told += [str(detail) for detail in Event.objects.values_list("detail", flat=True)]
    assert told
    assert not any("sample" in text.lower() or "arthur" in text.lower() for text in told)


def test_a_traveller_like_nobody_stays_searchable_and_comes_back_when_such_a_person_is_added():
    receive_alerts(message=make_message(), rows=[make_row()])
    match_received(actor=None)
    assert states() == {1: "no_match"}
    make_arthur()
    assert compare_again(actor=None) == 1
    assert states() == {1: "triage"}
    assert TravelRecord.objects.count() == 0
    assert ChangedIdentity.objects.count() == 0


def test_a_later_name_or_date_brings_it_back_too():
    nominal = make_nominal(surname="Other", given_names="Arthur")
    index_names([nominal.pk])
    compare_again(actor=None)
    receive_alerts(message=make_message(), rows=[make_row(surname="Other", document_number="")])
    match_received(actor=None)
    TravelAlert.objects.update(state=AlertState.NO_MATCH)
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    assert compare_again(actor=None) == 1


def test_a_restricted_person_is_found_and_only_those_who_may_know_are_asked():
    boss = make_user(Role.SUPERVISOR)
    nominal = make_arthur(unit=boss.unit, is_restricted=True)
    receive_alerts(message=make_message(source=make_source()), rows=[make_row(given_names="Anthony", document_number="")])
    match_received(actor=None)
    asked = Action.objects.filter(kind="travel-candidate")
    assert [(action.nominal, action.owner) for action in asked] == [(nominal.pk, nominal.offender_manager)]


def test_one_action_stands_for_a_whole_queue_and_it_is_about_the_oldest():
    unit = make_unit()
    make_arthur(unit=unit)
    rows = [make_row(line=number, given_names="Anthony", document_number="", service=f"AI {number}") for number in range(1, 6)]
    receive_alerts(message=make_message(source=make_source(unit=unit)), rows=rows)
    match_received(actor=None)
    assert set(states().values()) == {"triage"}
    oldest = TravelAlert.objects.order_by("received_at", "pk").first()
    assert [action.subject_id for action in Action.objects.waiting().filter(kind="travel-triage")] == [oldest.pk]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=6), min_size=1, max_size=5))
def test_every_report_stands_in_exactly_one_place_however_they_come(messages):
    """Numbers are the reports; messages repeat them, are read twice, and are compared in between."""
    TravelRecord.objects.all().delete()
    AlertRepeat.objects.all().delete()
    TravelAlert.objects.all().delete()
    source = make_source()
    for numbers in messages:
        message = make_message(source=source)
        rows = [
            make_row(line=line, service=f"AI {number}", as_given={"service": str(number)}, problem="" if number % 3 else "No date")
            for line, number in enumerate(numbers, 1)
        ]
        receive_alerts(message=message, rows=rows)
        match_received(actor=None)
        receive_alerts(message=message, rows=rows)
    each = {number for numbers in messages for number in numbers}
    sums = sums_of(TravelAlert.objects.all(), LEFT.date())
    assert [(found.received, found.adds_up, found.waiting) for found in sums] == [(len(each), True, 0)]
    assert sums[0].repeats == sum(map(len, messages)) - len(each)
