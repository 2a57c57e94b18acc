"""What the worker does for governance; each task calls one service and takes keys only."""

from celery import shared_task

from governance.services import disposal_files, jobs, look_finding, retention


@shared_task
def find_unusual_looks() -> None:
    """Apply the rules of unusual looks to what was added to the trail."""
    look_finding.find_unusual_looks(actor=None)


@shared_task
def raise_retention_reviews() -> None:
    """Reckon how long records are kept, and open the reviews whose day has come."""
    retention.raise_retention_reviews(actor=None)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def finish_disposals() -> None:
    """Remove files of disposals, and write disposals to the list outside the database."""
    disposal_files.finish_disposals(actor=None)


@shared_task
def delete_old_runs() -> None:
    """Forget jobs that this version no longer has."""
    jobs.delete_old_runs(actor=None)
