"""Pages of agreements: who opens which, what each shows, and that another force's agreement is as good as missing."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from sharing.models import AgencyContact, Agreement
from tests.factories import make_agency, make_user
from tests.safety.expectations import CASE_ROLES
from tests.sharing.making_decisions import make_agreement, make_partner

pytestmark = pytest.mark.django_db
TODAY = localdate()
CHANGING = ("change", "review", "suspend", "resume", "end", "contact-add")


def page(agreement: Agreement, act: str = "") -> str:
    """The address of a page about an agreement."""
    return reverse(f"sharing:agreement{act and '-' + act}", args=[agreement.public_id])


def day(name: str, on) -> dict:
    """A day as a form sends it."""
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_whom_another_force_reaches_at_the_same_agency_is_not_shown(client):
    agreement = make_agreement(force=make_user().organisation)
    for force, post in ((agreement.force, "Our desk"), (make_user().organisation, "Their desk")):
        AgencyContact.objects.create(force=force, agency=agreement.agency, post=post, phone="01632 960302")
    client.force_login(make_user(Role.OPERATIONAL, organisation=agreement.force))
    shown = client.get(page(agreement)).content.decode()

    assert ("Our desk" in shown, "Their desk" in shown) == (True, False)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_who_reads_and_who_changes(client, role):
    agreement = make_agreement(force=make_user().organisation)
    client.force_login(make_user(role, organisation=agreement.force))

    assert client.get(page(agreement)).status_code == (200 if role in CASE_ROLES else 403)
    changes = role == Role.INFORMATION_GOVERNANCE
    assert {client.get(page(agreement, act)).status_code for act in CHANGING} == {200 if changes else 403}
    assert client.get(reverse("sharing:agreement-add")).status_code == (200 if changes else 403)


def test_another_forces_agreement_is_as_good_as_missing(client):
    agreement = make_agreement(force=make_user().organisation)
    client.force_login(make_user(Role.INFORMATION_GOVERNANCE))
    answers = [client.get(page(agreement, act)) for act in ("", *CHANGING)]
    missing = client.get(reverse("sharing:agreement", args=[uuid.uuid4()]))

    assert {answer.status_code for answer in answers} == {missing.status_code} == {404}


def test_an_agency_reads_what_it_is_a_side_of_and_nothing_about_the_force(client):
    agency = make_agency()
    agreement = make_agreement(force=make_user().organisation, agency=agency, title="Joint work", document="Cabinet 4")
    AgencyContact.objects.create(force=agreement.force, agency=agency, post="Night desk", phone="01632 960301")
    other = make_agreement(force=agreement.force, title="Somebody else's")
    client.force_login(make_partner(agency))
    listed = client.get(reverse("sharing:agreement-list")).content.decode()
    shown = client.get(page(agreement)).content.decode()

    assert ("Joint work" in listed, "Somebody else" in listed) == (True, False)
    assert [words in shown for words in ("Joint work", "Criminal Justice Act", "Night desk", "Cabinet 4", "History")] == [True, True] + [
        False
    ] * 3
    assert client.get(page(other)).status_code == 404
    assert client.get(page(agreement, "suspend")).status_code == 403


def test_the_whole_life_of_an_agreement_in_the_browser(client):
    keeper, agency = make_user(Role.INFORMATION_GOVERNANCE), make_agency()
    client.force_login(keeper)
    sent = {
        "agency": agency.pk, "title": "Joint work", "purposes": ["housing"], "data_classes": ["risk", "plan"], "powers": ["cja_325"],
        "signed_by": "Chief; director", **day("first_day", TODAY), **day("last_day", TODAY + timedelta(days=90)),
        **day("review_on", TODAY + timedelta(days=50)),
    }  # fmt: skip
    wrong = client.post(reverse("sharing:agreement-add"), sent | {"powers": ["dpa_28"]})
    assert (wrong.status_code, "Joint work" in wrong.content.decode()) == (422, True)
    assert client.post(reverse("sharing:agreement-add"), sent).status_code == 302
    agreement = Agreement.objects.get()
    contact = {"post": "Night desk", "email": "desk@agency.invalid"}
    acts = [
        ("contact-add", contact), ("suspend", {"version": 1, "reason": "A breach of data"}), ("resume", {"version": 2, "reason": "Mended"}),
        ("review", {"version": 3, "reason": "Still needed", **day("review_on", TODAY + timedelta(days=60))}),
        ("end", {"version": 4, "reason": "Agency moves", **day("last_day", TODAY + timedelta(days=5))}),
    ]  # fmt: skip
    assert [client.post(page(agreement, act), data).status_code for act, data in acts] == [302] * 5
    assert client.post(page(agreement, "suspend"), {"version": 1, "reason": "Late"}).status_code == 409
    shown = client.get(page(agreement)).content.decode()
    for words in ("Night desk", "A breach of data", "Agency moves", "History", "In force"):
        assert words in shown
    key = AgencyContact.objects.get().pk
    assert client.post(reverse("sharing:agreement-contact-end", args=[agreement.public_id, key])).status_code == 302
    assert "Night desk" not in client.get(page(agreement)).content.decode()
