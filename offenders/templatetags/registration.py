"""How the steps of a reckoning are worded."""

from datetime import date, datetime

from django import template

from ui.templatetags.ui import uk_date, uk_datetime

register = template.Library()


@register.filter
def line_day(text: str) -> str:
    """Write the day or moment that a step led to, which is stored as ISO text."""
    return uk_datetime(datetime.fromisoformat(text)) if "T" in text else uk_date(date.fromisoformat(text))
