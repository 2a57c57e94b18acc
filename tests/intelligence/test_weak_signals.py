"""Weak signals: what several reports tell of though none is strong by itself, who may see it, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from intelligence.choices.weak_signals import Follow
from intelligence.models import InformationReport, SignalLook, SignificanceAnswer
from intelligence.reports.weak_signals import weak_signals
from intelligence.rules.weak_signals import is_strong, weight_of
from intelligence.services.link_suggesting import suggest_links
from intelligence.services.links import link_things
from intelligence.services.weak_signals import look_at_signal
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_links import FACTS, PHONE, POOL, VAN, entity_of, link_new
from tests.intelligence.making_reports import make_bureau, make_row, make_sent

pytestmark = pytest.mark.django_db
LIST = "intelligence:weak-signals"


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def bureau(nominal):
    return make_bureau(nominal.force)


@pytest.fixture
def author(nominal):
    return make_user(Role.OPERATIONAL, organisation=nominal.force)


def rows(nominal, number=3, **values):
    """Reports about a record."""
    return [make_row(nominal=nominal, **values) for _ in range(number)]


def change(report, **values):
    """Let a report stand otherwise than it does."""
    InformationReport.objects.filter(pk=report.pk).update(**values)


def sent_before(nominal, days, **values):
    """A report about a record that was sent some days ago."""
    report = make_row(nominal=nominal, state="draft", **values)
    change(report, state="submitted", submitted_at=now() - timedelta(days=days))
    return report


def graded(by, source=1, assessment="A", state="evaluated"):
    """The columns of a report that was evaluated."""
    return {
        "state": state, "grade_source": source, "assessment": assessment, "handling": "P", "sanitised": "Seen", "evaluated_by": by,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "source", "assessment", "expected"),
    [
        ("submitted", None, "", False), ("rejected", 1, "A", False), ("released", 1, "A", True), ("evaluated", 2, "B", True),
        ("evaluated", 3, "A", False), ("released", 1, "C", False), ("released", 2, "D", False), ("evaluated", 2, "E", False),
    ],
)  # fmt: skip
def test_a_report_is_strong_when_it_counts_for_itself(state, source, assessment, expected):
    assert is_strong(state, source, assessment) is expected


def test_a_pile_weighs_its_reports_further_units_and_questions():
    assert weight_of(3, [1, 1, 1], []) == 3
    assert weight_of(4, [1, 2, None], ["harm", "harm", "trust"]) == 8


def test_three_weak_reports_about_a_record_are_a_signal_with_all_that_they_say(bureau, nominal):
    rows(nominal, 2)
    assert weak_signals(bureau) == []
    other = make_user(Role.OPERATIONAL, unit=make_unit(organisation=nominal.force))
    third = sent_before(nominal, 30, author=other)
    SignificanceAnswer.objects.create(report=third, question="trust", answer="yes")
    change(third, **graded(bureau, 3, "D"))
    (signal,) = weak_signals(bureau)
    assert signal.first == third
    assert signal.nominal == nominal
    assert signal.grades == [("3D P", 1), ("Not evaluated", 2)]
    assert signal.asked == ["Serious harm", "Breach of trust"]
    assert len(signal.units) == 3
    assert signal.weight == 3 + 2 + 2


@pytest.mark.parametrize(
    ("days", "state", "expected"),
    [(364, "submitted", 1), (366, "submitted", 0), (1, "rejected", 1), (1, "withdrawn", 0), (1, "evaluated", 0)],
)
def test_what_is_old_withdrawn_or_strong_does_not_count(bureau, nominal, days, state, expected):
    rows(nominal, 2)
    report = sent_before(nominal, days)
    change(report, **graded(bureau, state=state))
    assert len(weak_signals(bureau)) == expected


def test_one_strong_report_beside_weak_ones_is_let_pass_and_two_are_not(bureau, nominal):
    first, second, *_ = rows(nominal, 5)
    change(first, **graded(bureau))
    assert len(weak_signals(bureau)) == 1
    change(second, **graded(bureau))
    assert weak_signals(bureau) == []


def test_entities_count_by_links_and_numbers_by_the_words_until_they_are_entities(bureau, author, nominal):
    reports = [make_sent(author=author, original=f"He rang from 07700 900417, {number} times.") for number in range(3)]
    pool = entity_of(link_new(bureau, reports[0], kind="tells_of", entity=POOL))
    for report in reports[1:]:
        link_things(actor=bureau, one=report, other=pool, kind="tells_of", **FACTS)
    suggest_links(actor=None)
    found = {signal.name: signal for signal in weak_signals(bureau)}
    assert {name: signal.sort for name, signal in found.items()} == {"Tollgate Pool": "Place", "07700 900417": "Telephone"}
    assert found["Tollgate Pool"].thing == pool
    link_new(bureau, reports[0], kind="tells_of", entity=PHONE)
    assert [signal.name for signal in weak_signals(bureau)] == ["Tollgate Pool"]


def test_reports_and_records_kept_apart_change_nothing(bureau, author, nominal):
    hidden = make_nominal(unit=nominal.unit)
    make_exclusion(nominal=hidden, user=bureau)
    rows(nominal, 2)
    report = make_row(nominal=hidden)
    report.subjects.create(nominal=nominal)
    rows(hidden)
    rows(make_nominal(unit=nominal.unit, is_restricted=True))
    rows(make_nominal())
    assert weak_signals(bureau) == []
    assert len(weak_signals(make_bureau(nominal.force))) == 2


def test_an_entity_that_is_known_from_hidden_reports_alone_does_not_hide_a_number(bureau, author, nominal):
    hidden = make_nominal(unit=nominal.unit)
    link_new(make_bureau(nominal.force), hidden, entity=VAN)
    make_exclusion(nominal=hidden, user=bureau)
    for number in range(3):
        make_sent(author=author, original=f"It was NM71 ABC, {number} times.")
    suggest_links(actor=None)
    assert [signal.name for signal in weak_signals(bureau)] == ["NM71 ABC"]


def look(by, signal, follows=Follow.NOTHING, reason="All from one quarrel", **values):
    """Say that it was looked at."""
    return look_at_signal(actor=by, **{"key": signal.key, "version": signal.version, "follows": follows, "reason": reason} | values)


def test_what_was_looked_at_stays_away_until_another_report_comes_and_says_what_was_said(bureau, nominal):
    rows(nominal)
    (signal,) = weak_signals(bureau)
    look(bureau, signal)
    colleague = make_bureau(nominal.force)
    assert weak_signals(colleague) == []
    make_row(nominal=nominal)
    (again,) = weak_signals(colleague)
    assert [(each.reason, each.by) for each in again.looks] == [("All from one quarrel", bureau)]


def test_a_look_at_what_the_reader_may_not_read_is_not_told(bureau, nominal):
    hidden = make_nominal(unit=nominal.unit)
    rows(nominal)[0].subjects.create(nominal=hidden)
    make_row(nominal=nominal)
    (signal,) = weak_signals(bureau)
    look(bureau, signal)
    colleague = make_bureau(nominal.force)
    make_exclusion(nominal=hidden, user=colleague)
    (still,) = weak_signals(colleague)
    assert (len(still.reports), still.looks) == (3, [])


def test_the_second_of_two_and_whoever_missed_a_report_are_told(bureau, nominal):
    rows(nominal)
    (signal,) = weak_signals(bureau)
    look(bureau, signal)
    with pytest.raises(StaleRecord):
        look(make_bureau(nominal.force), signal)
    make_row(nominal=nominal)
    with pytest.raises(StaleRecord):
        look(bureau, signal)
    assert SignalLook.objects.count() == 1


@pytest.mark.parametrize(("values", "field"), [({"reason": " "}, "reason"), ({"follows": "x"}, "follows")])
def test_a_look_says_what_follows_and_why(bureau, nominal, values, field):
    rows(nominal)
    (signal,) = weak_signals(bureau)
    with pytest.raises(DomainError) as caught:
        look(bureau, signal, **values)
    assert caught.value.field == field


@pytest.mark.parametrize("follows", [Follow.MANAGER, Follow.ASSESSMENT])
def test_the_manager_has_an_action_that_says_nothing_of_what_was_reported(bureau, nominal, follows):
    rows(nominal)
    (signal,) = weak_signals(bureau)
    look(bureau, signal, follows)
    action = Action.objects.get(kind="weak-signals")
    assert (action.owner, action.nominal) == (nominal.offender_manager, nominal.pk)
    assert action.late_from
    assert not action.detail


def test_nobody_manages_a_thing(bureau, author):
    for number in range(3):
        make_sent(author=author, original=f"It was NM71 ABC, {number} times.")
    suggest_links(actor=None)
    (signal,) = weak_signals(bureau)
    with pytest.raises(DomainError, match="Choose what follows"):
        look(bureau, signal, Follow.MANAGER)
    look(bureau, signal)
    assert weak_signals(bureau) == []


def test_only_the_bureau_of_the_force_looks(bureau, nominal):
    rows(nominal)
    (signal,) = weak_signals(bureau)
    for user in (nominal.offender_manager, make_bureau(make_nominal().force)):
        with pytest.raises(NotPermitted):
            look(user, signal)


def test_the_board_and_the_way_through_it(bureau, nominal, client):
    client.force_login(bureau)
    assert "No weak signals wait" in client.get(reverse(LIST)).content.decode()
    rows(nominal)
    (signal,) = weak_signals(bureau)
    page = client.get(reverse(LIST)).content.decode()
    assert nominal.reference in page
    url = reverse("intelligence:weak-signal", args=[signal.key])
    assert nominal.reference not in url
    page = client.get(url).content.decode()
    assert "checked" not in page
    wrong = client.post(url, {"reason": "Kept what I typed", "version": signal.version})
    assert wrong.status_code == 422
    assert "Kept what I typed" in wrong.content.decode()
    done = client.post(url, {"follows": "tasking", "reason": "Watch the field", "version": signal.version})
    assert done.url == reverse("intelligence:tasking-raise")
    assert client.get(url).status_code == 404


def test_the_board_takes_as_many_statements_for_much_as_for_little(bureau, nominal, author):
    rows(nominal)
    with CaptureQueriesContext(connection) as few:
        weak_signals(bureau)
    for _ in range(3):
        other = make_nominal(unit=nominal.unit)
        rows(other)
        look(bureau, next(signal for signal in weak_signals(bureau) if signal.nominal == other))
        make_row(nominal=other)
    with CaptureQueriesContext(connection) as many:
        assert len(weak_signals(bureau)) == 4
    assert len(many) <= len(few) + 1  # the reports of looks, once there are looks
