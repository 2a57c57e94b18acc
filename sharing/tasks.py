"""What the worker does for sharing; each task calls one service and takes keys only."""

from celery import shared_task

from sharing.services import agreement_news, agreements, digest, releases, webhooks


@shared_task
def tell_of_agreements() -> None:
    """Tell both sides of agreements that came into force or are no longer."""
    agreement_news.tell_of_agreements(actor=None)


@shared_task
def raise_agreement_reviews() -> None:
    """Ask for reviews of agreements that come near."""
    agreements.raise_agreement_reviews(actor=None)


@shared_task
def tell_of_lent_authority() -> None:
    """Tell whoever lent authority what was decided in their name."""
    digest.tell_of_lent_authority(actor=None)


@shared_task
def end_releases() -> None:
    """Tell agencies of what was shared with them and whose last day is over."""
    releases.end_releases(actor=None)


@shared_task
def deliver_changes() -> None:
    """Tell agencies' systems what changed."""
    webhooks.deliver_changes(actor=None)
