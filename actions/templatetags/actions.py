"""How actions are shown: how they stand against their time, the days of a reckoning, and what people were told in their language."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.timezone import now
from django.utils.translation import gettext

from actions.choices import ActionState
from actions.models import Action
from actions.rules import Due, Standing, standing_of
from ui.templatetags.ui import uk_date, uk_datetime

register = template.Library()


@register.inclusion_tag("actions/_due.html")
def due_tag(action: Action) -> dict[str, Standing | str]:
    """Show how an action stands; a closed one says how it ended."""
    if action.state != ActionState.OPEN:
        return {"closed": ActionState(action.state).label}
    return {"standing": standing_of(action.late_from, now())}


@register.inclusion_tag("actions/_due.html")
def due_by(due: Due) -> dict[str, Standing]:
    """Show how something stands against a reckoned time."""
    return {"standing": standing_of(due.late_from, now())}


@register.filter
def iso_day(text: str) -> str:
    """Write the day, or the moment, of a line of a reckoning as people read it."""
    if not text:
        return ""
    return uk_datetime(datetime.fromisoformat(text)) if "T" in text else uk_date(date.fromisoformat(text))


@register.filter
def told(text: str) -> str:
    """Write what somebody was told in the reader's language: whole where the catalogue has it, else each side of its first colon."""
    whole = gettext(text)
    return whole if whole != text else ": ".join(gettext(part) for part in text.split(": ", 1))
