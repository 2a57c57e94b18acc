"""What sharing goes by on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from sharing.models import MediaLine, Power


def powers_on(day: date) -> QuerySet[Power]:
    """Return the powers that hold on a day, by name."""
    return Power.objects.on(day).order_by("name")


def power_words(codes: Iterable[str]) -> list[str]:
    """Return the names of powers, as each was called last; a code that is known no longer stays as it is."""
    names = dict(Power.objects.filter(code__in=list(codes)).order_by("period").values_list("code", "name"))
    return [names.get(code, code) for code in codes]


def media_lines_on(day: date) -> QuerySet[MediaLine]:
    """Return the messages for the media that hold on a day."""
    return MediaLine.objects.on(day).order_by("pk")


def media_line_words(codes: Iterable[str], day: date) -> list[str]:
    """Return the words of messages as they stand on a day."""
    return list(media_lines_on(day).filter(code__in=list(codes)).values_list("words", flat=True))
