"""Template filters about visits."""

from datetime import datetime, timedelta

from django import template
from django.utils.timezone import now

register = template.Library()


@register.filter
def last_moment(late_from: datetime) -> datetime:
    """Return the last moment at which something is in time."""
    return late_from - timedelta(microseconds=1)


@register.filter
def is_late(late_from: datetime) -> bool:
    """Whether its time has passed."""
    return late_from <= now()
