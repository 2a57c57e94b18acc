"""What the rules find in traffic: planted misuse by its rule, ordinary work not at all, nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from accounts.choices import Role
from accounts.models import Unit, User
from audit.choices import Verb
from governance.choices.looks import Sign
from governance.models import LookSweep, UnusualLook
from governance.services.look_finding import find_unusual_looks
from offenders.models import Nominal
from tests.factories import make_force, make_grant, make_name, make_nominal, make_partnership, make_unit, make_user
from tests.governance.making_looks import make_event, make_reason_event

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def officer(unit: Unit) -> User:
    return make_user(unit=unit, last_name="Quillon", first_name="Robin")


def elsewhere(officer: User, **values: object) -> Nominal:
    """A record of another unit of the officer's force."""
    return make_nominal(unit=make_unit(organisation=officer.organisation), **values)


def found(until: datetime = NOON) -> list[tuple[str, int]]:
    """Run the rules and return rule and person of what is new."""
    return sorted((look.rule.code, look.person_id) for look in find_unusual_looks(actor=None, until=until))


def ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


def test_a_look_at_a_record_with_the_own_surname_is_found_once(officer: User):
    nominal = elsewhere(officer, surname="QUILLON", given_names="Devon")
    event = make_event(officer, nominal, at=ago(5))
    assert found() == [(Sign.SURNAME, officer.pk)]
    look = UnusualLook.objects.get()
    assert (look.nominal, look.events, look.force_id) == (nominal.pk, [event.pk], officer.organisation_id)
    assert "1 time within 30 days" in look.why
    assert found() == []
    make_event(officer, nominal, at=ago(-5))
    assert found(ago(-10)) == []


def test_an_alias_counts_and_a_record_that_one_manages_does_not(officer: User, unit: Unit):
    own = make_nominal(offender_manager=officer, surname="Quillon")
    make_event(officer, own, at=ago(5))
    assert found() == []
    other = elsewhere(officer)
    make_name(nominal=other, surname="Quillon")
    make_event(officer, other, at=ago(4))
    assert found() == [(Sign.SURNAME, officer.pk)]


def test_a_record_with_a_colleagues_name_is_found_unless_there_is_a_link(officer: User, unit: Unit):
    make_user(organisation=officer.organisation, first_name="Sam", last_name="Tollgate")
    linked = make_nominal(unit=unit, surname="Tollgate", given_names="Sam")
    make_event(officer, linked, at=ago(5))
    of_partner = elsewhere(officer, surname="Tollgate", given_names="Sam")
    make_partnership(nominal=of_partner, force=officer.organisation, unit=unit)
    make_event(officer, of_partner, at=ago(5))
    assert found() == []
    make_event(officer, elsewhere(officer, surname="tollgate", given_names="Sam Peter"), at=ago(4))
    assert found() == [(Sign.COLLEAGUE, officer.pk)]


def test_many_records_in_a_row_are_found_unless_a_search_or_a_link_led_there(officer: User, unit: Unit):
    searched = [elsewhere(officer) for _ in range(15)]
    make_event(officer, verb=Verb.SEARCHED, at=ago(29), rows="offenders.nominal", ids=[each.pk for each in searched])
    for nominal in [*searched, *(make_nominal(unit=unit) for _ in range(15))]:
        make_event(officer, nominal, at=ago(20))
    assert found() == []
    browsed = [elsewhere(officer) for _ in range(15)]
    for place, nominal in enumerate(browsed[:-1]):
        make_event(officer, nominal, at=ago(20 - place))
    assert found() == []
    make_event(officer, browsed[-1], at=ago(1))
    assert found() == [(Sign.MANY, officer.pk)]
    assert "15 records within 30 minutes" in UnusualLook.objects.get().why


def test_case_files_by_stated_reason_alone_are_found_from_the_number_of_the_rule(officer: User):
    records = [elsewhere(officer) for _ in range(12)]
    for place, nominal in enumerate(records[:-1]):
        make_reason_event(officer, nominal, at=ago(60 * 24 * 2 * place + 1))
    make_grant(nominal=records[-1], user=officer)
    make_reason_event(officer, records[-1], at=ago(3))
    assert found() == []
    make_reason_event(officer, elsewhere(officer), at=ago(2))
    assert found() == [(Sign.NO_LINK, officer.pk)]


def test_a_look_far_outside_the_persons_own_hours_is_found(officer: User, unit: Unit):
    own, night = make_nominal(unit=unit), NOON.replace(hour=3)
    newcomer = make_user(unit=unit)
    for day in range(1, 13):
        make_event(officer, own, at=NOON - timedelta(days=day))
    make_event(newcomer, own, at=night)
    make_event(officer, own, at=NOON.replace(hour=9))
    make_event(officer, own, at=night)
    assert found() == [(Sign.HOURS, officer.pk)]
    assert "12 days of work in the 60 days before" in UnusualLook.objects.get().why


def test_whoever_works_nights_is_left_alone(officer: User, unit: Unit):
    own = make_nominal(unit=unit)
    for day in range(1, 13):
        make_event(officer, own, at=NOON.replace(hour=23) - timedelta(days=day))
    make_event(officer, own, at=NOON.replace(hour=1))
    assert found() == []


def test_refusals_one_after_the_other_are_found(officer: User):
    for place in range(9):
        make_event(officer, verb=Verb.REFUSED if place % 2 else Verb.NOT_FOUND, at=ago(20 - place))
    assert found() == []
    make_event(officer, verb=Verb.REFUSED, at=ago(1))
    assert found() == [(Sign.REFUSALS, officer.pk)]


def test_the_next_run_begins_where_this_one_ended(officer: User):
    find_unusual_looks(actor=None, until=NOON)
    assert LookSweep.objects.get().until == NOON
    make_event(officer, elsewhere(officer, surname="Quillon"), at=ago(16))
    assert found(NOON) == []
    make_event(officer, elsewhere(officer, surname="Quillon"), at=ago(14))
    assert [code for code, _ in found(ago(-1))] == [Sign.SURNAME]


def test_planted_misuse_is_found_in_a_day_of_ordinary_work_and_ordinary_work_is_quiet():
    """Thirty officers work a day on their own records, find others by search, and mistype; five misuse what they may."""
    random, force = Random(7), make_force()
    units = [make_unit(organisation=force) for _ in range(3)]
    officers = [make_user(unit=units[place % 3], first_name=f"Given{place}", last_name=f"Family{place}") for place in range(30)]
    records = [make_nominal(offender_manager=officers[place % 30], surname=f"Person{place}") for place in range(90)]
    for officer in officers:
        own = [each for each in records if each.unit_id == officer.unit_id]
        for day in range(12, 0, -1):
            make_event(officer, own[0], at=NOON - timedelta(days=day, hours=random.randint(-4, 4)))
        for _ in range(12):
            make_event(officer, random.choice(own), at=ago(random.uniform(1, 200)))
        for other in random.sample(records, 4):
            minutes = random.uniform(1, 200)
            make_event(officer, verb=Verb.SEARCHED, at=ago(minutes + 1), rows="offenders.nominal", ids=[other.pk])
            make_event(officer, other, at=ago(minutes))
        make_event(officer, verb=Verb.NOT_FOUND, at=ago(random.uniform(1, 200)))
    assert found() == []
    LookSweep.objects.all().delete()
    relative, curious, browser, night, prober = officers[:5]
    make_event(relative, make_nominal(unit=units[1], surname="Family0"), at=ago(3))
    make_event(curious, make_nominal(unit=units[2], surname="Family9", given_names="Given9"), at=ago(3))
    for place, nominal in enumerate([each for each in records if each.unit_id != browser.unit_id][:15]):
        make_event(browser, nominal, at=ago(20 - place))
    make_event(night, records[3], at=NOON.replace(hour=2))
    for _ in range(10):
        make_event(prober, verb=Verb.REFUSED, at=ago(4))
    signs = (Sign.SURNAME, Sign.COLLEAGUE, Sign.MANY, Sign.HOURS, Sign.REFUSALS)
    assert found() == sorted(zip(signs, (user.pk for user in (relative, curious, browser, night, prober)), strict=True))


def test_a_run_takes_as_many_statements_for_much_traffic_as_for_little(officer: User, django_assert_max_num_queries):
    for nominal in [elsewhere(officer, surname="Quillon") for _ in range(6)]:
        make_event(officer, nominal, at=ago(5))
    with django_assert_max_num_queries(18):
        find_unusual_looks(actor=None, until=NOON)


def test_service_accounts_and_partners_of_the_api_are_not_looked_for(unit: Unit):
    service = make_user(Role.PARTNER, is_service=True, last_name="Sample")
    make_event(service, make_nominal(unit=unit, surname="Sample"), at=ago(5))
    assert found() == []
