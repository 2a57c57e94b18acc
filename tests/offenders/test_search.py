"""Finding people: each kind of match comes first, with its reason; what is hidden takes part in nothing."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import User
from offenders.choices import IdentifierKind, NameKind
from offenders.models import Name, Nominal, Word
from offenders.search import Hit, SearchResult, count_words, find_nominals, index_names
from tests.factories import make_birth, make_exclusion, make_grant, make_identifier, make_name, make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
CROWD = (
    *(("John", "Smith"), ("Joan", "Smythe"), ("Peter", "Marsh"), ("Anna", "Kowalska"), ("Mohammed", "Ali"), ("Carlos", "Pereira")),
    *(("Li", "Wei"), ("Patrick", "O'Donnell"), ("Aisha", "Begum"), ("Gareth", "Pritchard"), ("Ewan", "MacKay"), ("Olga", "Petrova")),
)


@pytest.fixture
def officer() -> User:
    """Somebody in a force with some people on record."""
    user = make_user(Role.SUPERVISOR)
    for given_names, surname in CROWD:
        make_nominal(unit=user.unit, offender_manager=user, surname=surname, given_names=given_names)
    index_names()
    return user


def index_in_transaction(nominal_id: int, barrier: Barrier) -> None:
    """Index at the same moment as the other thread, on a connection of its own."""
    with closing(connection), transaction.atomic():
        barrier.wait(timeout=30)
        index_names([nominal_id])


def person(officer: User, given_names: str, surname: str, **values: Any) -> Nominal:
    """Put one more person on record in the officer's unit."""
    return add(make_nominal(unit=officer.unit, offender_manager=officer, surname=surname, given_names=given_names, **values))


def add(nominal: Nominal) -> Nominal:
    """Make a record findable."""
    index_names([nominal.pk])
    return nominal


def find(user: User, text: str) -> SearchResult:
    """Search as this user."""
    return find_nominals(user=user, text=text, today=TODAY)


def first(user: User, text: str) -> Hit:
    """The likeliest person."""
    return find(user, text).hits[0]


@pytest.mark.parametrize(
    ("given_names", "surname", "text", "reason"),
    [
        ("Barnaby", "Quillfeather", "Barnaby Quillfeather", "Name equal"),
        ("Barnaby", "Quillfeather", "QUILLFEATHER, barnaby", "Name equal"),
        ("Barnaby Horace", "Quillfeather", "Barnaby Quillfeather", "Name equal"),
        ("Barnaby", "Quillfeather", "Barnabby Quilfeather", "Surname spelt nearly alike"),
        ("Barnaby", "Quillfeather", "Branaby Quillfaether", "Given name spelt nearly alike"),
        ("Barnaby", "Quillfeather", "Barnaby Kwilfether", "Surname sounds alike"),
        ("Barnaby", "Quillfeather", "B Quillfeather", "Initial equal"),
        ("William", "Quillfeather", "Bill Quillfeather", "Given name is a short or full form"),
        ("Bill", "Quillfeather", "William Quillfeather", "Given name is a short or full form"),
        ("Barnaby", "Quillfeather", "Barnaby Quillfeather Okafor", "Surname equal"),
        ("Barnaby", "Quillfeather", "Quillfeather", "Name equal"),
        ("Barnaby", "Quill Feather", "Barnaby Quillfeather", "Surname written apart"),
        ("Barnaby", "Quillfeather", "Barnaby Quill Feather", "Surname written together"),
        ("Barnaby", "Quillfeather", "BarnabyQuillfeather", "Surname written apart"),
        ("Barnaby", "Quill-Feather", "barnaby quill feather", "Name equal"),
        ("Seán", "O’Brien", "sean obrien", "Name equal"),
        ("Muhammad", "Al-Rashid", "Mohamed Rashid", "Surname equal"),
        ("Yusuf", "Abd al-Rahman", "Yousef Abdulrahman", "Given name sounds alike"),
        ("Мухаммад", "Аль-Рашид", "Muhammad Rashid", "Surname equal"),
        ("محمد", "الحسين", "Mohammed Husayn", "Given name sounds alike"),
        ("Mohammed", "Husayn", "محمد الحسين", "Surname sounds alike"),
        ("小明", "王", "Wang Xiaoming", "Surname equal"),
        ("Jürgen", "Müller", "Jurgen Mueller", "Surname spelt nearly alike"),
        ("Łukasz", "Wójcik", "lukasz wojcik", "Name equal"),
        ("Nguyễn", "Văn Lê", "Nguyen Van Le", "Name equal"),
        ("", "ghost_rider77", "ghost rider77", "Name equal"),
    ],
)
def test_name_is_found_first(officer: User, given_names: str, surname: str, text: str, reason: str):
    nominal = person(officer, given_names, surname)
    hit = first(officer, text)
    assert hit.nominal == nominal
    assert reason in hit.reasons


@pytest.mark.parametrize(("kind", "label"), [(kind, kind.label) for kind in NameKind if kind != NameKind.PRIMARY])
def test_every_kind_of_name_counts_and_is_named(officer: User, kind: str, label: str):
    nominal = person(officer, "Barnaby", "Quillfeather")
    make_name(nominal=nominal, surname="Hallewell", given_names="Tobias", kind=kind)
    add(nominal)
    hit = first(officer, "Tobias Hallewel")
    assert (hit.nominal, hit.name, hit.reasons[0]) == (nominal, "Tobias Hallewell", label)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("John Smith 14/3/1971", "Date of birth equal"),
        ("John Smith 3/14/1971", "Date of birth equal"),
        ("John Smith born 14 March 1971", "Date of birth equal"),
        ("1971-03-14 Smith", "Date of birth equal"),
        ("john smith 14.3.71", "Date of birth equal"),
        ("John Smith March 1971", "Month and year of birth equal"),
        ("John Smith 3/1971", "Month and year of birth equal"),
        ("John Smith 1971", "Year of birth equal"),
        ("John Smith 14/3/1972", "Date of birth differs in the year only"),
        ("John Smith 14/4/1971", "Date of birth differs in the month only"),
        ("Jon Smth 15/3/1971", "Date of birth differs in the day only"),
        ("14/3/1971", "Date of birth equal"),
        ("March 1971", "Month and year of birth equal"),
        ("Xavier Nomatch 14/3/1971", "Date of birth equal"),
    ],
)
def test_date_of_birth_sets_people_apart(officer: User, text: str, reason: str):
    wanted, *others = (person(officer, "John", "Smith") for _ in range(5))
    make_birth(nominal=wanted, year=1971, month=3, day=14)
    for other in others:
        make_birth(nominal=other, year=1950, month=9, day=2)
    hit = first(officer, text)
    assert hit.nominal == wanted
    assert hit.reasons[-1] == reason


def test_day_and_month_swapped_are_found(officer: User):
    wanted = person(officer, "John", "Smith")
    make_birth(nominal=wanted, year=1971, month=3, day=4)
    assert first(officer, "John Smith 3/4/1971").reasons == ["Name equal", "Date of birth with day and month swapped"]
    assert first(officer, "3/4/1971").nominal == wanted


def test_partial_date_on_record_agrees_with_what_is_known(officer: User):
    wanted = person(officer, "John", "Smith")
    make_birth(nominal=wanted, year=1971)
    assert first(officer, "John Smith 14/3/1971").reasons == ["Name equal", "Year of birth equal"]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (IdentifierKind.PNC, "1971/0000417H", "PNC 71/417H"),
        (IdentifierKind.CRO, "265416/21G", "265416/21g"),
        (IdentifierKind.CRO, "SF71/000417A", "SF71/417A"),
        (IdentifierKind.PRISON, "A1234BC", "a1234bc"),
        (IdentifierKind.PASSPORT, "123456789", "123456789"),
        (IdentifierKind.VISOR, "12/0004417", "visor 12/0004417"),
        (IdentifierKind.PHONE, "07700900417", "+44 7700 900 417"),
        (IdentifierKind.VEHICLE, "AB12CDE", "ab12 cde"),
        (IdentifierKind.VEHICLE, "A1ABC", "A1 ABC"),
    ],
)
def test_number_names_one_person(officer: User, kind: IdentifierKind, value: str, text: str):
    nominal = person(officer, "Barnaby", "Quillfeather")
    make_identifier(nominal=nominal, kind=kind, value=value)
    result = find(officer, text)
    assert [(hit.nominal, hit.reasons) for hit in result.hits] == [(nominal, [f"{kind.label} equal"])]
    assert result.exact


def test_reference_names_one_person_and_a_name_beside_it_is_found_too(officer: User):
    nominal = person(officer, "Barnaby", "Quillfeather")
    number = int(nominal.reference.removeprefix("V-"))
    assert [find(officer, text).exact for text in (nominal.reference, f"v{number}", f"V-{number}")] == [True] * 3
    both = find(officer, f"{nominal.reference} Gareth Pritchard")
    assert [hit.nominal.names.get().surname for hit in both.hits] == ["Quillfeather", "Pritchard"]
    assert not both.exact


@pytest.mark.parametrize("text", ["71/417X", "265416/21A", "31/2/1971", "1/1/2099", "20/20/1971"])
def test_impossible_numbers_and_dates_are_refused(officer: User, text: str):
    with pytest.raises(ValueError, match=r"check letter|Date of birth"):
        find(officer, text)


def test_record_of_another_force_gives_its_marker_only(officer: User):
    elsewhere = person(make_user(unit=make_unit()), "Barnaby", "Quillfeather")
    hit = first(officer, "Quillfeather")
    assert (hit.nominal, hit.is_marker_only, hit.name, hit.reasons) == (elsewhere, True, "", ["A person who matches what you searched for"])
    make_grant(nominal=elsewhere, user=officer)
    assert (first(officer, "Quillfeather").is_marker_only, first(officer, "Quillfeather").name) == (False, "Barnaby Quillfeather")


def test_line_of_a_record_that_may_not_be_read_does_not_leave_the_database(officer: User):
    person(make_user(unit=make_unit()), "Barnaby", "Quillfeather")
    with CaptureQueriesContext(connection) as captured:
        hit = first(officer, "Quillfeather")
    assert (hit.line, hit.goes_by, hit.listed_name) == ({}, None, "Name not recorded")
    with connection.cursor() as cursor:
        cursor.execute(captured.captured_queries[-1]["sql"])
        assert "Quillfeather" not in str(cursor.fetchall())


def test_lines_and_markers_come_in_one_statement_with_all_that_is_shown(officer: User, django_assert_num_queries: Any):
    own, elsewhere = person(officer, "Barnaby", "Quillfeather"), person(make_user(unit=make_unit()), "Barnaby", "Quillfeather")
    make_birth(nominal=own, year=1971, month=3, day=14)
    assert officer.roles  # asked once for a request
    with django_assert_num_queries(3):  # the words, the candidates, the records
        hits = {hit.nominal.pk: hit for hit in find(officer, "Quillfeather").hits}
        shown, marker = hits[own.pk], hits[elsewhere.pk]
        facts, of_marker = shown.facts, (marker.nominal.unit.on_call, marker.nominal.offender_manager.phone)
    assert shown.listed_name == "Quillfeather, Barnaby"
    assert facts == (
        f"Born 14 March 1971. {own.reference}. Managed by {officer.display_name}, {officer.unit.name}, {officer.organisation.name}."
    )
    assert shown.why == "Matched on the name Barnaby Quillfeather: Name equal"
    assert of_marker == (elsewhere.unit.on_call, elsewhere.offender_manager.phone)


SEEN = ("Quillfeather", "Barnaby Quilfeather", "14/3/1971", "Quillfeather 1971", "71/417H", "B Quillfeather", "John Smith", "Kwilfether")


def answers(user: User) -> list[Any]:
    """All that a searcher can learn."""
    results = [find(user, text) for text in SEEN]
    hits = [[(hit.nominal.pk, hit.score, hit.reasons, hit.name) for hit in result.hits] for result in results]
    return [(result.exact, result.too_many, shown) for result, shown in zip(results, hits, strict=True)]


@pytest.mark.parametrize("is_restricted", [True, False])
def test_hidden_records_change_nothing(officer: User, is_restricted: bool):
    person(officer, "Barney", "Quilfether")
    count_words()
    searcher = make_user(Role.CONTROL_ROOM, unit=officer.unit)
    before = answers(searcher)
    hidden = [make_nominal(unit=officer.unit, offender_manager=officer, surname="Quillfeather", given_names="Barnaby") for _ in range(30)]
    for nominal in hidden:
        make_name(nominal=nominal, surname="Smith", given_names="John")
        make_birth(nominal=nominal, year=1971, month=3, day=14)
        make_identifier(nominal=nominal, kind=IdentifierKind.PNC, value="1971/0000417H")
    index_names([nominal.pk for nominal in hidden])
    assert answers(searcher) != before  # it would show
    for nominal in hidden:
        if is_restricted:
            Nominal.objects.filter(pk=nominal.pk).update(is_restricted=True)
        else:
            make_exclusion(nominal=nominal, user=searcher)
    if is_restricted:
        count_words()
    assert answers(searcher) == before
    assert answers(officer) != before


def test_too_many_means_nothing_sets_the_first_apart(officer: User):
    for _ in range(21):
        person(officer, "Barnaby", "Quillfeather")
    result = find(officer, "Barnaby Quillfeather")
    assert (len(result.hits), result.too_many) == (20, True)
    one = person(officer, "Barnabas", "Quillfeather")
    make_birth(nominal=one, year=1971, month=3, day=14)
    assert first(officer, "Barnaby Quillfeather 14/3/1971").nominal == one


def test_nothing_is_found_for_those_who_may_find_nobody(officer: User):
    assert find(officer, "John Smith").hits
    assert [find(make_user(role), "John Smith").hits for role in (Role.PARTNER, Role.AUDITOR)] == [[], []]


def test_indexing_again_changes_nothing_and_follows_new_names(officer: User):
    before = dict(Name.objects.values_list("pk", "tokens"))
    index_names()
    assert dict(Name.objects.values_list("pk", "tokens")) == before
    name = Name.objects.get(surname="Petrova")
    name.surname = "Quillfeather"
    name.save()
    index_names([name.nominal_id])
    assert first(officer, "Olga Quillfeather").nominal == name.nominal


def test_frequency_counts_names_of_unrestricted_records(officer: User):
    person(officer, "John", "Quillfeather")
    person(officer, "John", "Hallewell", is_restricted=True)
    count_words()
    assert dict(Word.objects.filter(text__in=["john", "quillfeather", "hallewell"]).values_list("text", "frequency")) == {
        "john": 2,
        "quillfeather": 1,
        "hallewell": 0,
    }


@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_meet_the_same_new_word_both_succeed():
    user = make_user(Role.SUPERVISOR)
    pair = [make_nominal(unit=user.unit, offender_manager=user, surname="Quillfeather", given_names="Barnaby") for _ in range(2)]
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(index_in_transaction, nominal.pk, barrier) for nominal in pair]
        assert [each.result(timeout=30) for each in done] == [None, None]
    assert {hit.nominal for hit in find(user, "Barnaby Quillfeather").hits} == set(pair)
