"""What the worker does for offenders; each task calls one service and takes keys only."""
from celery import shared_task
from django.core.mail import EmailMessage

from offenders.models import BreakGlass
from offenders.services import notices
from offenders.services.sections import addresses_to_tell

EMERGENCY_SUBJECT = "A confidential section was opened in an emergency"
EMERGENCY_BODY = """Somebody opened confidential sections in an emergency.

Sign in to Vigil to read who, when and why. Owners find it on the record's page "Confidential", auditors under "Emergency openings".
"""


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def tell_of_emergency_opening(opening_id: int) -> None:
    """Mail the owners of the sections and the auditors of the force; the mail names nobody."""
    opening = BreakGlass.objects.select_related("user", "nominal").get(pk=opening_id)
    if addresses := addresses_to_tell(opening):
        EmailMessage(EMERGENCY_SUBJECT, EMERGENCY_BODY, bcc=addresses).send()


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def mail_notice(notice_id: int) -> None:
    """Mail the offender manager that a notice waits; the mail names nobody."""
    notices.mail_notice(notice_id=notice_id)
