"""Template tags about one nominal."""
from typing import Any

from django import template
from django.template import Context
from django.utils.timezone import localdate

from accounts.access import may
from accounts.permissions import Perm
from offenders.cards import read_card
from offenders.choices import RiskLevel
from offenders.models import Nominal

register = template.Library()


@register.inclusion_tag("offenders/_identity_bar.html", takes_context=True)
def identity_bar(context: Context, nominal: Nominal) -> dict[str, Any]:
    """Show who the page is about; of the person only what the reader may know."""
    if "card" not in context and not may(context["user"], Perm.VIEW_CARD, nominal):
        return {"nominal": nominal}
    return {"nominal": nominal, "card": context.get("card") or read_card(nominal, localdate())}


@register.filter
def risk_slug(level: int | None) -> str:
    """Return low, medium, high or very_high for a stored level."""
    return RiskLevel(level).name.lower() if level else ""
