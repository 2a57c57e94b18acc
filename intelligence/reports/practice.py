"""What intelligence work goes by on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from intelligence.models import ContactLimit, MeansRule, Suggestion
from intelligence.rules.information import QUESTIONS
from offenders.models import InformationSource


def contact_limit_on(day: date) -> ContactLimit:
    """Return the limit of contacts that holds on a day."""
    return ContactLimit.objects.on(day).get()


def suggestions_on(day: date) -> dict[str, Suggestion]:
    """Return what a yes to each question suggests on a day."""
    return {suggestion.question: suggestion for suggestion in Suggestion.objects.on(day)}


def suggestions_for(answers: Mapping[str, str], day: date) -> list[Suggestion]:
    """Return what the questions answered with yes suggest on a day, in the order of the questions."""
    suggested = suggestions_on(day)
    return [suggested[code] for code in QUESTIONS if answers.get(code) == "yes"]


def means_needing_authority(means: Iterable[str], day: date) -> list[str]:
    """Return those of the means that need a written authority on a day, in their order."""
    needing = MeansRule.objects.on(day).get().means
    return [each for each in means if each in needing]


def sources_on(day: date) -> QuerySet[InformationSource]:
    """Return the register of sources as it holds on a day."""
    return InformationSource.objects.on(day).order_by("name")
