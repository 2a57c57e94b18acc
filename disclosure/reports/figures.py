"""The product's own counts for a reply: people in the community by MAPPA category and level, and people who must notify, on a day.

Everybody of the force counts, whoever asks; small numbers are hidden before anybody is shown anything.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_noop, override

from accounts.models import Organisation
from disclosure.rules.figures import suppress
from offenders.choices import MappaCategory, MappaLevel
from offenders.models import Custody, MappaPeriod, Nominal, RegistrationPeriod
from ui.languages import KEPT_IN

TOTAL = gettext_noop("Together")
LEVELS = (gettext_noop("Level 1"), gettext_noop("Level 2"), gettext_noop("Level 3"))  # kept in English, worded by the letter


def figures_on(force: Organisation, day: date, least: int) -> dict[str, Any]:
    """Return the table of a day with what is below `least`, or would give it away, as None."""
    table = suppress(counts_on(force, day), least)
    with override(KEPT_IN):
        names = [*(str(category.label) for category in MappaCategory), TOTAL]
    registered = registered_on(force, day)
    is_small = registered < least or table[0][-1] is None  # nearly all who must notify are in category 1: one number would tell the other
    return {
        "as_at": day.isoformat(),
        "least": least,
        "columns": [*LEVELS, TOTAL],
        "rows": [{"name": name, "cells": cells} for name, cells in zip(names, table, strict=True)],
        "registered": None if is_small else registered,
    }


def counts_on(force: Organisation, day: date) -> list[list[int]]:
    """Count people in the community, a row for each category and a column for each level."""
    rows = MappaPeriod.objects.filter(period__contains=day, category__isnull=False, nominal__in=standing(force))
    counted = rows.filter(~Exists(held_on(day))).order_by().values_list("category", "level").annotate(number=Count("pk"))
    numbers = {(category, level): number for category, level, number in counted}
    return [[numbers.get((category, level), 0) for level in MappaLevel.values] for category in MappaCategory.values]


def registered_on(force: Organisation, day: date) -> int:
    """Count people in the community who must notify."""
    rows = RegistrationPeriod.objects.filter(period__contains=day, withdrawn_at__isnull=True, nominal__in=standing(force))
    return rows.filter(~Exists(held_on(day))).count()


def standing(force: Organisation) -> Any:
    """Return the records of a force that were not merged into another."""
    return Nominal.objects.standing().filter(force=force).values("pk")


def held_on(day: date) -> Any:
    """Return the times in custody that hold on a day, of the nominal of an outer query."""
    return Custody.objects.filter(nominal=OuterRef("nominal"), period__contains=day)
