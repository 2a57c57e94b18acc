"""What disclosure goes by on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from disclosure.models import Ground, SmallNumber, StandardText


def grounds_on(law: str, day: date) -> QuerySet[Ground]:
    """Return the grounds of a law that hold on a day, by name."""
    return Ground.objects.on(day).filter(law=law).order_by("name")


def text_on(code: str, day: date) -> str:
    """Return standard words as they stand on a day; empty where none do."""
    return StandardText.objects.on(day).filter(code=code).values_list("text", flat=True).first() or ""


def least_on(day: date) -> int | None:
    """Return the smallest number that leaves the force on a day; None where the force has set none."""
    return SmallNumber.objects.on(day).values_list("least", flat=True).first()
