"""Records that may be about one person are found by comparison, named by hand, and refused for good."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Notification
from intelligence.models import DuplicateCheck, DuplicatePair
from intelligence.services.duplicates import find_duplicates, propose_duplicate, refuse_pair
from offenders.choices import IdentifierKind
from offenders.models import Name, Nominal
from offenders.search import index_names
from tests.factories import make_birth, make_identifier, make_nominal, make_user
from tests.offenders.making_merges import merge

pytestmark = pytest.mark.django_db
WHY = "Met both at the same door"


@pytest.fixture
def lead():
    return make_user(Role.SUPERVISOR, Role.OFFENDER_MANAGER)


def born(lead, surname, given_names, birth=(1971, 3, 4), **values):
    """A record of the supervisor's unit."""
    nominal = make_nominal(unit=lead.unit, surname=surname, given_names=given_names, **values)
    make_birth(nominal=nominal, year=birth[0], month=birth[1], day=birth[2])
    index_names([nominal.pk])
    return nominal


def found():
    """The pairs that the comparison finds, with their reasons."""
    find_duplicates(actor=None)
    return {(pair.one_id, pair.other_id): pair for pair in DuplicatePair.objects.all()}


@pytest.mark.parametrize(
    ("surname", "given_names", "birth", "reason"),
    [
        ("Quillfeather", "William", (1971, 3, 4), "Date of birth equal"),
        ("Quillfeather", "Bill", (1971, 3, 4), "Given name a short or full form"),
        ("Quillfeather", "William", (1971, 4, 3), "Date of birth with day and month swapped"),
        ("Quilfeather", "William", (1971, 3, 4), "Surname spelt nearly alike"),
    ],
)
def test_the_same_person_written_otherwise_is_found_with_the_reason(lead, surname, given_names, birth, reason):
    one, other = born(lead, "Quillfeather", "William"), born(lead, surname, given_names, birth)
    pair = found()[one.pk, other.pk]
    assert [said for said in pair.reasons if said.startswith(reason)], pair.reasons
    assert not pair.may_be_relatives


def test_a_number_in_common_is_enough_and_one_that_many_have_is_not(lead):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(lead, "Underhill", "Mungo", (1950, 1, 1))
    for nominal in (one, other):
        make_identifier(nominal=nominal, kind=IdentifierKind.CRO, value="123456/71A")
    assert "CRO number equal" in found()[one.pk, other.pk].reasons
    for nominal in [make_nominal(unit=lead.unit, surname=f"Hostel{number}") for number in range(6)]:
        make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="01632960100")
    assert len(found()) == 1


def test_two_people_are_not_found_and_twins_are_marked(lead):
    one, twin = born(lead, "Quillfeather", "Barnaby"), born(lead, "Quillfeather", "Marigold")
    born(lead, "Underhill", "Mungo")
    pairs = found()
    assert list(pairs) == [(one.pk, twin.pk)]
    assert pairs[one.pk, twin.pk].may_be_relatives


def test_comparing_again_adds_nothing_and_drops_what_is_no_longer_alike(lead):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(lead, "Quillfeather", "Barnaby")
    keys = found()[one.pk, other.pk].pk
    assert not DuplicateCheck.objects.exists()
    assert find_duplicates(actor=None, everybody=True) == 0
    assert DuplicatePair.objects.get().pk == keys
    Name.objects.filter(nominal=other).update(surname="Underhill", given_names="Mungo")
    index_names([other.pk])
    assert found() == {}


def test_a_refused_pair_comes_back_only_when_an_identity_changes(lead):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(lead, "Quillfeather", "Barnaby")
    refuse_pair(actor=lead, pair=found()[one.pk, other.pk], reason=WHY)
    find_duplicates(actor=None, everybody=True)
    pair = DuplicatePair.objects.get()
    assert (pair.state, pair.refused_by, pair.refuse_reason) == ("refused", lead, WHY)
    with pytest.raises(DomainError, match="two people"):
        propose_duplicate(actor=lead, nominal=one, other=other, reason=WHY)
    make_identifier(nominal=other, kind=IdentifierKind.PHONE, value="01632960201")
    assert found()[one.pk, other.pk].state == "open"


def test_somebody_names_a_pair_by_hand_and_the_supervisors_are_told(lead):
    officer = make_user(unit=lead.unit)
    one, other = make_nominal(unit=lead.unit), make_nominal(surname="Underhill")
    pair = propose_duplicate(actor=officer, nominal=one, other=other, reason=WHY)
    assert (pair.one, pair.other, pair.note) == (one, other, WHY)
    assert Notification.objects.filter(recipient=lead, route="intelligence:duplicates").exists()
    find_duplicates(actor=None, everybody=True)
    assert DuplicatePair.objects.filter(pk=pair.pk).exists()
    with pytest.raises(NotPermitted):
        propose_duplicate(actor=officer, nominal=one, other=make_nominal(is_restricted=True), reason=WHY)


def test_a_merged_record_is_in_no_pair(lead):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(lead, "Quillfeather", "Barnaby")
    assert found()
    merge(lead, one, other)
    assert not DuplicatePair.objects.for_user(lead).exists()
    DuplicatePair.objects.all().delete()
    find_duplicates(actor=None, everybody=True)
    assert not DuplicatePair.objects.exists()


def test_the_list_shows_reasons_to_readers_of_both_cards_and_no_pair_with_a_hidden_record(lead, client):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(make_user(Role.SUPERVISOR), "Quillfeather", "Barnaby")
    same = born(lead, "Quillfeather", "Barnaby")
    found()
    client.force_login(lead)
    page = client.get(reverse("intelligence:duplicates")).content.decode()
    assert page.count("Date of birth equal") == 1
    assert page.count("The reasons show when you may read both cards.") == 2
    Nominal.objects.filter(pk=other.pk).update(is_restricted=True)
    page = client.get(reverse("intelligence:duplicates")).content.decode()
    assert other.reference not in page
    assert f"{one.reference} and {same.reference}" in page
    pair = DuplicatePair.objects.get(one=one, other=other)
    assert client.get(reverse("intelligence:duplicate-refuse", args=[pair.public_id])).status_code == 404


def test_a_pair_is_refused_and_named_on_a_page(lead, client):
    one, other = born(lead, "Quillfeather", "Barnaby"), born(lead, "Quillfeather", "Barnaby")
    pair = found()[one.pk, other.pk]
    client.force_login(lead)
    client.post(reverse("intelligence:duplicate-refuse", args=[pair.public_id]), {"reason": WHY})
    assert WHY in client.get(reverse("intelligence:duplicates") + "?show=refused").content.decode()
    third = make_nominal(unit=lead.unit)
    client.post(reverse("intelligence:duplicate-propose", args=[one.reference]), {"reference": third.reference, "reason": WHY})
    assert DuplicatePair.objects.filter(one=one, other=third).exists()
