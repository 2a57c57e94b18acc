"""Units of one's own organisation, and the agencies that a force works with."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import Organisation, User
from accounts.services.clients import revoke_client
from accounts.services.organisations import set_agency_open
from tests.accounts.calling import make_client
from tests.factories import make_agency, make_force, make_unit, make_user

pytestmark = pytest.mark.django_db


def test_units_and_agencies_can_be_kept(signed_in: Client, admin: User):
    agency, foreign_unit, foreign_force = make_agency(), make_unit(), make_force()

    signed_in.post(reverse("accounts:unit-new"), {"name": "Eastport MOSOVO", "phone": "01632 960777"})
    signed_in.post(reverse("accounts:agency-new"), {"name": "Eastport Homes", "code": "eastport-homes", "kind": "housing"})
    signed_in.post(reverse("accounts:organisation", args=[agency.pk]), {"name": agency.name, "phone": "01632 960778"})

    page = signed_in.get(reverse("accounts:organisation-list"))
    assert {unit.name for unit in page.context["units"]} == {admin.unit.name, "Eastport MOSOVO"}
    assert {(each.name, each.phone) for each in page.context["agencies"]} == {(agency.name, "01632 960778"), ("Eastport Homes", "")}
    assert signed_in.get(reverse("accounts:unit", args=[foreign_unit.pk])).status_code == 404
    assert signed_in.get(reverse("accounts:organisation", args=[foreign_force.pk])).status_code == 404


def test_unit_can_be_renamed_but_not_to_a_name_that_is_taken(signed_in: Client, admin: User):
    taken = make_unit(organisation=admin.organisation)
    url = reverse("accounts:unit", args=[admin.unit_id])

    refused = signed_in.post(url, {"name": taken.name})
    done = signed_in.post(url, {"name": "Westport MOSOVO", "on_call": "DI, 01632 960101"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (409, ["name"])
    assert done.status_code == 302
    admin.unit.refresh_from_db()
    assert (admin.unit.name, admin.unit.on_call) == ("Westport MOSOVO", "DI, 01632 960101")


def test_forces_are_not_made_in_the_browser_and_agencies_only_by_forces(signed_in: Client, client: Client):
    force = signed_in.post(reverse("accounts:agency-new"), {"name": "A", "code": "a", "kind": "force"})
    client.force_login(make_user(Role.ADMINISTRATOR, organisation=make_agency()))
    agency = client.post(reverse("accounts:agency-new"), {"name": "A", "code": "a", "kind": "housing"})

    assert (force.status_code, agency.status_code) == (422, 409)


def test_agency_that_another_force_works_with_stays_open():
    program, _ = make_client()
    other = make_user(Role.ADMINISTRATOR)

    with pytest.raises(DomainError, match="Another force works with this agency"):
        set_agency_open(actor=other, agency=program.agency, value=False)

    revoke_client(actor=program.made_by, client=program)
    set_agency_open(actor=other, agency=program.agency, value=False)
    assert not Organisation.objects.get(pk=program.agency.pk).is_active
