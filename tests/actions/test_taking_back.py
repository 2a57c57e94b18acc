"""Pauses and added time taken back, and the reason why something was closed late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import ClockRule, Notification
from actions.rules import LONDON
from actions.services import (
    complete_action,
    complete_actions_about,
    extend_clock,
    pause_clock,
    resume_clock,
    withdraw_extension,
    withdraw_pause,
)
from actions.services.dated import change_rule
from audit.models import Event
from tests.factories import make_nominal, make_user
from tests.safety.things.actions import make_clock

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def boss(officer):
    return make_user(Role.SUPERVISOR, unit=officer.unit)


@pytest.fixture
def action(officer):
    return make_clock(nominal=make_nominal(offender_manager=officer))  # 5 working days: 1 December


def asking(action):
    """Let the rule of an action ask why it is late."""
    ClockRule.objects.filter(code=action.rule_code).update(asks_why_late=True)
    return action


def due(action):
    action.refresh_from_db()
    return action.due.date() if action.due else None


def test_a_pause_taken_back_is_as_if_the_clock_had_run_on(officer, boss, action):
    pause_clock(actor=boss, action=action, kind="agency", reason="Waiting", since=TUESDAY.date() - timedelta(days=1))
    assert due(action) is None
    resume_clock(actor=boss, action=action, until=TUESDAY.date())
    assert due(action) == date(2026, 12, 2)
    told = Notification.objects.filter(recipient=officer).count()

    withdraw_pause(actor=boss, action=action, pause=action.pauses.get(), reason="It was another action")

    assert due(action) == date(2026, 12, 1)
    assert not action.pauses.exists()
    assert "Waiting" not in str(action.explanation)
    assert Event.objects.get(detail__act="Pause withdrawn").reason == "It was another action"
    assert Notification.objects.filter(recipient=officer).count() == told + 1


def test_an_open_pause_taken_back_lets_the_clock_run(boss, action):
    pause_clock(actor=boss, action=action, kind="agency", reason="Waiting", since=TUESDAY.date())
    withdraw_pause(actor=boss, action=action, pause=action.pauses.get(), reason="x")
    assert due(action) == date(2026, 12, 1)


def test_added_time_taken_back_is_gone(officer, boss, action):
    extend_clock(actor=boss, action=action, quantity=3, unit="working_days", reason="Late report")
    extension = action.extensions.get()
    assert due(action) == date(2026, 12, 4)
    withdraw_extension(actor=boss, action=action, extension=extension, reason="Given by mistake")
    assert due(action) == date(2026, 12, 1)
    with pytest.raises(DomainError, match="already"):
        withdraw_extension(actor=boss, action=action, extension=extension, reason="x")


def test_what_belongs_to_another_action_or_to_a_closed_one_stays(officer, boss, action):
    other = make_clock(nominal=make_nominal(offender_manager=officer))
    extend_clock(actor=boss, action=action, quantity=3, unit="days", reason="x")
    extension = action.extensions.get()
    with pytest.raises(DomainError, match="already"):
        withdraw_extension(actor=boss, action=other, extension=extension, reason="x")
    with pytest.raises(StaleRecord):
        withdraw_extension(actor=boss, action=action, extension=extension, reason="x", version=1)
    with pytest.raises(NotPermitted):
        withdraw_extension(actor=make_user(), action=action, extension=extension, reason="x")
    complete_action(actor=officer, action=action, outcome="Done")
    with pytest.raises(DomainError, match="closed"):
        withdraw_extension(actor=boss, action=action, extension=extension, reason="x")
    assert action.extensions.exists()


@pytest.mark.parametrize("what", ["pause", "extension"])
def test_the_pages_take_back(client, boss, action, what):
    pause_clock(actor=boss, action=action, kind="agency", reason="Waiting", since=TUESDAY.date())
    extend_clock(actor=boss, action=action, quantity=3, unit="days", reason="x")
    row = action.pauses.get() if what == "pause" else action.extensions.get()
    url = reverse(f"actions:{what}-withdraw", args=[action.public_id, row.pk])
    action.refresh_from_db()
    client.force_login(boss)
    assert url in client.get(reverse("actions:action", args=[action.public_id])).content.decode()
    assert client.post(url, {"version": action.version, "reason": ""}).status_code == 422
    assert client.post(url, {"version": action.version, "reason": "A mistake"}).status_code == 302
    assert client.get(url).status_code == 404


def test_late_work_asks_why_only_where_the_rule_asks(client, noon, officer, action):
    page = reverse("actions:action", args=[action.public_id])
    data = {"version": action.version, "outcome": "Approved"}
    noon.move_to(TUESDAY + timedelta(days=9))
    client.force_login(officer)
    assert "late_reason" not in client.get(page).context["form"].fields
    asking(action)
    noon.move_to(TUESDAY)
    assert "late_reason" not in client.get(page).context["form"].fields
    noon.move_to(TUESDAY + timedelta(days=9))
    refused = client.post(page, data)
    assert (refused.status_code, refused.context["form"]["outcome"].value()) == (422, "Approved")
    assert client.post(page, data | {"late_reason": "The form came late"}).status_code == 302
    assert "The form came late" in client.get(page).content.decode()


def test_the_version_that_counts_says_whether_it_asks(noon, officer, action):
    rule = ClockRule.objects.get(code=action.rule_code)
    change_rule(
        actor=make_user(Role.ADMINISTRATOR), rule=rule, starts_on=localdate() + timedelta(days=1), reason="x", asks_why_late=True,
        counts_for_running=True,
    )  # fmt: skip
    noon.move_to(TUESDAY + timedelta(days=9))
    with pytest.raises(DomainError) as refused:
        complete_action(actor=officer, action=action, outcome="x", late_reason="  ")
    assert refused.value.field == "late_reason"
    assert complete_action(actor=officer, action=action, outcome="x", late_reason=" Ill ").late_reason == "Ill"


def test_upper_apps_are_asked_too(noon, officer):
    nominal = make_nominal(offender_manager=officer)
    action = asking(make_clock(nominal=nominal))
    type(action).objects.filter(pk=action.pk).update(subject_type="offenders.nominal", subject_id=nominal.pk)
    noon.move_to(TUESDAY + timedelta(days=9))
    with pytest.raises(DomainError, match="why it was late"):
        complete_actions_about(actor=officer, subject=nominal, outcome="x")
    assert [row.late_reason for row in complete_actions_about(actor=officer, subject=nominal, outcome="x", late_reason="Ill")] == ["Ill"]


def test_whether_a_rule_asks_shows_and_can_be_changed(client):
    client.force_login(make_user(Role.ADMINISTRATOR))
    rule, day = ClockRule.objects.get(code="domestic-whole"), localdate() + timedelta(days=3)
    page, change = "/rules/of/domestic-whole/", "/rules/of/domestic-whole/change/"
    assert "Whoever closes it says why" in client.get(page).content.decode()
    assert client.get(change).context["form"]["asks_why_late"].value() is True
    data = {"quantity": 28, "unit": "days", "warn_days": 5, "escalate_days": "0", "source": "x", "reason": "x", "latest": rule.pk}
    parts = {f"starts_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert client.post(change, data | parts).status_code == 302
    assert [row.asks_why_late for row in ClockRule.objects.filter(code="domestic-whole").order_by("period")] == [True, False]
    assert "No reason is asked" in client.get(page).content.decode()
