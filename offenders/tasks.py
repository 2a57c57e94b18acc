"""What the worker does for offenders; each task calls one service and takes keys only."""

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils.timezone import localdate

from offenders.models import BreakGlass
from offenders.reports import addresses_to_tell
from offenders.search import count_words
from offenders.services import (
    assessment_dues,
    documents,
    duties,
    happenings,
    imports,
    levels,
    notices,
    plan_actions,
    scans,
    searches,
    silent_hits,
    visits_due,
)

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


@shared_task(time_limit=3000)
def run_import(import_id: int) -> None:
    """Check a file of nominals and, when asked to, store it."""
    imports.run_import(import_id=import_id)


@shared_task
def resume_imports() -> None:
    """Find imports that a lost message or a dead worker left, and files that nobody stored."""
    imports.resume_imports()


@shared_task
def look_at_searches() -> None:
    """Tell managers quietly of searches for people whose record is kept from whoever searched."""
    silent_hits.look_at_searches(actor=None)


@shared_task
def delete_old_searches() -> None:
    """Forget what people typed in the search box some hours ago."""
    searches.delete_old_searches()


@shared_task
def count_name_words() -> None:
    """Count anew how common each word of a name is."""
    count_words()


@shared_task(time_limit=3000)
def raise_visits() -> None:
    """Give every record that lacks it the action that says when its next visit is due."""
    visits_due.raise_visits(actor=None, today=localdate())


@shared_task(time_limit=3000)
def raise_duties() -> None:
    """Raise the annual notifications that records lack, and end what is due after registration is over."""
    duties.raise_duties(actor=None, today=localdate())


@shared_task
def scan_document_file(file_id: int) -> None:
    """Have the virus scanner look at one file."""
    scans.scan_file(actor=None, file_id=file_id)


@shared_task
def scan_waiting_files() -> None:
    """Find files whose message was lost or for which the scanner had no answer."""
    scans.scan_waiting_files(actor=None)


@shared_task
def remove_left_over_files() -> None:
    """Take files off the disk that belong to no row."""
    documents.remove_left_over_files(actor=None)


@shared_task(time_limit=3000)
def raise_assessments() -> None:
    """Ask for the assessments and turns of plan actions that records lack."""
    assessment_dues.raise_missing_assessments(actor=None, today=localdate())
    plan_actions.raise_missing_turns(actor=None, today=localdate())


@shared_task(time_limit=3000)
def raise_reviews() -> None:
    """Raise MAPPA reviews and minutes that nothing asks for yet."""
    levels.raise_reviews(actor=None, today=localdate())


@shared_task
def note_what_is_due() -> None:
    """Note for flags what the calendar made happen."""
    happenings.note_what_is_due(actor=None, today=localdate())
