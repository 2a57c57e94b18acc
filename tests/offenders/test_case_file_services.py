"""Entries of the case file: added, changed, ended, verified; moves; who is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Notification
from audit.models import Event
from offenders.models import Address, Associate, Device, Household, Marking, OnlineIdentity, ProtectedPerson
from offenders.rules.case_file import last_of, span
from offenders.services.case_file import add_entry, change_entry, end_entry, move_home, set_marking, verify_entry
from tests.factories import make_exclusion, make_nominal, make_user
from tests.offenders.making_case_file import START, make_address, make_associate, make_home, make_household, make_online

pytestmark = pytest.mark.django_db
HOME = {"kind": "home", "line_1": "2 High Street", "town": "Northport", "postcode": "nm13ab"}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def acts():
    return [event.detail["act"] for event in Event.objects.order_by("pk")]


def test_an_entry_is_added_with_its_days_and_who_added_it(officer, nominal):
    today = localdate()
    values = {"kind": "email", "handle": "a@b.invalid"}
    row = add_entry(actor=officer, nominal=nominal, model=OnlineIdentity, starts_on=START, ends_on=today, **values)
    row.refresh_from_db()
    assert (row.period.lower, last_of(row.period), row.added_by, row.version) == (START, today, officer, 1)
    assert acts() == ["Online identity added"]


def test_a_postcode_is_stored_as_it_is_written_and_a_wrong_one_refused(officer, nominal):
    assert add_entry(actor=officer, nominal=nominal, model=Address, **HOME).postcode == "NM1 3AB"
    abroad = add_entry(actor=officer, nominal=nominal, model=Address, **HOME | {"postcode": "75001", "country": "France"})
    assert abroad.postcode == "75001"
    with pytest.raises(DomainError) as error:
        add_entry(actor=officer, nominal=nominal, model=Address, **HOME | {"postcode": "75001"})
    assert error.value.field == "postcode"


def test_a_second_main_address_in_the_same_days_is_refused_with_words(officer, nominal):
    make_home(nominal, start=START, end=None)
    for kind in ("stays", "work"):
        add_entry(actor=officer, nominal=nominal, model=Address, starts_on=START, **HOME | {"kind": kind})
    with pytest.raises(DomainError, match="Another main address holds from 1 January 2025") as error:
        add_entry(actor=officer, nominal=nominal, model=Address, is_main=True, starts_on=localdate(), **HOME)
    assert error.value.field == "starts_on"
    earlier = START - timedelta(days=1)
    add_entry(actor=officer, nominal=nominal, model=Address, is_main=True, starts_on=earlier, ends_on=earlier, **HOME)
    assert Address.objects.filter(is_main=True).count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"line_1": ""}, "line_1"),
        ({"kind": "away", "is_main": True}, "kind"),
        ({"is_main": True, "starts_on": None}, "starts_on"),
        ({"starts_on": START, "ends_on": START - timedelta(days=1)}, "ends_on"),
    ],
)
def test_addresses_that_make_no_sense_are_refused(officer, nominal, values, field):
    add_entry(actor=officer, nominal=nominal, model=Address, **HOME)
    with pytest.raises(DomainError) as error:
        add_entry(actor=officer, nominal=nominal, model=Address, **{"starts_on": START, **HOME, **values})
    assert error.value.field == field


def test_no_fixed_address_may_be_the_main_one_without_a_line(officer, nominal):
    row = add_entry(actor=officer, nominal=nominal, model=Address, starts_on=START, kind="no_fixed", is_main=True)
    assert row.words == "No fixed address"


def test_a_move_ends_the_old_address_and_its_household_the_day_before(officer, nominal):
    today = localdate()
    eve = today - timedelta(days=1)
    old = make_home(nominal)
    household = make_household(nominal, address=old)
    new = move_home(actor=officer, nominal=nominal, moved_on=today, **HOME)
    old.refresh_from_db()
    household.refresh_from_db()
    assert (last_of(old.period), old.end_reason, last_of(household.period)) == (eve, "Moved", eve)
    assert (new.is_main, new.period.lower, new.period.upper) == (True, today, None)
    assert acts() == ["Move recorded"]


def test_a_move_cannot_be_before_the_main_address_began_nor_in_the_future(officer, nominal):
    make_home(nominal)
    for day in (START, localdate() + timedelta(days=1)):
        with pytest.raises(DomainError) as error:
            move_home(actor=officer, nominal=nominal, moved_on=day, **HOME)
        assert error.value.field == "moved_on"
    assert Address.objects.count() == 1


def test_the_first_main_address_can_be_a_move(officer, nominal):
    assert move_home(actor=officer, nominal=nominal, moved_on=localdate(), **HOME).is_main


def test_a_new_main_address_tells_the_manager_and_supervisors_but_not_the_actor(officer, nominal):
    lead, colleague = make_user(Role.SUPERVISOR, unit=officer.unit), make_user(unit=officer.unit)
    move_home(actor=colleague, nominal=nominal, moved_on=localdate(), **HOME)
    told = {row.recipient: row for row in Notification.objects.all()}
    assert told.keys() == {officer, lead}
    assert told[lead].text == "Details changed: main address"
    Notification.objects.all().delete()
    add_entry(actor=colleague, nominal=nominal, model=Address, **HOME | {"kind": "stays"})
    end_entry(actor=officer, entry=Address.objects.get(is_main=True), ends_on=localdate(), reason="Left")
    assert {row.recipient for row in Notification.objects.all()} == {lead}


def test_change_needs_the_newest_version(officer, nominal):
    row = make_online(nominal)
    change_entry(actor=officer, entry=row, version=1, kind="gaming", handle="first", starts_on=START)
    with pytest.raises(StaleRecord):
        change_entry(actor=officer, entry=row, version=1, kind="gaming", handle="second", starts_on=START)
    row.refresh_from_db()
    assert (row.handle, row.version) == ("first", 2)


def test_an_entry_ends_once_not_before_it_began_nor_in_the_future(officer, nominal):
    row, today = make_online(nominal), localdate()
    for day in (START - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(DomainError) as error:
            end_entry(actor=officer, entry=row, ends_on=day, reason="x")
        assert error.value.field == "ends_on"
    ended = end_entry(actor=officer, entry=row, ends_on=today - timedelta(days=1), reason="Account closed")
    assert (last_of(ended.period), ended.end_reason) == (today - timedelta(days=1), "Account closed")
    with pytest.raises(DomainError, match="This ended on"):
        end_entry(actor=officer, entry=row, ends_on=today, reason="x")


def test_verification_says_who_when_how_and_keeps_the_newest_sighting(officer, nominal):
    row, today = make_address(nominal, seen_on=localdate()), localdate()
    done = verify_entry(actor=officer, entry=row, verified_on=today, how="visit", seen_on=START)
    assert (done.verified_on, done.verified_by, done.verified_how, done.seen_on) == (today, officer, "visit", today)
    for field in ("verified_on", "seen_on"):
        days = {"verified_on": today, "seen_on": today} | {field: today + timedelta(days=1)}
        with pytest.raises(DomainError) as error:
            verify_entry(actor=officer, entry=row, how="visit", **days)
        assert error.value.field == field


def test_a_household_belongs_to_an_address_of_the_record_and_holds_children(officer, nominal):
    address, foreign = make_address(nominal), make_address(make_nominal(offender_manager=officer))
    values = {"address": address, "children": 1, "ages": ["under_5"]}
    add_entry(actor=officer, nominal=nominal, model=Household, **values)
    for wrong, field in (({"address": foreign}, "address"), ({"ages": ["adult"]}, "ages"), ({"told_on": START}, "agency_told")):
        with pytest.raises(DomainError) as error:
            add_entry(actor=officer, nominal=nominal, model=Household, **values | wrong)
        assert error.value.field == field


def test_a_child_at_risk_is_no_adult(officer, nominal):
    values = {"kind": "child", "name": "Robin Example", "age": "from_5"}
    add_entry(actor=officer, nominal=nominal, model=ProtectedPerson, **values)
    with pytest.raises(DomainError) as error:
        add_entry(actor=officer, nominal=nominal, model=ProtectedPerson, **values | {"age": "adult"})
    assert error.value.field == "age"


def test_an_associate_is_a_record_or_a_name(officer, nominal):
    other = make_nominal(offender_manager=officer)
    linked = add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference=f" {other.reference.lower()} ", name="")
    named = add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference="", name=" Morgan  Example")
    assert (linked.other, linked.name, named.other, named.name) == (other, "", None, "Morgan Example")
    for values in ({"reference": "", "name": " "}, {"reference": other.reference, "name": "Morgan"}):
        with pytest.raises(DomainError):
            add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", **values)
    with pytest.raises(DomainError, match="the record itself"):
        add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference=nominal.reference)
    assert acts() == ["Associate added", "Associate added"]


def test_linking_a_hidden_and_a_missing_record_gets_the_same_words(officer, nominal):
    hidden = make_nominal(unit=officer.unit)
    add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference=hidden.reference)
    make_exclusion(nominal=hidden, user=officer)
    words = set()
    for reference in (hidden.reference, "V-999999"):
        with pytest.raises(DomainError) as error:
            add_entry(actor=officer, nominal=nominal, model=Associate, kind="friend", reference=reference)
        words.add((str(error.value), error.value.field))
    assert len(words) == 1


def test_marking_follows_without_overlap_and_keeps_its_history(officer, nominal):
    today = localdate()
    set_marking(actor=officer, nominal=nominal, level="official_sensitive", reason="First", starts_on=START, version=1)
    set_marking(actor=officer, nominal=nominal, level="official", handling="Unit only", reason="Reviewed", starts_on=today, version=2)
    periods = [(row.level, row.period.lower, row.period.upper) for row in Marking.objects.order_by("period")]
    assert periods == [("official_sensitive", START, today), ("official", today, None)]
    with pytest.raises(StaleRecord):
        set_marking(actor=officer, nominal=nominal, level="official", reason="x", starts_on=today, version=2)


def test_the_database_refuses_what_can_never_be(nominal):
    def never(act, name):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()

    make_home(nominal)
    never(lambda: make_home(nominal, start=date(2026, 1, 1)), "main_addresses_do_not_overlap")
    never(lambda: make_home(nominal, kind="stays", start=date(2020, 1, 1), end=date(2020, 2, 1)), "main_address_has_kind_and_start")
    never(lambda: make_address(nominal, line_1=""), "address_says_where")
    never(lambda: make_address(nominal, verified_on=START), "address_verified_wholly")
    never(lambda: make_online(nominal, period=span(START, START - timedelta(days=1))), "online_identity|period")
    never(lambda: make_associate(nominal, name=""), "associate_is_record_or_name")
    never(lambda: make_associate(nominal, other=nominal), "associate_is_somebody_else")
    never(lambda: make_household(nominal, children=0), "household_has_children")


def test_readers_and_strangers_change_nothing(officer, nominal):
    row = make_online(nominal)
    for actor in (make_user(Role.CONTROL_ROOM, organisation=officer.organisation), make_user()):
        for act in (
            lambda actor=actor: add_entry(actor=actor, nominal=nominal, model=Device, kind="computer"),
            lambda actor=actor: change_entry(actor=actor, entry=row, version=1, handle="x"),
            lambda actor=actor: end_entry(actor=actor, entry=row, ends_on=localdate(), reason="x"),
            lambda actor=actor: verify_entry(actor=actor, entry=row, verified_on=localdate(), how="visit"),
            lambda actor=actor: move_home(actor=actor, nominal=nominal, moved_on=localdate(), **HOME),
            lambda actor=actor: set_marking(actor=actor, nominal=nominal, level="official", reason="x", starts_on=localdate()),
        ):
            with pytest.raises(NotPermitted):
                act()
    assert Event.objects.count() == 0
