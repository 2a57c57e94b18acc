"""The board of the quality of data: what each rule finds, whose records it counts, and that it gives nothing away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import User
from governance.reports.quality import FOUND, Narrowed, board_of, rows_of, work_of
from governance.rules.quality import BY_CODE, LIMITS, RULES, explained, oldest
from intelligence.models import DuplicatePair, FlagSetting
from offenders.models import Address, Nominal, NotificationDuty, Photograph, RiskPeriod
from tests.factories import make_birth, make_exclusion, make_nominal, make_unit, make_user
from tests.governance.making_figures import hold, make_coordinator, register
from tests.offenders.making_risk import make_assessment, make_plan

TODAY = localdate()
LONG_AGO, YESTERDAY = TODAY - timedelta(days=800), TODAY - timedelta(days=1)
db = pytest.mark.django_db


def make_flag(nominal: Nominal, due: date) -> None:
    """A flag."""
    manager = nominal.offender_manager
    FlagSetting.objects.create(
        nominal=nominal, kind="custody", audience="user", user=manager, set_by=manager, set_at=nominal.created_at, review_due_on=due
    )


def make_address(nominal: Nominal, start: date = TODAY, **values: object) -> None:
    """A main address."""
    Address.objects.create(nominal=nominal, kind="home", is_main=True, line_1="1 Made Row", period=DateRange(start, None), **values)


def make_photograph(nominal: Nominal, taken_on: date) -> None:
    """A picture."""
    file = ContentFile(b"pixels", name="picture.jpg")
    Photograph.objects.create(nominal=nominal, file=file, sha256="0" * 64, taken_on=taken_on, added_by=nominal.offender_manager)


def make_duty(nominal: Nominal) -> None:
    """A notification that is due."""
    NotificationDuty.objects.create(nominal=nominal, kind="annual", starts_on=TODAY, due_on=TODAY)


def make_whole(unit) -> Nominal:
    """A record that lacks nothing."""
    nominal = make_nominal(unit=unit)
    register(nominal)
    make_duty(nominal)
    make_assessment(nominal, state="approved")
    nominal.assessments.update(assessed_on=TODAY)
    make_plan(nominal, state="approved", review_on=TODAY)
    make_flag(nominal, TODAY)
    make_address(nominal)
    make_photograph(nominal, TODAY)
    make_birth(nominal=nominal, year=1970)
    return nominal


def findings(user: User) -> dict[str, int]:
    """What the board finds."""
    return {each.rule.code: each.number for each in board_of(user, TODAY, Narrowed()).rules if each.number}


def old_photograph(nominal: Nominal) -> None:
    """Only an old picture."""
    nominal.photographs.update(taken_on=TODAY - timedelta(days=1200))


def leave(nominal: Nominal) -> None:
    """Its manager leaves."""
    User.objects.filter(pk=nominal.offender_manager_id).update(is_active=False)


def move(nominal: Nominal) -> None:
    """Its manager goes to another unit."""
    User.objects.filter(pk=nominal.offender_manager_id).update(unit=make_unit(organisation=nominal.force))


BREAKS: list[tuple[str, Callable[[Nominal], object]]] = [
    ("mappa", lambda nominal: nominal.mappa_periods.all().delete()),
    ("basis", lambda nominal: (nominal.registration_periods.all().delete(), nominal.notification_duties.all().delete())),
    ("basis", lambda nominal: nominal.mappa_periods.update(category=2)),
    ("risk", lambda nominal: RiskPeriod.objects.filter(nominal=nominal).update(period=DateRange(LONG_AGO, YESTERDAY))),
    ("assessment", lambda nominal: nominal.assessments.update(assessed_on=LONG_AGO)),
    ("plan", lambda nominal: nominal.risk_plans.all().delete()),
    ("plan-review", lambda nominal: nominal.risk_plans.update(review_on=YESTERDAY)),
    ("flags", lambda nominal: nominal.flag_settings.all().delete()),
    ("flag-review", lambda nominal: nominal.flag_settings.update(review_due_on=YESTERDAY)),
    ("address", lambda nominal: nominal.addresses.all().delete()),
    ("address-old", lambda nominal: nominal.addresses.update(period=DateRange(LONG_AGO, None))),
    ("notification", lambda nominal: nominal.notification_duties.update(state="complied", notified_on=TODAY)),
    ("photograph", old_photograph),
    ("birth", lambda nominal: nominal.dates_of_birth.all().delete()),
    ("manager", leave),
    ("manager", move),
]


@db
@pytest.mark.parametrize(("code", "break_it"), BREAKS)
def test_each_rule_finds_what_it_is_about_and_nothing_else(code, break_it):
    unit = make_unit()
    nominal, coordinator = make_whole(unit), make_coordinator(unit.organisation)
    assert findings(coordinator) == {}
    break_it(nominal)
    assert findings(coordinator) == {code: 1}
    assert list(rows_of(BY_CODE[code], coordinator, TODAY, Narrowed())) == [nominal]


@db
def test_a_person_in_custody_needs_no_address_and_no_notification():
    unit = make_unit()
    nominal, coordinator = make_whole(unit), make_coordinator(unit.organisation)
    nominal.addresses.all().delete()
    nominal.notification_duties.all().delete()
    hold(nominal, LONG_AGO)
    assert findings(coordinator) == {}


@db
def test_a_pair_counts_only_for_whoever_may_know_both():
    unit = make_unit()
    one, other, coordinator = make_whole(unit), make_whole(unit), make_coordinator(unit.organisation)
    DuplicatePair.objects.create(one=one, other=other)
    assert findings(coordinator) == {"duplicate": 2}
    make_exclusion(nominal=other, user=coordinator)
    assert findings(coordinator) == {}


def test_every_rule_is_explained_dated_and_leads_somewhere():
    assert {rule.code for rule in RULES} == {*FOUND, "duplicate"}
    assert {limit.code for limit in LIMITS} < set(BY_CODE)
    assert oldest("photograph", date(2026, 3, 1)) == date(2023, 3, 1)
    assert "At most 1 year" in explained(BY_CODE["assessment"], TODAY)
    assert all(reverse(rule.route, args=["V-000001"]) for rule in RULES)


@db
def test_everybody_sees_what_they_answer_for():
    unit = make_unit()
    other = make_unit(organisation=unit.organisation)
    mine, colleague, elsewhere, abroad = make_nominal(unit=unit), make_nominal(unit=unit), make_nominal(unit=other), make_nominal()
    officer, lead = mine.offender_manager, make_user(Role.SUPERVISOR, unit=unit)
    restricted = make_nominal(unit=unit, is_restricted=True)
    counted = {user: board_of(user, TODAY, Narrowed()).cases for user in (officer, lead, make_coordinator(unit.organisation))}
    assert list(counted.values()) == [2, 3, 3]
    board = board_of(lead, TODAY, Narrowed())
    assert {(owner.unit, owner.manager) for owner in board.owners} == {
        (unit.pk, each.offender_manager_id) for each in (mine, colleague, restricted)
    }
    assert board_of(lead, TODAY, Narrowed(manager=officer.pk)).cases == 1
    assert board_of(lead, TODAY, Narrowed(unit=other.pk)).cases == 0
    assert board_of(make_coordinator(elsewhere.force), TODAY, Narrowed(unit=other.pk)).cases == 1
    assert board_of(make_coordinator(abroad.force), TODAY, Narrowed()).cases == 1


@db
def test_pages_lead_to_where_it_is_set_right_and_take_a_constant_number_of_statements(client, django_assert_max_num_queries):
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)
    nominal = make_nominal(unit=unit)
    client.force_login(coordinator)
    rows, board = reverse("governance:quality-rows", args=["plan"]), reverse("governance:quality")
    page = client.get(rows).content.decode()
    assert reverse("offenders:assessment-list", args=[nominal.reference]) in page
    assert client.get(reverse("governance:quality-rows", args=["invented"])).status_code == 404
    with django_assert_max_num_queries(60) as few:
        assert f"?manager={nominal.offender_manager_id}" in client.get(board).content.decode()
    for _ in range(3):
        make_nominal(unit=make_unit(organisation=unit.organisation))
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(board)
    make_exclusion(nominal=nominal, user=coordinator)
    assert nominal.reference not in client.get(rows).content.decode()


@db
def test_officers_and_supervisors_are_told_of_gaps_where_they_start(client, django_assert_max_num_queries):
    unit = make_unit()
    make_whole(unit)
    boss, officer = make_user(Role.SUPERVISOR, unit=unit), make_user(unit=unit)
    assert work_of(boss, now())[0].number == 0
    for values in ({"offender_manager": officer, "unit": unit}, {"unit": unit}, {}):
        make_nominal(**values)
    for user, asked in ((boss, Narrowed(unit=unit.pk)), (officer, Narrowed(manager=officer.pk))):
        with django_assert_max_num_queries(3):  # roles, exclusions, and one for all the rules
            work = work_of(User.objects.get(pk=user.pk), now())[0]
        assert work.number == sum(each.number for each in board_of(user, TODAY, asked).rules) > 2
        client.force_login(user)
        page = client.get(reverse("home")).content.decode()
        assert f'href="{work.address}"><span class="app-counter__number">{work.number}</span> Gaps in the data' in page
        assert client.get(work.address).context["board"].cases == len(asked.of(user))
    assert work_of(officer, now())[0].number < work_of(boss, now())[0].number
    assert work_of(make_coordinator(unit.organisation), now()) == []
    assert work_of(make_user(Role.CONTROL_ROOM, unit=unit), now()) == []
