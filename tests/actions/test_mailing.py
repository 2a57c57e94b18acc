"""Mails about notifications: seldom, a number and nothing else, lost never."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.timezone import now

from accounts.models import User
from actions import tasks
from actions.models import Notification
from actions.services import tell
from actions.services.mailing import mail_notifications
from actions.services.telling import read_all_notifications
from tests.factories import make_exclusion, make_nominal, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer, surname="Quillfeather")


def test_one_mail_holds_the_number_and_nothing_else(officer, nominal):
    for _ in range(3):
        tell(actor=None, people=[officer], text="The date of an action changed", nominal=nominal.pk)
    assert mail_notifications(actor=None, now=now()) == 1
    sent = mail.outbox[0]
    assert sent.to == [officer.email]
    assert "3 new notifications" in sent.body
    assert nominal.reference not in sent.subject + sent.body
    assert "action" not in sent.body
    assert Notification.objects.filter(mailed_at__isnull=True).count() == 0


def test_running_twice_mails_once(officer):
    tell(actor=None, people=[officer], text="News")
    assert [mail_notifications(actor=None, now=now()) for _ in range(2)] == [1, 0]


def test_a_second_mail_waits_a_quarter_of_an_hour(officer):
    start = now()
    tell(actor=None, people=[officer], text="First")
    assert mail_notifications(actor=None, now=start) == 1
    tell(actor=None, people=[officer], text="Second")
    assert mail_notifications(actor=None, now=start + timedelta(minutes=14)) == 0
    assert mail_notifications(actor=None, now=start + timedelta(minutes=15)) == 1


def test_what_was_read_is_not_mailed(officer):
    row = tell(actor=None, people=[officer], text="News")[0]
    read_all_notifications(actor=officer, up_to=row.pk)
    assert mail_notifications(actor=None, now=now()) == 0


def test_nobody_is_told_of_their_own_acts(officer):
    other = make_user()
    assert [row.recipient for row in tell(actor=officer, people=[officer, other, other], text="News")] == [other]


def test_a_record_that_one_may_no_longer_know_of_is_not_counted(officer, nominal):
    tell(actor=None, people=[officer], text="News", nominal=nominal.pk)
    make_exclusion(nominal=nominal, user=officer)
    assert mail_notifications(actor=None, now=now()) == 0
    assert mail.outbox == []


def test_people_without_address_or_account_get_none(officer):
    left, silent = make_user(), make_user(email="")
    tell(actor=None, people=[left, silent], text="News")
    User.objects.filter(pk=left.pk).update(is_active=False)
    assert mail_notifications(actor=None, now=now()) == 0


def test_a_relay_that_is_down_loses_no_mail(officer, settings):
    tell(actor=None, people=[officer], text="News")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    with pytest.raises(OSError, match="refused"):
        mail_notifications(actor=None, now=now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_notifications(actor=None, now=now()) == 1


class Fastidious(EmailBackend):
    """A relay that takes no mail for one address."""

    refused = ""

    def send_messages(self, messages):
        """Refuse it, take all others."""
        if any(self.refused in message.to for message in messages):
            raise SMTPRecipientsRefused({self.refused: (550, b"No such mailbox")})
        return super().send_messages(messages)


def test_a_mail_that_the_relay_does_not_take_stops_nobody_elses(officer, settings, monkeypatch):
    people = [officer, make_user(), make_user()]
    tell(actor=None, people=people, text="News")
    settings.EMAIL_BACKEND = f"{__name__}.Fastidious"
    monkeypatch.setattr(Fastidious, "refused", officer.email)
    with pytest.raises(SMTPRecipientsRefused):
        mail_notifications(actor=None, now=now())
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(person.email for person in people[1:])
    assert [row.recipient for row in Notification.objects.filter(mailed_at__isnull=True)] == [officer]


def test_each_task_calls_its_service(officer):
    tell(actor=None, people=[officer], text="News")
    for task in (tasks.remind_owners, tasks.escalate_actions, tasks.recompute_clocks, tasks.rehome_actions, tasks.mail_notifications):
        task()
    assert len(mail.outbox) == 1
