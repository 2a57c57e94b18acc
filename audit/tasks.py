"""What the worker does for the log: seals it, writes its seal outside, verifies it; each task takes keys only."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils.timezone import localdate

from accounts.errors import DomainError
from audit import services
from audit.seals import anchor, checking, sealing

LONGEST = 6 * 60 * 60  # a verification of everything


@shared_task(time_limit=3000)
def seal_log() -> None:
    """Seal what came, and write the seals outside."""
    sealing.seal_trail()
    anchor.write_anchor()
    anchor.post_head()


@shared_task
def prepare_months() -> None:
    """Make the months ahead in which the trail is kept."""
    services.prepare_months(actor=None)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def mail_seal() -> None:
    """Mail the newest seal."""
    anchor.mail_head()


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=10)
def mail_fault() -> None:
    """Mail that the log is not whole."""
    checking.mail_fault()


@shared_task(time_limit=LONGEST)
def run_check(check_id: int) -> None:
    """Verify the log."""
    checking.run_check(check_id=check_id)


@shared_task
def verify_days() -> None:
    """Have what was sealed in the last days verified."""
    start(days=settings.AUDIT_VERIFY_DAYS)


@shared_task
def verify_all() -> None:
    """Have everything verified."""
    start(days=None)


def start(days: int | None) -> None:
    """Begin, unless another is running."""
    try:
        checking.start_check(actor=None, since=localdate() - timedelta(days=days) if days else None)
    except DomainError:
        return
