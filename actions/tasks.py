"""What the worker does for actions; each task calls one service and takes keys only."""

from celery import shared_task
from django.utils.timezone import localdate, now

from actions.services import mailing, moving, recomputing, reminding


@shared_task
def remind_owners() -> None:
    """Tell owners of what is due soon."""
    reminding.remind_owners(actor=None, now=now())


@shared_task
def escalate_actions() -> None:
    """Tell the next ranks of what is late."""
    reminding.escalate_actions(actor=None, now=now())


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def mail_notifications() -> None:
    """Mail the number of new notifications to whoever has some."""
    mailing.mail_notifications(actor=None, now=now())


@shared_task
def recompute_clocks(code: str = "", nation: str = "") -> None:
    """Reckon open clocks anew, of one rule or nation or of all."""
    recomputing.recompute_clocks(actor=None, today=localdate(), code=code, nation=nation)


@shared_task
def rehome_actions() -> None:
    """Find actions whose owner cannot do them any more."""
    moving.rehome_actions(actor=None)
