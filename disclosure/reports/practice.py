"""What disclosure goes by on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from disclosure.models import Ground, SmallNumber, StandardText
from ui.languages import Language


def grounds_on(law: str, day: date) -> QuerySet[Ground]:
    """Return the grounds of a law that hold on a day, by name."""
    return Ground.objects.on(day).filter(law=law).order_by("name")


def text_on(code: str, day: date, language: str = Language.ENGLISH) -> str:
    """Return standard words as they stand on a day, the English ones where a language has none; empty where there are none at all."""
    codes = [code, f"{code}-{language}"]
    words = dict(StandardText.objects.on(day).filter(code__in=codes).values_list("code", "text"))
    return words.get(codes[1]) or words.get(code, "")


def told_in(ground: Ground, language: str) -> dict[str, str]:
    """Return what a letter says of a ground: its name, where it stands in the law, and what whoever asked reads."""
    names = ("name", "section", "told_as")
    said = {name: getattr(ground, f"{name}_welsh" if language == Language.WELSH else name) or getattr(ground, name) for name in names}
    return {**said, "told_as": said["told_as"] or said["name"]}


def least_on(day: date) -> int | None:
    """Return the smallest number that leaves the force on a day; None where the force has set none."""
    return SmallNumber.objects.on(day).values_list("least", flat=True).first()
