"""Two workers or two people at the same moment, in real transactions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError
from actions.models import Action, Notification
from actions.services import complete_action, raise_action, tell
from actions.services.mailing import mail_notifications
from actions.services.reminding import escalate_actions
from actions.services.work import Owner
from audit.models import Event
from tests.factories import make_nominal, make_user
from tests.offenders.test_services_at_once import at_once
from tests.safety.things.actions import make_action, make_clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_escalate_each_action_once():
    boss = make_user(Role.SUPERVISOR)
    nominal = make_nominal(offender_manager=make_user(unit=boss.unit))
    for _ in range(12):
        make_action(nominal=nominal, days=0)
    moment = now() + timedelta(days=2)
    ends = at_once(*[lambda: escalate_actions(actor=None, now=moment)] * 2)
    assert ends == ["done", "done"]
    escalate_actions(actor=None, now=moment)  # whatever both left to each other
    assert Event.objects.filter(detail__act="Overdue action went up").count() == 12
    assert Notification.objects.filter(recipient=boss).count() == 12


def test_two_people_close_an_action_and_one_is_told_that_it_is_closed():
    boss = make_user(Role.SUPERVISOR)
    officer = make_user(unit=boss.unit)
    action = make_clock(nominal=make_nominal(offender_manager=officer))
    ends = at_once(*(lambda actor=actor: complete_action(actor=actor, action=action, outcome=actor.username) for actor in (boss, officer)))
    assert ends == [DomainError.__name__, "done"]
    assert Action.objects.get().outcome in {boss.username, officer.username}


def test_the_same_need_raised_twice_at_once_is_one_action():
    officer = make_user()
    nominal = make_nominal(offender_manager=officer)
    need = {"kind": "x", "title": "Visit due", "owner": Owner(user=officer), "nominal": nominal, "rule": "approval", "key": "visit-1"}
    assert at_once(*[lambda: raise_action(actor=None, **need)] * 3) == ["done"] * 3
    assert Action.objects.count() == 1
    assert Notification.objects.count() == 1


def test_two_workers_send_one_mail():
    officer = make_user()
    tell(actor=None, people=[officer], text="News")
    at_once(*[lambda: mail_notifications(actor=None, now=now())] * 3)
    assert len(mail.outbox) == 1
