"""Vehicles of the case file: what they say, and their mark, which stands once in the identity and is found by every search."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from offenders.choices import IdentifierKind
from offenders.models import Identifier, Vehicle
from offenders.search import find_nominals
from offenders.services.case_file import add_entry, change_entry, end_entry
from offenders.services.identity import remove_identity_fact
from offenders.timeline.reading import read_timeline
from tests.factories import make_identifier, make_nominal, make_user
from tests.offenders.making_case_file import START, make_vehicle

pytestmark = pytest.mark.django_db
VAN = {"mark": "nm24 abc", "make": "Larch", "model_name": "Carrier", "colour": "White", "use": "user", "kept_at": "Mill Lane"}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


@pytest.fixture
def add(officer, nominal):
    return lambda **values: add_entry(actor=officer, nominal=nominal, model=Vehicle, **{**VAN, **values})


@pytest.fixture
def change(officer):
    return lambda row, **values: change_entry(actor=officer, entry=row, version=row.version, **{**VAN, **values})


def marks(nominal):
    return sorted(Identifier.objects.filter(nominal=nominal, kind=IdentifierKind.VEHICLE).values_list("value", flat=True))


def test_a_vehicle_puts_its_mark_into_the_identity_where_search_finds_it(add, officer, nominal):
    row = add(source="Visit")
    assert (row.mark, row.identifier.value, row.identifier.source) == ("NM24 ABC", "NM24ABC", "Visit")
    assert [found.nominal.pk for found in find_nominals(user=officer, text="NM24 ABC", today=localdate()).hits] == [nominal.pk]


def test_a_mark_that_was_on_the_record_is_not_added_again(add, nominal):
    number = make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value="NM24ABC")
    assert add().identifier == number
    assert marks(nominal) == ["NM24ABC"]


def test_another_mark_takes_the_place_of_the_wrong_one(add, change, officer, nominal):
    row = add()
    changed = change(row, mark="NM24 ABD", colour="Grey")
    assert (marks(nominal), changed.colour, changed.mark) == (["NM24ABD"], "Grey", "NM24 ABD")
    assert find_nominals(user=officer, text="NM24 ABC", today=localdate()).hits == []
    assert change(changed, mark="").mark == ""
    assert marks(nominal) == []


def test_a_mark_stays_while_another_entry_has_it(add, change, nominal):
    add(starts_on=START, ends_on=START)
    again = add(starts_on=START + timedelta(days=9))
    change(again, mark="NM24 ABD", starts_on=START + timedelta(days=9))
    assert marks(nominal) == ["NM24ABC", "NM24ABD"]


def test_a_vehicle_that_is_over_is_still_found_by_its_mark(add, officer, nominal):
    end_entry(actor=officer, entry=add(starts_on=START), ends_on=localdate(), reason="Sold")
    assert [found.nominal.pk for found in find_nominals(user=officer, text="NM24ABC", today=localdate()).hits] == [nominal.pk]


def test_the_mark_of_a_vehicle_is_not_removed_behind_its_back(add, officer, nominal):
    row = add()
    with pytest.raises(DomainError, match="mark of a vehicle in the case file"):
        remove_identity_fact(actor=officer, fact=row.identifier, reason="Wrong")
    assert marks(nominal) == ["NM24ABC"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mark": "NM24 ABC TOO LONG"}, "mark"),
        ({"mark": "NOT/A*MARK"}, "mark"),
        ({"mark": " ", "make": ""}, "mark"),
        ({"starts_on": START, "ends_on": START - timedelta(days=1)}, "ends_on"),
        ({"seen_on": localdate() + timedelta(days=1)}, "seen_on"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason_and_leaves_nothing(add, change, nominal, values, field):
    row = add(mark="NM24 ABD")
    for attempt in (lambda: add(**values), lambda: change(row, **values)):
        with pytest.raises(DomainError) as error:
            attempt()
        assert error.value.field == field
    assert (Vehicle.objects.count(), marks(nominal)) == (1, ["NM24ABD"])


def test_a_mark_stands_once_for_the_same_days(add, nominal):
    row = add(starts_on=START)
    with pytest.raises(DomainError, match="in the file for these days already") as error:
        add(starts_on=START + timedelta(days=9))
    assert error.value.field == "mark"
    with pytest.raises(IntegrityError), transaction.atomic():
        Vehicle.objects.create(nominal=nominal, identifier=row.identifier, use="user", period=row.period)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_vehicle(nominal, make="")


def test_nobody_else_changes_it(add, nominal):
    row = add()
    for actor in (make_user(Role.CONTROL_ROOM, organisation=nominal.force), make_user(Role.SUPERVISOR)):
        with pytest.raises(NotPermitted):
            add_entry(actor=actor, nominal=nominal, model=Vehicle, **VAN)
        with pytest.raises(NotPermitted):
            change_entry(actor=actor, entry=row, version=1, **VAN)


def test_the_pages_add_change_and_show_it_once(client, officer, nominal):
    client.force_login(officer)
    make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value="NM12XYZ")
    at = [nominal.reference, "vehicle"]
    refused = client.post(reverse("offenders:entry-add", args=at), VAN | {"mark": "X" * 41, "colour": "Teal"}).content.decode()
    assert ("must be 40 characters or fewer" in refused, 'value="Teal"' in refused) == (True, True)
    assert client.post(reverse("offenders:entry-add", args=at), VAN).status_code == 302
    row = Vehicle.objects.get()
    assert 'value="NM24 ABC"' in client.get(reverse("offenders:entry-change", args=[*at, row.public_id])).content.decode()
    changed = client.post(reverse("offenders:entry-change", args=[*at, row.public_id]), VAN | {"note": "Tow bar", "version": 1})
    assert changed.status_code == 302
    page = client.get(reverse("offenders:case-file", args=[nominal.reference])).content.decode()
    for words in ("Vehicles (1)", "NM24 ABC, white Larch Carrier", "Uses it; somebody else is the keeper", "Kept at: Mill Lane", "Tow bar"):
        assert words in page, words
    assert (page.count("NM24 ABC"), page.count("NM12 XYZ")) == (page.count("NM24 ABC, white Larch Carrier"), 1)


def test_it_stands_on_the_line_of_time(officer, nominal):
    make_vehicle(nominal, mark="NM24ABC")
    entries = read_timeline(officer, nominal, now(), "vehicle").entries
    assert [entry.title for entry in entries] == ["Vehicle in use: NM24 ABC, white Larch Carrier"]
