"""Timed work of accounts; each task calls one service."""
from celery import shared_task
from django.core.management import call_command


@shared_task
def delete_old_sessions() -> None:
    """Remove stored sessions past their end."""
    call_command("clearsessions")
