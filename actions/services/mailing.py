"""Mails about notifications: one for a person at most in a quarter of an hour, with their number and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.db import connection, transaction

from accounts.models import User
from actions.models import Notification

GAP = timedelta(minutes=15)
LOCK = 417_001  # the first key of the advisory locks that stand for "this person's mail is being sent"
BODY = """{what} for you in Vigil.

Sign in to read {them}. This mail says nothing more on purpose. Please do not answer it.
"""


def mail_notifications(*, actor: User | None, now: datetime) -> int:
    """Mail everybody who has something new to read, unless they got a mail a short while ago; return how many mails went.

    One mail that the relay does not take stops nobody else's; its error is raised once everybody was tried.
    """
    mailed, refused = 0, None
    for recipient in Notification.objects.to_mail().order_by().values_list("recipient", flat=True).distinct():
        try:
            mailed += mail_person(recipient, now)
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            refused = error
    if refused:
        raise refused
    return mailed


@transaction.atomic
def mail_person(recipient: int, now: datetime) -> bool:
    """Claim what is new for one person and mail the number. When the mail cannot be handed on, the claim is taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, recipient])
        if not cursor.fetchone()[0]:
            return False
    user = User.objects.get(pk=recipient)
    if user.notifications.filter(mailed_at__gt=now - GAP).exists():
        return False
    known = Notification.objects.for_user(user).to_mail().values("pk")
    number = Notification.objects.filter(pk__in=known, mailed_at__isnull=True).update(mailed_at=now)
    if number:
        what = "There is 1 new notification" if number == 1 else f"There are {number} new notifications"
        EmailMessage("Vigil: something to read", BODY.format(what=what, them="it" if number == 1 else "them"), to=[user.email]).send()
    return bool(number)
