"""What the worker does for sharing; each task calls one service and takes keys only."""
from celery import shared_task

from sharing.services import releases


@shared_task
def end_releases() -> None:
    """Tell agencies of what was shared with them and whose last day is over."""
    releases.end_releases(actor=None)
