"""When system checks are due: one action a record, by its risk, begun anew when every routine source has answered."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from actions.models import Action
from actions.services.clocks import set_clock
from intelligence.choices.checks import CheckState, Failure
from intelligence.models import CheckSource
from intelligence.rules import checks as rules
from intelligence.services.check_clocks import raise_due_checks
from intelligence.services.checks import record_check, withdraw_check
from offenders.choices import RiskLevel
from offenders.models import Nominal, RiskPeriod
from tests.factories import make_nominal, make_risk, make_user
from tests.intelligence.making_checks import make_check, make_source

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: EPOCH + timedelta(minutes=minutes))


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    CheckSource.objects.exclude(code__in=["pnc", "pnd"]).update(is_routine=False)
    make_source("pnc")
    make_source("pnd")
    return make_nominal(offender_manager=officer)


def record(officer, nominal, code):
    return record_check(actor=officer, nominal=nominal, source=make_source(code), result="no_trace", checked_on=localdate())


def waiting():
    return Action.objects.waiting().get(kind="system-check")


@pytest.mark.django_db
def test_sweep_gives_each_record_one_action_by_its_risk_however_often_it_runs(officer, nominal):
    low = make_nominal(offender_manager=officer)
    RiskPeriod.objects.filter(nominal=low).update(level=RiskLevel.LOW)
    RiskPeriod.objects.filter(nominal=(unset := make_nominal(offender_manager=officer))).delete()
    assert (raise_due_checks(actor=None), raise_due_checks(actor=None)) == (3, 0)
    found = {row.nominal: (row.rule_code, row.owner, row.route) for row in Action.objects.all()}
    rest = (officer, "intelligence:check-list")
    assert found == {nominal.pk: ("check-high", *rest), low.pk: ("check-low", *rest), unset.pk: ("check-not-set", *rest)}
    assert {(row.title, row.nominal) for row in Action.objects.all()} == {("System checks", row.pk) for row in Nominal.objects.all()}


@pytest.mark.django_db
def test_round_is_done_when_every_routine_source_has_answered_and_the_next_begins(officer, nominal):
    raise_due_checks(actor=None)
    first = waiting()
    record(officer, nominal, "other")
    record(officer, nominal, "pnc")
    assert waiting() == first
    record(officer, nominal, "pnd")
    first.refresh_from_db()
    assert (first.state, first.outcome, first.closed_by) == ("done", "Every routine source has answered", officer)
    assert waiting().starts_at > first.starts_at
    assert raise_due_checks(actor=None) == 0


@pytest.mark.django_db
def test_failed_and_unanswered_questions_complete_no_round(officer, nominal):
    raise_due_checks(actor=None)
    first = waiting()
    make_check(nominal=nominal, source=make_source("pnd"), state="failed", result="", failure="outage", days_ago=0)
    record(officer, nominal, "pnc")
    assert waiting() == first


@pytest.mark.django_db
def test_change_of_risk_gives_another_time_and_a_hand_set_one_stays(officer, nominal):
    raise_due_checks(actor=None)
    first = waiting()
    RiskPeriod.objects.filter(nominal=nominal).update(period=DateRange(localdate() - timedelta(days=100), localdate()))
    make_risk(nominal=nominal, level=RiskLevel.VERY_HIGH, start=localdate())
    assert raise_due_checks(actor=None) == 1
    first.refresh_from_db()
    second = waiting()
    assert (first.state, second.rule_code, second.starts_at) == ("cancelled", "check-very-high", first.starts_at)
    assert second.late_from < first.late_from
    set_clock(actor=None, action=second, due_on=localdate() + timedelta(days=3), reason="In custody")
    RiskPeriod.objects.filter(nominal=nominal, level=RiskLevel.VERY_HIGH).update(level=RiskLevel.LOW)
    assert (raise_due_checks(actor=None), waiting()) == (0, second)


@pytest.mark.django_db
def test_action_that_somebody_closed_comes_again(nominal):
    raise_due_checks(actor=None)
    Action.objects.update(state="cancelled", closed_at=now(), outcome="Not needed")
    assert raise_due_checks(actor=None) == 1
    assert waiting()


@pytest.mark.django_db
def test_withdrawn_check_opens_its_round_again(officer, nominal):
    raise_due_checks(actor=None)
    first = waiting()
    record(officer, nominal, "pnc")
    last = record(officer, nominal, "pnd")
    assert waiting().starts_at > first.starts_at
    withdraw_check(actor=officer, check=last, reason="Another person")
    assert waiting().starts_at == first.starts_at
    assert raise_due_checks(actor=None) == 0


@pytest.mark.parametrize(("state", "new"), list(product(CheckState, repeat=2)))
def test_check_moves_only_as_the_table_says(state, new):
    assert rules.may_become(state, new) == (state == "asked" and new != "asked")


@given(st.sampled_from(list(Failure)), st.integers(min_value=-2, max_value=20))
def test_tries_come_to_an_end(failure, failures):
    again = rules.retry_after(failure, failures)
    assert (again is not None) == (failure in {"timeout", "outage"} and 1 <= failures <= 3)


@given(st.dictionaries(st.integers(1, 5), moments), st.sets(st.integers(1, 5)), moments)
def test_round_begins_when_the_last_source_of_the_one_before_answered(answered, wanted, since):
    began = rules.round_began(wanted, answered, since)
    if not wanted:
        assert began is None
    elif wanted <= answered.keys():
        assert began == max(since, min(answered[source] for source in wanted))
    else:
        assert began == since


@given(st.dictionaries(st.integers(1, 3), moments, min_size=3, max_size=3), st.integers(1, 3), moments)
def test_another_answer_never_moves_the_round_back(answered, source, later):
    after = {**answered, source: max(later, answered[source])}
    assert rules.round_began(answered, after, EPOCH) >= rules.round_began(answered, answered, EPOCH)


def test_every_level_has_its_rule():
    assert {rules.rule_for(level) for level in (None, *RiskLevel)} == {
        "check-not-set", "check-low", "check-medium", "check-high", "check-very-high",
    }  # fmt: skip
