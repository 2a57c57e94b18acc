"""Pages of machine clients, and the service accounts that nobody signs in with."""
from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import OrganisationKind, Role
from accounts.errors import DomainError
from accounts.models import ApiClient, SignIn, User
from accounts.rules import read_networks
from accounts.services.clients import rotate_secret
from tests.accounts.calling import ask_token, make_client
from tests.accounts.signing_in import PASSWORD, make_person
from tests.factories import make_agency, make_force, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    """An administrator with a password, signed in."""
    boss = make_person(Role.ADMINISTRATOR)
    client.force_login(boss)
    return boss


def terms(**values: object) -> dict[str, object]:
    """What the form of a new client sends."""
    day = localdate()
    end = {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}
    return {"name": "Alerts", "contact": "Desk", "scopes": ["travel-alerts"], "networks": "127.0.0.1", "current": PASSWORD, **end, **values}


def test_client_is_added_and_its_secret_shown_once(client: Client, boss: User):
    agency = make_agency(kind=OrganisationKind.BORDER)

    page = client.post(reverse("accounts:client-new"), terms(agency=agency.pk))

    program = ApiClient.objects.get()
    secret = page.context["secret"]
    assert (program.agency, program.force, program.made_by, program.user.roles) == (agency, boss.organisation, boss, {Role.PARTNER})
    assert ask_token(client, program, secret).status_code == 200
    assert secret not in client.get(reverse("accounts:client", args=[program.pk])).content.decode()


@pytest.mark.parametrize("url", ["client-new", "client-change", "client-secret"])
def test_password_is_asked_again(client: Client, boss: User, url: str):
    program, secret = make_client(admin=boss)
    args = [] if url == "client-new" else [program.pk]
    sent = terms(agency=make_agency(kind=OrganisationKind.BORDER).pk, current="wrong", days=0)

    answer = client.post(reverse(f"accounts:{url}", args=args), sent)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"current"})
    assert (ApiClient.objects.count(), ask_token(client, program, secret).status_code) == (1, 200)


def test_scope_for_border_authorities_is_refused_to_others_and_forces_get_no_client(client: Client, boss: User):
    housing = client.post(reverse("accounts:client-new"), terms(agency=make_agency(kind=OrganisationKind.HOUSING).pk))

    assert (housing.status_code, set(housing.context["form"].errors)) == (409, {"scopes"})
    with pytest.raises(DomainError):
        make_client(admin=boss, agency=boss.organisation)


@pytest.mark.parametrize("days", [-1, 31])
def test_old_secret_works_for_thirty_days_at_most(boss: User, days: int):
    program, _ = make_client(admin=boss)

    with pytest.raises(DomainError) as error:
        rotate_secret(actor=boss, client=program, days=days)

    assert error.value.field == "days"


@pytest.mark.parametrize("text", ["nonsense", "192.0.2.1/24", "0.0.0.0/0", "::/0", "192.0.2.0/33"])
def test_what_is_no_network_or_every_network_is_refused(text: str):
    with pytest.raises(DomainError) as error:
        read_networks(text)

    assert error.value.field == "networks"


def test_refusals_show_on_the_page(client: Client, boss: User):
    program, _ = make_client(admin=boss)
    ask_token(client, program, "wrong")

    page = client.get(reverse("accounts:client", args=[program.pk]))

    assert [event.detail["why"] for event in page.context["refusals"]] == ["wrong secret"]


def test_service_account_has_neither_password_nor_session(client: Client):
    program, _ = make_client()
    account = program.user

    client.force_login(account)
    answer = client.get(reverse("accounts:account"))

    assert (answer.status_code, SignIn.objects.count()) == (302, 0)
    account.set_password(PASSWORD)
    with pytest.raises(IntegrityError, match="user_service_without_password"), transaction.atomic():
        account.save()


def test_service_account_is_no_person_to_choose_or_to_administer():
    force = make_force()
    person, boss = make_user(organisation=force), make_user(Role.ADMINISTRATOR, organisation=force)
    service = make_user(organisation=force, unit=None, is_service=True)

    assert set(User.objects.colleagues_of(person)) == set(User.objects.staff_of_forces()) == {person, boss}
    assert set(User.objects.for_user(boss)) == {person, boss}
    assert service.display_name.endswith("(machine client)")
