"""What the worker does for intelligence work; each task calls one service and takes keys only."""
from celery import shared_task
from django.utils.timezone import localdate, now

from intelligence.services import check_clocks, checks, flag_canaries, flag_matching, flag_reviews, flag_sweeps


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
def match_occurrences() -> None:
    """Match what happened with flags, and tell all that is due by now."""
    flag_matching.match_occurrences(actor=None, now=now())


@shared_task
def check_flag_reviews() -> None:
    """Raise the reviews of flags that are due."""
    flag_reviews.check_flag_reviews(actor=None, on=localdate())


@shared_task(time_limit=3000)
def raise_missing_flags() -> None:
    """Ask for flags on registered people who have none."""
    flag_sweeps.raise_missing_flags(actor=None, now=now())


@shared_task
def send_canaries() -> None:
    """Test every route that flags in use take."""
    flag_canaries.send_canaries(actor=None, now=now())


@shared_task
def check_canaries() -> None:
    """Call routes dead whose test is late."""
    flag_canaries.check_canaries(actor=None, now=now())
