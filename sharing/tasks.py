"""What the worker does for sharing; each task calls one service and takes keys only."""
from celery import shared_task

from sharing.services import webhooks


@shared_task
def deliver_changes() -> None:
    """Tell agencies' systems what changed."""
    webhooks.deliver_changes(actor=None)
