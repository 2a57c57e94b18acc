"""A test travels each route that flags in use take, troubles nobody, and a route on which it does not arrive is called dead."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from actions.choices import Happening
from actions.models import Action, Notification
from intelligence.choices.flags import Audience, CanaryState, Channel
from intelligence.models import Canary, FlagDelivery
from intelligence.services import flag_telling
from intelligence.services.flag_canaries import check_canaries, send_canaries
from intelligence.services.flag_matching import match_occurrences
from tests.factories import make_agency, make_nominal, make_user
from tests.intelligence.making_flags import make_flag

pytestmark = pytest.mark.django_db
WHOM = [Audience.MANAGER, Audience.USER, Audience.ROLE, Audience.UNIT]


@pytest.fixture
def boss() -> Any:
    """The supervisor who stands for every audience."""
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def routes(boss: Any) -> int:
    """A flag on each way that there is: four audiences through three channels, and an agency through an action."""
    nominal = make_nominal(unit=boss.unit)
    for channel, kind in zip(Channel, (Happening.STOP_CHECK, Happening.RECALL, Happening.BREACH), strict=True):
        for audience in WHOM:
            whom = {"user": boss} if audience == Audience.USER else {"unit": boss.unit} if audience == Audience.UNIT else {}
            make_flag(
                nominal=nominal, kind=kind, channel=channel, audience=audience, **whom,
                role=Role.SUPERVISOR if audience == Audience.ROLE else "",
            )  # fmt: skip
    covered = {"agency": make_agency(), "agreement": "NM/7", "agreement_until": date(2099, 1, 1)}
    make_flag(nominal=nominal, kind=Happening.RELEASE, audience=Audience.AGENCY, channel=Channel.ACTION, **covered)
    return 13


def test_test_of_every_route_arrives_and_troubles_nobody(routes):
    start = now()

    sent = send_canaries(actor=None, now=start)
    match_occurrences(actor=None, now=start + timedelta(minutes=1))

    assert sent == routes
    assert list(Canary.objects.values_list("state", flat=True)) == [CanaryState.ARRIVED] * routes
    assert FlagDelivery.objects.filter(setting__isnull=False).count() == 0
    assert (Notification.objects.count(), Action.objects.count()) == (0, 0)
    assert check_canaries(actor=None, now=start + timedelta(hours=2)) == 0


def test_routes_that_no_flag_uses_are_not_tested(boss):
    assert send_canaries(actor=None, now=now()) == 0
    assert Canary.objects.count() == 0


def test_two_flags_of_one_way_are_one_test(boss):
    for _ in range(2):
        make_flag(nominal=make_nominal())
    ended = {"ended_on": date(2026, 1, 1), "ended_by": boss, "end_reason": "Served"}
    make_flag(nominal=make_nominal(), kind=Happening.BREACH, **ended)

    assert send_canaries(actor=None, now=now()) == 1


def test_route_on_which_messages_break_is_dead(routes, boss, monkeypatch):
    def lose(row: Notification, *, keeps: bool) -> None:
        raise ConnectionError

    monkeypatch.setattr(flag_telling, "store_message", lose)
    start = now()
    send_canaries(actor=None, now=start)
    with pytest.raises(ConnectionError):
        match_occurrences(actor=None, now=start)

    early, late, again = (check_canaries(actor=None, now=start + timedelta(minutes=minutes)) for minutes in (59, 60, 61))

    action = Action.objects.get()
    assert (early, late, again) == (0, routes, 0)
    assert (action.owner_role, action.force, action.rule_code) == (Role.SUPERVISOR, boss.organisation, "flag-dead-route")


def test_test_that_arrives_late_leaves_its_route_dead(boss):
    make_flag(nominal=make_nominal())
    start = now()
    send_canaries(actor=None, now=start)

    match_occurrences(actor=None, now=start + timedelta(hours=2))

    assert check_canaries(actor=None, now=start + timedelta(hours=2)) == 1
    assert Action.objects.get().kind == "flag-dead-route"
    assert Canary.objects.get().state == CanaryState.LATE
    assert Canary.objects.get().arrived_at is not None


def test_page_of_connections_names_dead_routes(client, boss):
    make_flag(nominal=make_nominal())
    start = now()
    client.force_login(boss)
    before = client.get(reverse("intelligence:connections")).content.decode()
    send_canaries(actor=None, now=start)
    check_canaries(actor=None, now=start + timedelta(hours=2))
    after = client.get(reverse("intelligence:connections")).content.decode()

    assert "No route was tested yet" in before
    assert "Stop check, the managing officer: In Vigil" in after


def test_command_says_how_many(boss):
    make_flag(nominal=make_nominal())
    out = StringIO()

    call_command("send_canaries", stdout=out)

    assert out.getvalue() == "1 routes of flags are being tested.\n"
