"""What the worker does for governance; each task calls one service."""

from celery import shared_task

from governance.services import look_finding


@shared_task
def find_unusual_looks() -> None:
    """Apply the rules of unusual looks to what was added to the trail."""
    look_finding.find_unusual_looks(actor=None)
