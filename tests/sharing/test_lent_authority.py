"""Whoever lent authority reads what was decided with it, and is told once a week when there is something new."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from actions.models import Notification
from sharing.services.digest import WORDS, tell_of_lent_authority
from tests.factories import make_exclusion, make_nominal, make_user
from tests.sharing.making_media import make_lent_approval

pytestmark = pytest.mark.django_db
PAGE = "sharing:lent-authority"


@pytest.fixture
def lender():
    return make_user(Role.DISCLOSURE_AUTHORITY)


@pytest.fixture
def nominal(lender):
    return make_nominal(unit=make_user(organisation=lender.organisation).unit)


def told(lender) -> list[str]:
    """What the lender was told."""
    return list(Notification.objects.filter(recipient=lender).values_list("text", flat=True))


def test_told_once_a_week_and_only_of_something_new(lender, nominal):
    make_lent_approval(nominal=nominal, delegator=lender)
    assert (tell_of_lent_authority(actor=None), tell_of_lent_authority(actor=None)) == (1, 0)
    make_lent_approval(nominal=nominal, delegator=lender)
    with time_machine.travel(now() + timedelta(days=6)):
        assert tell_of_lent_authority(actor=None) == 0
    with time_machine.travel(now() + timedelta(days=7)):
        assert (tell_of_lent_authority(actor=None), tell_of_lent_authority(actor=None)) == (1, 0)

    assert told(lender) == [WORDS, WORDS]


def test_nobody_is_told_of_a_record_from_which_they_are_excluded_nor_without_the_authority(lender, nominal):
    make_exclusion(nominal=nominal, user=lender)
    make_lent_approval(nominal=nominal, delegator=lender)
    make_lent_approval(nominal=nominal, delegator=make_user(Role.OPERATIONAL, organisation=lender.organisation))

    assert tell_of_lent_authority(actor=None) == 0
    assert Notification.objects.filter(text=WORDS).count() == 0


def test_the_page_shows_what_was_decided_in_ones_own_name(client, lender, nominal):
    mine = make_lent_approval(nominal=nominal, delegator=lender)
    other = make_lent_approval(nominal=nominal, delegator=make_user(Role.DISCLOSURE_AUTHORITY, organisation=lender.organisation))
    hidden = make_lent_approval(nominal=make_nominal(unit=nominal.unit, is_restricted=True), delegator=lender)
    client.force_login(lender)
    shown = client.get(reverse(PAGE)).content.decode()

    assert mine.decision.reference in shown
    assert mine.by.display_name in shown
    assert [row.decision.reference in shown for row in (other, hidden)] == [False, False]


def test_whoever_lends_nothing_has_no_such_page(client):
    client.force_login(make_user(Role.SUPERVISOR))

    assert client.get(reverse(PAGE)).status_code == 403
