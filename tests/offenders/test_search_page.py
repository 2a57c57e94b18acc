"""The search page: one box, results without personal data in the address, and a trace of every search."""
from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.choices import Verb
from audit.models import Event
from offenders.choices import IdentifierKind
from offenders.models import Nominal, SavedSearch
from offenders.search import index_names
from offenders.services.searches import save_search
from offenders.tasks import delete_old_searches
from tests.factories import make_birth, make_identifier, make_name, make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db

FIND = reverse("offenders:find")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def operator(client: Client) -> User:
    """A signed-in control-room operator."""
    user = make_user(Role.CONTROL_ROOM)
    client.force_login(user)
    return user


def make_person(user: User, surname: str = "Quillfeather", given_names: str = "Barnaby", **values: Any) -> Nominal:
    """A findable record of the user's force."""
    nominal = make_nominal(unit=user.unit, surname=surname, given_names=given_names, **values)
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    index_names([nominal.pk])
    return nominal


def search(client: Client, text: str) -> Any:
    """Search as the page does with JavaScript."""
    return client.post(FIND, {"text": text}, headers=HTMX)


def test_page_has_one_box_with_the_focus(client: Client, operator: User):
    page = client.get(FIND).content.decode()
    assert re.search(r'<input[^>]*type="search"[^>]*autofocus', page)
    assert 'method="post"' in page
    assert "No one found" not in page


def test_without_javascript_a_search_leads_to_an_address_without_personal_data(client: Client, operator: User):
    nominal = make_person(operator)
    answer = client.post(FIND, {"text": "barnaby quilfeather"})
    saved = SavedSearch.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("offenders:find-results", args=[saved.token]))
    page = client.get(answer["Location"]).content.decode()
    assert "Quillfeather, Barnaby" in page
    assert nominal.reference in page
    assert "14 March 1971" in page
    assert "High risk" in page
    assert "Surname spelt nearly alike" in page
    assert reverse("offenders:card", args=[nominal.reference]) in page
    assert "uil" not in re.search(r"<title>(.*)</title>", page)[1]


def test_with_javascript_the_results_come_at_once(client: Client, operator: User):
    make_person(operator)
    answer = search(client, "Quillfeather")
    assert answer["HX-Push-Url"] == reverse("offenders:find-results", args=[SavedSearch.objects.get().token])
    assert "Quillfeather, Barnaby" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "1 person found" in answer.content.decode()


def test_results_open_for_the_searcher_only_and_not_for_ever(client: Client, operator: User):
    saved = SavedSearch.objects.create(user=operator, text="Quillfeather")
    address = reverse("offenders:find-results", args=[saved.token])
    assert client.get(address).status_code == 200
    client.force_login(make_user(Role.CONTROL_ROOM, unit=operator.unit))
    assert client.get(address).status_code == 404
    client.force_login(operator)
    SavedSearch.objects.update(at=timezone.now() - timedelta(hours=13))
    assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_kept_search_waits_for_no_flush_and_everything_after_it_does():
    operator = make_user(Role.CONTROL_ROOM)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        with transaction.atomic():
            save_search(actor=operator, text="Quillfeather")
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("off",)
        save_search(actor=operator, text="Quillfeather")
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
    assert [saved.user for saved in SavedSearch.objects.all()] == [operator, operator]


def test_old_searches_are_forgotten(operator: User):
    old, young = (SavedSearch.objects.create(user=operator, text=text) for text in ("old", "young"))
    SavedSearch.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(hours=12, minutes=1))
    delete_old_searches()
    assert set(SavedSearch.objects.all()) == {young}


@pytest.mark.parametrize("text", ["{reference}", "1971/0000417H", "71/417h", "AB12 CDE", "01632 960417", "+44 1632 960417"])
def test_number_of_one_person_goes_straight_to_the_card(client: Client, operator: User, text: str):
    nominal = make_person(operator)
    for kind, value in ((IdentifierKind.PNC, "1971/0000417H"), (IdentifierKind.VEHICLE, "AB12CDE"), (IdentifierKind.PHONE, "01632960417")):
        make_identifier(nominal=nominal, kind=kind, value=value)
    card = reverse("offenders:card", args=[nominal.reference])
    plain = client.post(FIND, {"text": text.format(reference=nominal.reference)})
    assert (plain.status_code, plain["Location"]) == (303, card)
    assert search(client, text.format(reference=nominal.reference))["HX-Redirect"] == card


def test_number_of_two_people_shows_both(client: Client, operator: User):
    pair = [make_person(operator), make_person(operator, "Other", "Person")]
    for nominal in pair:
        make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="01632960417")
    page = search(client, "01632 960417").content.decode()
    assert [nominal.reference in page for nominal in pair] == [True, True]
    assert "Telephone equal" in page


def test_record_of_another_force_is_a_marker_and_nothing_of_the_person(client: Client, operator: User):
    unit = make_unit(phone="01632 960199")
    elsewhere = make_person(make_user(unit=unit), "Hallewell", "Tobias")
    page = search(client, "Hallewell 14/3/1971").content.decode()
    listed = page[page.index("<ol") :]
    assert elsewhere.reference in listed
    assert unit.organisation.name in listed
    assert "01632 960199" in listed
    assert elsewhere.offender_manager.display_name in listed
    assert reverse("offenders:reason", args=[elsewhere.reference, "view_card"]) in listed
    for told in ("Hallewell", "Tobias", "1971", "March", "Surname", "Date of birth", "risk"):
        assert told not in listed, told


def test_search_is_recorded_with_terms_and_ids(client: Client, operator: User):
    nominal = make_person(operator)
    search(client, "Quillfeather")
    search(client, "Nobodyatall")
    found, none = Event.objects.filter(verb=Verb.SEARCHED).order_by("pk")
    assert (found.actor, found.detail["terms"], found.detail["ids"]) == (operator, "Quillfeather", [nominal.pk])
    assert (none.detail["terms"], none.detail["ids"]) == ("Nobodyatall", [])


def test_nobody_found_says_what_to_do(client: Client, operator: User):
    assert "No one found. Check the spelling, try a number. This search was recorded." in search(client, "Quillfeather").content.decode()


def test_too_many_alike_asks_for_one_more_detail(client: Client, operator: User):
    for _ in range(22):
        make_name(nominal=make_nominal(unit=operator.unit, offender_manager=operator), surname="Quillfeather", given_names="Barnaby")
    index_names()
    page = search(client, "Barnaby Quillfeather").content.decode()
    assert page.count('class="app-result"') == 20
    assert "add one more detail" in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Enter a name, a number or a date of birth"),
        ("   ", "Enter a name, a number or a date of birth"),
        ("a" * 5000, "Search for at most 200 characters"),
        ("ع" * 5000, "Search for at most 200 characters"),
        ("John\x00Smith", "characters that no name has"),
        ("\U0001f600 \U0001f480", "Enter a name, a number or a date of birth"),
        ("';--", "Enter a name, a number or a date of birth"),
        ("71/417A", "The check letter of this PNC number does not fit: check each digit"),
        ("31/2/1971", "February 1971 has 28 days"),
        ("Smith 1/1/2090", "Date of birth must be in the past"),
    ],
)
def test_bad_input_is_explained_at_the_field(client: Client, operator: User, text: str, message: str):
    plain = client.post(FIND, {"text": text})
    assert plain.status_code == 422
    for answer in (plain, search(client, text)):
        assert 'id="id_text_error"' in answer.content.decode()
        assert message in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert not Event.objects.filter(verb=Verb.SEARCHED).exists()


TEXTS = (
    *("محمد عبد الرحمن", "Мухаммад Аль-Рашид", "王小明", "김민수", "Nguyễn Văn Lê", "٣/٤/١٩٧١", "é" * 200, "½ ² ①", "\u202e\u200bJohn"),
    *("x'); DROP TABLE offenders_name;--", "%_\\", "{1,2} {{x}}", "1e999 0x10", "-1", "9" * 20, "V-99999999999", "o'o'o'o"),
    "a b c d e f g h i j k l m n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_any_script_or_trick_is_answered(client: Client, operator: User, text: str):
    make_person(operator)
    assert client.post(FIND, {"text": text}, follow=True).status_code in {200, 422}
    assert search(client, text).status_code == 200
    assert Nominal.objects.count() == 1


def test_queries_do_not_grow_with_hits(client: Client, operator: User):
    client.get(FIND)  # the first page of a session notes the sign-in
    counts = []
    for people in (2, 12):
        for number in range(people):
            make_person(operator, "Quillfeather", f"Barnaby{number}")
            make_person(make_user(unit=make_unit()), "Quillfeather", f"Barnaby{number}")
        with CaptureQueriesContext(connection) as captured:
            assert search(client, "Quillfeather").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_roles_without_the_right_are_refused(client: Client, role: Role):
    client.force_login(make_user(role))
    assert client.get(FIND).status_code == 403
    assert client.post(FIND, {"text": "Quillfeather"}).status_code == 403
