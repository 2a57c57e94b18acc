"""What the worker does for intelligence work; each task calls one service and takes keys only."""
from celery import shared_task
from django.utils.timezone import localdate, now

from intelligence.services import (
    alert_matching,
    check_clocks,
    checks,
    demo_alerts,
    duplicates,
    feeds,
    filing,
    flag_canaries,
    flag_matching,
    flag_reviews,
    flag_sweeps,
    folders,
    information_routing,
    link_suggesting,
    mailboxes,
    reading,
    report_search,
    report_search_alerts,
    tasking,
)


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
def route_reports() -> None:
    """Bring intelligence reports that were sent to whom they concern."""
    information_routing.route_reports(actor=None)


@shared_task
def tell_of_new_results() -> None:
    """Tell people that searches of reports that they keep have new results."""
    report_search_alerts.tell_of_new_results(actor=None)


@shared_task
def delete_old_report_searches() -> None:
    """Forget what people typed to search reports."""
    report_search.delete_old_report_searches()


@shared_task
def expire_taskings() -> None:
    """End the taskings whose last day has passed."""
    tasking.expire_taskings(actor=None)


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


@shared_task(time_limit=3000)
def find_duplicates() -> None:
    """Compare the records whose identity changed with all others."""
    duplicates.find_duplicates(actor=None)


@shared_task(time_limit=3000)
def find_all_duplicates() -> None:
    """Compare all records with each other."""
    duplicates.find_duplicates(actor=None, everybody=True)


@shared_task(time_limit=3000)
def suggest_links() -> None:
    """Compare entities, records and reports that are new or changed with all others, and suggest what belongs together."""
    link_suggesting.suggest_links(actor=None)


@shared_task(time_limit=3000)
def suggest_all_links() -> None:
    """Compare all entities and reports with each other, as words get rarer or commoner."""
    link_suggesting.suggest_links(actor=None, everything=True)


@shared_task
def drop_demo_alert() -> None:
    """Have the demonstration's border report a journey; beat asks for it only there."""
    demo_alerts.drop_demo_alert(actor=None)
