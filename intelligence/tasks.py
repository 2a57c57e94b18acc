"""What the worker does for intelligence work; each task calls one service and takes keys only."""
from celery import shared_task

from intelligence.services import alert_matching, check_clocks, checks, feeds, filing


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
def match_travel_alerts() -> None:
    """Compare the reports from the border that wait."""
    alert_matching.match_received(actor=None)


@shared_task
def compare_travel_again() -> None:
    """Compare changed people with unmatched reports, and crossings with what was notified since."""
    alert_matching.compare_again(actor=None)
    filing.compare_records_again(actor=None)


@shared_task
def watch_travel_feeds() -> None:
    """Raise what a silent source or a sum that does not add up calls for."""
    feeds.watch_feeds(actor=None)
