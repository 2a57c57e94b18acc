"""What the worker does for intelligence work; each task calls one service and takes keys only."""
from celery import shared_task

from intelligence.services import check_clocks, checks, demo_alerts, folders, mailboxes, reading


@shared_task
def run_system_check(check_id: int) -> None:
    """Put one question to another system; where that fails for the moment, again a little later."""
    if seconds := checks.run_check(actor=None, check_id=check_id):
        run_system_check.apply_async((check_id,), countdown=seconds)


@shared_task
def resume_system_checks() -> None:
    """Find questions whose message or worker was lost."""
    checks.resume_checks(actor=None)


@shared_task
def raise_due_system_checks() -> None:
    """Raise what must be checked, by the level of risk."""
    check_clocks.raise_due_checks(actor=None)


@shared_task
def fetch_alert_mailboxes() -> None:
    """Take what waits in the mailboxes of the border."""
    mailboxes.fetch_mailboxes(actor=None)


@shared_task
def take_alert_folders() -> None:
    """Take finished files of reports from the border."""
    folders.take_folders(actor=None)


@shared_task
def read_alert_message(message_id: int) -> None:
    """Read one message; a long one in several goes."""
    if reading.read_message(actor=None, message_id=message_id):
        read_alert_message.delay(message_id)


@shared_task
def resume_alert_reading() -> None:
    """Find messages whose task or worker was lost."""
    reading.resume_reading(actor=None)


@shared_task
def drop_demo_alert() -> None:
    """Have the demonstration's border report a journey; beat asks for it only there."""
    demo_alerts.drop_demo_alert(actor=None)
