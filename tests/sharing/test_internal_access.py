"""The page that explains access says what the table of rights says."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.permissions import ROLE_RIGHTS, Perm, Scope
from sharing.rules.internal_access import BY_A_GRANT, IN_AN_EMERGENCY, THINGS, WITH_A_REASON, WITHOUT_ASKING, lines_for, police_roles
from tests.factories import make_user
from tests.safety.expectations import POLICE


def test_every_scope_has_words_in_one_way_only():
    ways = (WITHOUT_ASKING, WITH_A_REASON, BY_A_GRANT, IN_AN_EMERGENCY)

    assert sorted(scope for way in ways for scope in way) == sorted(Scope)


def test_every_role_of_the_police_is_explained():
    assert set(police_roles()) == POLICE


@pytest.mark.parametrize("role", sorted(POLICE))
def test_a_line_says_as_many_ways_as_the_role_has(role):
    for perm, line in zip(THINGS, lines_for([role]), strict=True):
        ways = [*line.without_asking, *line.with_a_reason, *line.by_a_grant, *line.in_an_emergency]
        assert len(ways) == len(ROLE_RIGHTS[role].get(perm, ()))
        assert line.is_closed == (not ways)


def test_roles_add_up_and_a_wider_grant_opens_the_narrower():
    card, file = lines_for([Role.CONTROL_ROOM, Role.OFFENDER_MANAGER])[1:3]

    assert "people whom you manage" in file.without_asking
    assert (card.opened_by, file.opened_by) == ("Case file", "")
    assert (card.needs_qualification, file.needs_qualification) == (False, True)


@pytest.mark.django_db
def test_the_page_tells_the_reader_about_their_own_roles_and_what_ran_out(client):
    client.force_login(make_user(Role.CONTROL_ROOM, trained_until=date(2020, 1, 1)))
    shown = client.get(reverse("sharing:internal-access")).content.decode()

    assert "You are: control room." in shown
    assert "Your training has run out" in shown
    assert "Nothing opens it to this role." in shown
    assert all(str(Role(role).label) in shown for role in POLICE)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [(Role.OPERATIONAL, 200), (Role.PRESS_OFFICER, 200), (Role.PARTNER, 403)])
def test_police_read_it_and_agencies_do_not(client, role, status):
    client.force_login(make_user(role))

    assert client.get(reverse("sharing:internal-access")).status_code == status


@pytest.mark.django_db
def test_a_refusal_leads_there(client):
    client.force_login(make_user(Role.OPERATIONAL))
    refused = client.get(reverse("sharing:agreement-add"))

    assert refused.status_code == 403
    assert reverse("sharing:internal-access") in refused.content.decode()
    assert Perm.VIEW_RULES in ROLE_RIGHTS[Role.OPERATIONAL]
