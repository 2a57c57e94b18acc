"""What administrators may not do, and how they help people in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Authenticator, SignIn, User
from accounts.services import passwords, people, second_factor
from audit.models import Event
from tests.accounts.signing_in import colleague_of, make_authenticator, sign_in
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db


SERVICES = (
    lambda actor, user: people.change_user(actor=actor, user=user, roles=[Role.SUPERVISOR], unit=user.unit),
    lambda actor, user: people.deactivate_user(actor=actor, user=user),
    lambda actor, user: people.reactivate_user(actor=actor, user=user),
    lambda actor, user: passwords.unlock_user(actor=actor, user=user),
    lambda actor, user: passwords.set_temporary_password(actor=actor, user=user),
    lambda actor, user: second_factor.reset_second_factor(actor=actor, user=user),
)


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_administers_their_own_account(admin: User, service):
    other = colleague_of(admin)
    service(admin, other)

    with pytest.raises(DomainError, match="your own account"):
        service(admin, admin)

    assert User.objects.get(pk=admin.pk).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("service", SERVICES)
def test_services_refuse_who_is_no_administrator_and_who_is_of_another_organisation(admin: User, service):
    for actor in (make_user(Role.SUPERVISOR, organisation=admin.organisation), make_user(Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            service(actor, admin)


def test_own_account_page_says_who_can_change_it(signed_in: Client, admin: User):
    url = reverse("accounts:user", args=[admin.pk])

    page = signed_in.get(url).content.decode()
    response = signed_in.post(url, {"last_name": admin.last_name, "roles": ["administrator", "supervisor"]})

    assert "Only another administrator" in page
    assert response.status_code == 409
    assert User.objects.get(pk=admin.pk).roles == {Role.ADMINISTRATOR}


def test_deactivation_signs_the_person_out_and_can_be_taken_back(signed_in: Client, admin: User):
    user = colleague_of(admin)
    browser = Client()
    sign_in(browser, user)
    assert browser.get("/account/").status_code == 200

    signed_in.post(reverse("accounts:user-deactivate", args=[user.pk]))
    closed = (browser.get("/account/").status_code, sign_in(Client(), user).status_code)
    signed_in.post(reverse("accounts:user-reactivate", args=[user.pk]))

    assert closed == (302, 409)
    assert browser.get("/account/").status_code == 302
    assert sign_in(Client(), user).status_code == 302


def test_who_manages_cases_stays_active_until_they_are_handed_over(signed_in: Client, admin: User):
    user = colleague_of(admin, last_name="Okafor", rank="DS", collar_number="2207")
    for _ in range(2):
        make_nominal(offender_manager=user)

    page = signed_in.post(reverse("accounts:user-deactivate", args=[user.pk]), follow=True)

    assert "DS 2207 Okafor still manages 2 cases. Hand over 2 cases first" in page.content.decode()
    assert User.objects.get(pk=user.pk).is_active


def test_unlock_opens_an_account_after_the_lock_out(signed_in: Client, admin: User):
    user = colleague_of(admin)
    for _ in range(5):
        sign_in(Client(), user, "wrong")
    url = reverse("accounts:user", args=[user.pk])
    assert signed_in.get(url).context["is_locked"]

    signed_in.post(reverse("accounts:user-unlock", args=[user.pk]))

    assert not signed_in.get(url).context["is_locked"]
    assert sign_in(Client(), user).status_code == 302


def test_temporary_password_replaces_the_old_one_and_ends_sessions(signed_in: Client, admin: User):
    user = colleague_of(admin)
    browser = Client()
    sign_in(browser, user)

    page = signed_in.post(reverse("accounts:user-temporary-password", args=[user.pk]))

    assert "no-store" in page["Cache-Control"]
    assert browser.get("/account/").status_code == 302
    assert sign_in(Client(), user).status_code == 409
    assert sign_in(browser, user, page.context["password"]).status_code == 302
    assert browser.get("/account/")["Location"] == reverse("accounts:password")
    assert page.context["password"] not in str(list(Event.objects.values()))


def test_reset_second_factor_lets_the_person_connect_a_new_app(signed_in: Client, admin: User):
    user = colleague_of(admin)
    make_authenticator(user)
    sign_in(Client(), user)

    signed_in.post(reverse("accounts:user-reset-second-factor", args=[user.pk]))

    assert not Authenticator.objects.exists()
    assert not SignIn.objects.filter(user=user, ended_at=None).exists()
    assert Event.objects.get(actor=admin, verb="changed").detail == {"what": "second factor reset"}
