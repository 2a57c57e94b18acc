"""Timed work of accounts; each task calls one service."""
from celery import shared_task
from django.core.management import call_command

from accounts.services.answers import delete_old_answers


@shared_task
def delete_old_sessions() -> None:
    """Remove stored sessions past their end."""
    call_command("clearsessions")


@shared_task
def delete_old_tokens() -> None:
    """Remove tokens and kept answers of machine clients past their end."""
    call_command("cleartokens")
    delete_old_answers()
