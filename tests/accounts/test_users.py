"""Administration of people and its limits."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.services import people
from audit.models import Event
from tests.accounts.signing_in import colleague_of, sign_in
from tests.factories import make_agency, make_unit, make_user

pytestmark = pytest.mark.django_db


def account(**values):
    """What the form of a new account sends."""
    return {"username": "j.birtle", "last_name": "Birtle", "roles": ["operational"], **values}


def change(user: User, **values):
    """What the form of an account sends."""
    return {"last_name": user.last_name, "unit": user.unit_id or "", "roles": [str(role) for role in user.roles], **values}


def test_list_holds_the_own_organisation_only(signed_in: Client, admin: User):
    colleague = colleague_of(admin)
    make_user()

    assert set(signed_in.get(reverse("accounts:user-list")).context["users"]) == {admin, colleague}


def test_list_can_be_filtered_by_unit_and_role(signed_in: Client, admin: User):
    unit = make_unit(organisation=admin.organisation)
    there = make_user(Role.SUPERVISOR, unit=unit)
    make_user(Role.OPERATIONAL, unit=unit)
    colleague_of(admin, Role.SUPERVISOR)

    page = signed_in.get(reverse("accounts:user-list"), {"unit": unit.pk, "role": "supervisor"})

    assert list(page.context["users"]) == [there]


@pytest.mark.parametrize("text", ["pendle", "JAN pen", "1192", "jan.p"])
def test_people_are_found_by_post(signed_in: Client, admin: User, text: str):
    wanted = colleague_of(admin, first_name="Jan", last_name="Pendle", username="jan.p", collar_number="1192")
    colleague_of(admin, first_name="Jan", last_name="Quill", collar_number="2")

    page = signed_in.post(reverse("accounts:user-list"), {"text": text})

    found = set(page.context["users"])
    assert wanted in found
    assert text == "1192" or found == {wanted}


def test_list_says_why_it_is_empty(signed_in: Client):
    page = signed_in.post(reverse("accounts:user-list"), {"text": "nobody-of-that-name"})

    assert "No user of your organisation fits this" in page.content.decode()


@pytest.mark.parametrize("query", ["?unit=x", "?role=x", "?before=x", "?unit=99999999999999999999"])
def test_nonsense_in_the_address_does_no_harm(signed_in: Client, query: str):
    assert signed_in.get(reverse("accounts:user-list") + query).status_code == 200


def test_queries_do_not_grow_with_the_list(signed_in: Client, admin: User):
    url = reverse("accounts:user-list")
    signed_in.get(url)
    counts = []
    for size in (1, 30):
        for _ in range(size):
            colleague_of(admin, Role.SUPERVISOR, Role.MAPP_CHAIR)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_reach_these_pages(client: Client, role: Role):
    user = make_user(role)
    other = make_user(organisation=user.organisation)
    client.force_login(user)
    acts = ("user-deactivate", "user-reactivate", "user-unlock", "user-reset-second-factor", "user-temporary-password")

    answers = [
        client.get(reverse(f"accounts:{name}")).status_code
        for name in ("user-list", "user-new", "organisation-list", "unit-new", "agency-new")
    ]
    answers += [client.post(reverse(f"accounts:{name}", args=[other.pk])).status_code for name in ("user", *acts)]

    assert set(answers) == {403}


def test_new_account_gets_a_temporary_password_that_is_shown_once(signed_in: Client, admin: User):
    page = signed_in.post(
        reverse("accounts:user-new"),
        account(unit=admin.unit_id, trained_until_day="31", trained_until_month="5", trained_until_year="2027"),
    )

    user = User.objects.get(username="j.birtle")
    password = page.context["password"]
    assert (user.organisation, user.unit, user.roles, user.trained_until) == (
        admin.organisation,
        admin.unit,
        {Role.OPERATIONAL},
        date(2027, 5, 31),
    )
    assert f"<code>{password}</code>" in page.content.decode()
    assert user.check_password(password)
    assert user.must_change_password
    event = Event.objects.get(actor=admin, verb="created")
    assert (event.subject_id, event.detail) == (user.pk, {"roles": ["operational"]})
    assert sign_in(Client(), user, password).status_code == 302


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "два"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "x" * 5000}, "username"),
        ({"last_name": ""}, "last_name"),
        ({"roles": ["partner"]}, "roles"),
        ({"roles": ["nonsense"]}, "roles"),
        ({"unit": "999999"}, "unit"),
        ({"trained_until_day": "31", "trained_until_month": "2", "trained_until_year": "2027"}, "trained_until"),
    ],
)
def test_account_that_breaks_a_rule_is_refused_at_its_field(signed_in: Client, values: dict[str, str], field: str):
    before = User.objects.count()

    response = signed_in.post(reverse("accounts:user-new"), account(**values))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert User.objects.count() == before


def test_a_username_is_given_once_however_it_is_written(signed_in: Client):
    make_user(username="J.Birtle")

    response = signed_in.post(reverse("accounts:user-new"), account())

    assert response.context["form"].errors == {"username": [people.USERNAME_TAKEN]}


def test_administrator_cannot_place_people_elsewhere(admin: User):
    with pytest.raises(DomainError) as unit:
        people.create_user(actor=admin, username="a", roles=[], unit=make_unit(), last_name="A")
    with pytest.raises(DomainError) as role:
        people.create_user(actor=admin, username="a", roles=[Role.PARTNER], unit=None, last_name="A")

    assert (unit.value.field, role.value.field) == ("unit", "roles")


def test_agency_gives_no_police_roles():
    admin = make_user(Role.ADMINISTRATOR, organisation=make_agency())

    people.create_user(actor=admin, username="a", roles=[Role.PARTNER], unit=None, last_name="A")
    with pytest.raises(DomainError) as error:
        people.create_user(actor=admin, username="b", roles=[Role.SUPERVISOR], unit=None, last_name="B")

    assert error.value.field == "roles"


def test_change_counts_at_the_next_click(signed_in: Client, admin: User):
    user = colleague_of(admin, Role.OPERATIONAL)
    browser = Client()
    sign_in(browser, user)
    assert browser.get(reverse("accounts:user-list")).status_code == 403

    signed_in.post(reverse("accounts:user", args=[user.pk]), change(user, roles=["administrator"], rank="Sgt"))

    user = User.objects.get(pk=user.pk)
    assert (user.roles, user.rank) == ({Role.ADMINISTRATOR}, "Sgt")
    assert browser.get(reverse("accounts:user-list")).status_code == 200
    detail = Event.objects.get(actor=admin, verb="changed").detail
    assert detail == {"what": "account", "roles_added": ["administrator"], "roles_removed": ["operational"]}


def test_form_shows_what_is_stored(signed_in: Client, admin: User):
    user = colleague_of(admin, Role.SUPERVISOR, rank="DI", vetted_until=date(2027, 3, 9))

    page = signed_in.get(reverse("accounts:user", args=[user.pk]))

    assert page.context["form"].initial["roles"] == ["supervisor"]
    assert 'value="2027"' in page.content.decode()
    assert Event.objects.filter(verb="viewed", subject_id=user.pk, actor=admin).count() == 1


def test_people_of_another_organisation_are_not_there(signed_in: Client):
    stranger = make_user()
    url = reverse("accounts:user", args=[stranger.pk])

    assert [signed_in.get(url).status_code, signed_in.post(url, change(stranger)).status_code] == [404, 404]
    assert signed_in.post(reverse("accounts:user-deactivate", args=[stranger.pk])).status_code == 404
