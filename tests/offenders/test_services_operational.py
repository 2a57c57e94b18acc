"""The card's words, warnings, conditions, risk and MAPPA periods."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from audit.models import Event
from offenders.choices import RiskLevel
from offenders.models import Condition, MappaPeriod, OperationalFacts, RiskPeriod, WarningMarker
from offenders.services.operational import add_condition, add_warning, change_facts, end_condition, end_warning, set_mappa, set_risk
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
START = date(2025, 1, 1)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def test_change_facts_stores_words_version_and_who_checked(officer, nominal):
    facts = change_facts(actor=officer, nominal=nominal, version=1, on_encounter="Double-crew.", people_at_risk="Children 8 to 12")
    assert (facts.version, facts.checked_by, facts.checked_on) == (2, officer, localdate())
    event = Event.objects.get(nominal=nominal.pk)
    assert event.detail == {"act": "Operational facts changed", "fields": ["on_encounter", "people_at_risk"]}


def test_change_facts_writes_the_first_card(officer, nominal):
    OperationalFacts.objects.all().delete()
    assert change_facts(actor=officer, nominal=nominal, version=0, on_encounter="Call the manager.").version == 1
    with pytest.raises(StaleRecord):
        change_facts(actor=officer, nominal=nominal, version=0, on_encounter="Something else.")


def test_change_facts_refuses_a_stale_copy_and_keeps_the_first(officer, nominal):
    change_facts(actor=officer, nominal=nominal, version=1, modus_operandi="First")
    with pytest.raises(StaleRecord):
        change_facts(actor=officer, nominal=nominal, version=1, modus_operandi="Second")
    assert OperationalFacts.objects.get().modus_operandi == "First"


@pytest.mark.parametrize("text", ["a\nb\nc\nd\ne", "x" * 121])
def test_what_to_do_fits_the_card(officer, nominal, text):
    with pytest.raises(DomainError) as error:
        change_facts(actor=officer, nominal=nominal, version=1, on_encounter=text)
    assert error.value.field == "on_encounter"


def test_warning_is_added_once_and_ended_with_a_reason(officer, nominal):
    warning = add_warning(actor=officer, nominal=nominal, kind="violent", note="Towards officers")
    with pytest.raises(DomainError):
        add_warning(actor=officer, nominal=nominal, kind="violent")
    assert end_warning(actor=officer, warning=warning, reason="Reviewed").ended_on == localdate()
    with pytest.raises(DomainError):
        end_warning(actor=officer, warning=warning, reason="again")
    add_warning(actor=officer, nominal=nominal, kind="violent")
    assert WarningMarker.objects.count() == 2


def test_condition_is_added_and_ended(officer, nominal):
    condition = add_condition(actor=officer, nominal=nominal, kind="licence", text="Curfew 9pm to 7am", starts_on=START)
    for days in (START - timedelta(days=1),):
        with pytest.raises(DomainError) as error:
            end_condition(actor=officer, condition=condition, ends_on=days, reason="x")
        assert error.value.field == "ends_on"
    assert end_condition(actor=officer, condition=condition, ends_on=localdate(), reason="Licence over").ends_on == localdate()
    with pytest.raises(DomainError):
        add_condition(actor=officer, nominal=nominal, kind="licence", text="x", starts_on=START, ends_on=START - timedelta(days=1))
    assert Condition.objects.count() == 1


def risks():
    return [(period.level, period.period.lower, period.period.upper) for period in RiskPeriod.objects.order_by("period")]


def test_set_risk_closes_the_old_period_and_opens_the_next(officer, nominal):
    today = localdate()
    set_risk(
        actor=officer, nominal=nominal, level=RiskLevel.VERY_HIGH, at_risk=["children", "staff"], reason="New assessment", starts_on=today
    )
    assert risks() == [(3, START, today), (4, today, None)]
    acts = [event.detail["act"] for event in Event.objects.filter(nominal=nominal.pk).order_by("pk")]
    assert acts == ["Risk set to very high", "Action raised"]  # ahead of an assessment, which is asked for


def test_a_second_change_on_one_day_amends_that_day(officer, nominal):
    today = localdate()
    for level in (RiskLevel.VERY_HIGH, RiskLevel.LOW):
        set_risk(actor=officer, nominal=nominal, level=level, at_risk=["public"], reason="x", starts_on=today)
    assert risks() == [(3, START, today), (1, today, None)]


def test_set_risk_reaches_neither_back_behind_the_latest_nor_into_the_future(officer, nominal):
    for day in (START - timedelta(days=1), localdate() + timedelta(days=1)):
        with pytest.raises(DomainError) as error:
            set_risk(actor=officer, nominal=nominal, level=1, at_risk=["public"], reason="x", starts_on=day)
        assert error.value.field == "starts_on"
    assert risks() == [(3, START, None)]


def test_the_second_of_two_editors_of_risk_is_told(officer, nominal):
    set_risk(actor=officer, nominal=nominal, level=4, at_risk=["public"], reason="first", starts_on=localdate(), version=1)
    with pytest.raises(StaleRecord):
        set_risk(actor=officer, nominal=nominal, level=1, at_risk=["public"], reason="second", starts_on=localdate(), version=1)
    assert [level for level, _, _ in risks()] == [3, 4]


def test_set_mappa_leaves_no_gap_and_may_end(officer, nominal, django_db_blocker):
    middle, today = date(2026, 1, 1), localdate()
    set_mappa(actor=officer, nominal=nominal, category=2, level=1, reason="Conviction", starts_on=middle)
    set_mappa(actor=officer, nominal=nominal, category=None, level=None, reason="Exit", starts_on=today)
    periods = [(row.category, row.level, row.period.lower, row.period.upper) for row in MappaPeriod.objects.order_by("period")]
    assert periods == [(1, 1, START, middle), (2, 1, middle, today), (None, None, today, None)]


def test_set_mappa_after_a_closed_period_starts_on_the_day_it_ended(officer, nominal):
    MappaPeriod.objects.all().delete()
    set_mappa(actor=officer, nominal=nominal, category=1, level=1, reason="Screening", starts_on=START)
    period = MappaPeriod.objects.get()
    period.period = (START, date(2025, 6, 1))
    period.save()
    with pytest.raises(DomainError) as error:
        set_mappa(actor=officer, nominal=nominal, category=1, level=2, reason="x", starts_on=date(2025, 7, 1))
    assert error.value.field == "starts_on"
    set_mappa(actor=officer, nominal=nominal, category=1, level=2, reason="x", starts_on=date(2025, 6, 1))
    assert MappaPeriod.objects.count() == 2


def test_set_mappa_takes_both_or_neither(officer, nominal):
    with pytest.raises(DomainError) as error:
        set_mappa(actor=officer, nominal=nominal, category=1, level=None, reason="x", starts_on=localdate())
    assert error.value.field == "level"


def test_readers_and_strangers_change_nothing(officer, nominal):
    warning = add_warning(actor=officer, nominal=nominal, kind="dog")
    condition = add_condition(actor=officer, nominal=nominal, kind="shpo", text="No internet")
    before = Event.objects.count()
    for actor in (make_user(Role.CONTROL_ROOM, organisation=officer.organisation), make_user()):
        for act in (
            lambda actor=actor: change_facts(actor=actor, nominal=nominal, version=1, on_encounter="x"),
            lambda actor=actor: add_warning(actor=actor, nominal=nominal, kind="weapons"),
            lambda actor=actor: end_warning(actor=actor, warning=warning, reason="x"),
            lambda actor=actor: add_condition(actor=actor, nominal=nominal, kind="licence", text="x"),
            lambda actor=actor: end_condition(actor=actor, condition=condition, ends_on=localdate(), reason="x"),
            lambda actor=actor: set_risk(actor=actor, nominal=nominal, level=1, at_risk=["public"], reason="x", starts_on=localdate()),
            lambda actor=actor: set_mappa(actor=actor, nominal=nominal, category=1, level=3, reason="x", starts_on=localdate()),
        ):
            with pytest.raises(NotPermitted):
                act()
    assert Event.objects.count() == before
