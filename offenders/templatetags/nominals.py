"""Template tags about one nominal."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.db.backends.postgresql.psycopg_any import DateRange
from django.template import Context
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext

from accounts.access import may
from accounts.permissions import Perm
from offenders.cards import and_list, read_card
from offenders.choices import AtRisk, NameKind, RiskLevel
from offenders.models import Address, DateOfBirth, Description, Identifier, Mark, Name, Nominal
from offenders.models.identity import IdentityPart
from offenders.reports.case_file import marking_of
from offenders.rules import format_identifier
from ui.templatetags.ui import uk_date, uk_datetime

register = template.Library()


@register.inclusion_tag("offenders/_identity_bar.html", takes_context=True)
def identity_bar(context: Context, nominal: Nominal) -> dict[str, Any]:
    """Show who the page is about; of the person only what the reader may know."""
    if "card" not in context and not may(context["user"], Perm.VIEW_CARD, nominal):
        return {"nominal": nominal}
    card = context.get("card") or read_card(nominal, localdate())
    return {"nominal": nominal, "card": card, "marking": marking_of(context["user"], nominal, localdate())}


@register.simple_tag(takes_context=True)
def main_address(context: Context, nominal: Nominal) -> str:
    """Return the main address of today, as far as the reader may know it."""
    rows = Address.objects.for_user(context["user"]).filter(nominal=nominal, is_main=True, period__contains=localdate())
    home = rows.first()
    return home.words if home else gettext("Not recorded")


@register.filter
def risk_slug(level: int | None) -> str:
    """Return low, medium, high or very_high for a stored level."""
    return RiskLevel(level).name.lower() if level else ""


@register.filter
def primary_name(nominal: Nominal) -> str:
    """Return the name that the record goes by, surname first; needs the names fetched (with_summary)."""
    names = sorted(nominal.names.all(), key=lambda name: name.kind != NameKind.PRIMARY)
    return names[0].listed_name if names else gettext("Name not recorded")


@register.filter
def primary_birth(nominal: Nominal) -> tuple[int, int | None, int | None] | None:
    """Return the date of birth that the record goes by; needs the dates fetched (with_summary)."""
    births = nominal.dates_of_birth.all()
    return (births[0].year, births[0].month, births[0].day) if births else None


@register.filter
def at_risk_words(classes: list[str]) -> str:
    """Return to whom the risk is."""
    return and_list([str(AtRisk(who).label) for who in classes]) or gettext("Not recorded")


@register.filter
def last_day(period: DateRange) -> date | None:
    """Return the last day of a period; nothing while it lasts."""
    return period.upper - timedelta(days=1) if period.upper else None


@register.filter
def moment(at: datetime) -> str:
    """Write a moment; of one that stands for a whole day, the day alone."""
    at = localtime(at)
    return uk_date(at) if at.time() == time() else uk_datetime(at)


@register.filter
def fact_label(fact: IdentityPart) -> str:
    """Return what sort of fact it is."""
    if isinstance(fact, DateOfBirth):
        return gettext("The record goes by this") if fact.is_primary else gettext("Also known")
    return str(fact.get_kind_display())


@register.filter
def fact_words(fact: IdentityPart) -> str:
    """Return a name, date of birth, number or mark in words."""
    match fact:
        case Name():
            days = [
                gettext("from %(day)s") % {"day": uk_date(fact.used_from)} if fact.used_from else "",
                gettext("until %(day)s") % {"day": uk_date(fact.used_until)} if fact.used_until else "",
            ]
            return " ".join([fact.full_name, *filter(None, days)])
        case DateOfBirth():
            return uk_date((fact.year, fact.month, fact.day))
        case Identifier():
            return format_identifier(fact.kind, fact.value)
        case Mark():
            return f"{fact.place}: {fact.description}"
    return gettext("added %(day)s") % {"day": uk_date(fact.added_at)}


@register.filter
def look_rows(looks: Description | None) -> list[tuple[str, str]]:
    """Return each look with its label."""
    if looks is None:
        return [(gettext("Description"), gettext("Not recorded"))]
    height = f"{looks.height_cm}cm" if looks.height_cm else ""
    rows = [(gettext("Sex"), looks.get_sex_display()), (gettext("Ethnicity"), looks.ethnicity), (gettext("Height"), height)]
    rows += [(gettext("Build"), looks.build), (gettext("Hair"), looks.hair), (gettext("Eyes"), looks.eyes)]
    rows += [(gettext("Source"), looks.source)]
    return [(key, value or gettext("Not recorded")) for key, value in rows]
