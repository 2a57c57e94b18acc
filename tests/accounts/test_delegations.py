"""Authority lent for a time: to whom, how long, and how it ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import DelegatedAuthority, Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Delegation, User
from accounts.services.delegations import delegate_authority, withdraw_delegation
from audit.models import Event
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
AUTHORITY = DelegatedAuthority.DISCLOSE_CATEGORY_1_LEVEL_1


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-24 09:00:00Z", tick=False)


@pytest.fixture
def lender():
    """Somebody who may lend authority."""
    return make_user(Role.DISCLOSURE_AUTHORITY)


def officer_of(lender: User, **values) -> User:
    """A colleague."""
    return make_user(organisation=lender.organisation, unit=lender.unit, **values)


def lend(lender: User, delegate: User, first: date = TODAY, last: date = TODAY + timedelta(days=6), **values) -> Delegation:
    """Lend with sensible values."""
    asked = {"authority": AUTHORITY, "unit": None, "reason": "On leave", **values}
    return delegate_authority(actor=lender, delegate=delegate, first_day=first, last_day=last, **asked)


def test_authority_is_lent_in_the_browser(client: Client, lender: User):
    officer = officer_of(lender)
    client.force_login(lender)
    days = {
        "first_day_day": "24",
        "first_day_month": "11",
        "first_day_year": "2026",
        "last_day_day": "30",
        "last_day_month": "11",
        "last_day_year": "2026",
    }

    response = client.post(
        reverse("accounts:delegation-new"), {"authority": AUTHORITY, "delegate": officer.pk, "reason": "On leave", **days}
    )

    delegation = Delegation.objects.get()
    assert response["Location"] == reverse("accounts:delegation-list")
    assert (delegation.delegator, delegation.delegate, delegation.first_day, delegation.last_day) == (
        lender,
        officer,
        TODAY,
        date(2026, 11, 30),
    )
    event = Event.objects.get(actor=lender, verb="delegated")
    assert (event.subject_id, event.reason, event.detail) == (
        delegation.pk,
        "On leave",
        {"delegate": officer.pk, "authority": AUTHORITY.value},
    )


def test_form_offers_active_colleagues_but_not_oneself(client: Client, lender: User):
    officer = officer_of(lender)
    officer_of(lender, is_active=False)
    make_user()
    client.force_login(lender)

    form = client.get(reverse("accounts:delegation-new")).context["form"]

    assert set(form.fields["delegate"].queryset) == {officer}
    assert set(form.fields["unit"].queryset) == {lender.unit}


@pytest.mark.parametrize("which", ["oneself", "another force", "closed account"])
def test_authority_goes_to_active_colleagues_only(lender: User, which: str):
    people = {"oneself": lender, "another force": make_user(), "closed account": officer_of(lender, is_active=False)}

    with pytest.raises(DomainError) as error:
        lend(lender, people[which])

    assert error.value.field == "delegate"
    assert not Delegation.objects.exists()


def test_unit_is_one_of_the_own_force(lender: User):
    with pytest.raises(DomainError) as error:
        lend(lender, officer_of(lender), unit=make_unit())

    assert error.value.field == "unit"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DISCLOSURE_AUTHORITY])
def test_other_roles_lend_nothing(client: Client, role: Role):
    user = make_user(role)
    client.force_login(user)

    assert client.get(reverse("accounts:delegation-new")).status_code == 403
    with pytest.raises(NotPermitted):
        lend(user, make_user(organisation=user.organisation))


@pytest.mark.parametrize(
    ("on", "counts"),
    [(TODAY - timedelta(days=1), False), (TODAY, True), (TODAY + timedelta(days=6), True), (TODAY + timedelta(days=7), False)],
)
def test_delegation_counts_from_its_first_to_its_last_day(lender: User, on: date, counts: bool):
    lend(lender, officer_of(lender))

    assert Delegation.objects.in_force(on).exists() is counts


def test_delegation_says_where_it_stands(lender: User, time_machine):
    delegation = lend(lender, officer_of(lender), first=TODAY + timedelta(days=1))
    states = [delegation.state]
    for _ in range(2):
        time_machine.shift(timedelta(days=6))
        states.append(delegation.state)

    assert states == ["not started", "in force", "lapsed"]


def test_withdrawal_counts_at_once(client: Client, lender: User):
    delegation = lend(lender, officer_of(lender))
    assert Delegation.objects.in_force(TODAY).exists()
    client.force_login(lender)

    client.post(reverse("accounts:delegation-withdraw", args=[delegation.public_id]))

    delegation.refresh_from_db()
    assert (delegation.withdrawn_by, delegation.state) == (lender, "withdrawn")
    assert not Delegation.objects.in_force(TODAY).exists()
    assert Event.objects.filter(actor=lender, verb="revoked", subject_id=delegation.pk).count() == 1


def test_a_delegation_is_withdrawn_once(lender: User):
    delegation = lend(lender, officer_of(lender))
    withdraw_delegation(actor=lender, delegation=delegation)

    with pytest.raises(DomainError, match="already"):
        withdraw_delegation(actor=lender, delegation=delegation)


def test_only_the_lender_withdraws(client: Client, lender: User):
    other = make_user(Role.DISCLOSURE_AUTHORITY, organisation=lender.organisation)
    delegation = lend(lender, other)
    client.force_login(other)

    response = client.post(reverse("accounts:delegation-withdraw", args=[delegation.public_id]))

    assert response.status_code == 404
    with pytest.raises(NotPermitted):
        withdraw_delegation(actor=other, delegation=delegation)


def test_list_shows_what_one_lent_and_was_lent(client: Client, lender: User):
    officer = officer_of(lender)
    made = lend(lender, officer)
    lend(make_user(Role.DISCLOSURE_AUTHORITY, organisation=lender.organisation), make_user(organisation=lender.organisation))

    seen = []
    for user in (lender, officer):
        client.force_login(user)
        page = client.get(reverse("accounts:delegation-list"))
        seen.append((list(page.context["delegations"]), "Withdraw<" in page.content.decode()))

    assert seen == [([made], True), ([made], False)]


def test_empty_list_says_why(client: Client, lender: User):
    client.force_login(lender)

    assert "You have lent no authority" in client.get(reverse("accounts:delegation-list")).content.decode()


@pytest.mark.parametrize("change", [{"delegate": "delegator"}, {"period": (None, TODAY)}, {"withdrawn_at": "2026-11-24T09:00Z"}])
def test_database_refuses_what_the_service_would(lender: User, change: dict):
    delegation = lend(lender, officer_of(lender))
    values = {"delegate": lender} if "delegate" in change else change

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=delegation.pk).update(**values)
