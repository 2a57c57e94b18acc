"""Dates, times, risk levels and the choice of language as this service words them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime, now
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ui.languages import OWN_NAMES, Language, other_language

register = template.Library()
RISK_WORDS = {"low": _("Low risk"), "medium": _("Medium risk"), "high": _("High risk"), "very_high": _("Very high risk")}


def _local(value: Any) -> Any:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


@register.filter
def uk_date(value: date | tuple[int, int | None, int | None] | None) -> str:
    """Write 21 November 2026; of a partial date what is known: November 2026, or 2026."""
    if not value:
        return ""
    value = _local(value)
    year, month, day = value if isinstance(value, tuple) else (value.year, value.month, value.day)
    return " ".join(str(part) for part in (day if month else None, MONTHS[month] if month else None, year) if part)


@register.filter
def uk_time(value: datetime | time | None) -> str:
    """Write 6:40am, 9pm, midday or midnight."""
    if value is None or value == "":
        return ""
    value = _local(value)
    if value.minute == 0 and value.hour in (0, 12):
        return gettext("midday") if value.hour else gettext("midnight")
    clock = f"{value.hour % 12 or 12}:{value.minute:02}" if value.minute else str(value.hour % 12 or 12)
    return (gettext("%(clock)sam") if value.hour < 12 else gettext("%(clock)spm")) % {"clock": clock}


@register.filter
def uk_datetime(value: datetime | None) -> str:
    """Write 21 November 2026 at 6:40am, in local time."""
    return gettext("%(date)s at %(time)s") % {"date": uk_date(value), "time": uk_time(value)} if value else ""


@register.filter
def in_sentence(words: Any) -> str:
    """Return words as they stand inside a sentence: names and abbreviations keep their capitals."""
    text = str(words)
    first = text.split(" ", maxsplit=1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def words_one_after_other(words: Iterable[Any], between: Any) -> str:
    """Return words one after the other, with something between."""
    return str(between).join(map(str, words))


# The same for words that are put together now and read later: in the language in which they are read.
date_words, moment_words, words_in_sentence = lazy(uk_date, str), lazy(uk_datetime, str), lazy(in_sentence, str)
joined_words = lazy(words_one_after_other, str)


@register.simple_tag
def uk_now() -> str:
    """Write the present date and time, for print."""
    return uk_datetime(now())


@register.simple_tag
def uk_clock() -> str:
    """Write the present time of day: when a part that fetches itself anew was made."""
    return uk_time(now())


@register.simple_tag
def risk(level: str | None) -> SafeString:
    """Show a level (low, medium, high, very_high) as a tag; anything else reads "Risk not set"."""
    return risk_tag(level if level and level in RISK_WORDS else "", get_language())


@cache
def risk_tag(level: str, _language: str | None) -> SafeString:
    """Return the tag of a level, made once for each language: lists show it in every row."""
    return render_to_string("ui/_risk.html", {"level": level, "words": RISK_WORDS.get(level, "")})


@register.simple_tag
def page_language() -> str:
    """Return the language of this page as markup names it."""
    return "cy" if get_language() == Language.WELSH else "en-GB"


@register.inclusion_tag("ui/_language.html", takes_context=True)
def language_link(context: template.Context) -> dict[str, Any]:
    """Offer the same page in the other language, under that language's own name."""
    other, request = other_language(), context.get("request")
    return {"language": other, "name": OWN_NAMES[other], "path": request.get_full_path() if request else ""}
