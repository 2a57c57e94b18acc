"""What the bureau has to do with links: marks in the words of a report that nobody has linked, and how many suggestions wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from accounts.access import scopes_of
from accounts.models import User
from accounts.permissions import Perm
from actions.reports import Work
from intelligence.choices.links import EntityKind, LinkKind, LinkState
from intelligence.choices.suggesting import MarkKind
from intelligence.matching.wording import texts_of
from intelligence.models import Entity, InformationReport, Link
from intelligence.reports.links import suggested_to
from intelligence.rules.suggesting import Mark, marks_in, shown_mark


class FoundMark(NamedTuple):
    """Something that the words of a report name, as an entity would be called."""

    kind: str
    label: str
    name: str
    postcode: str = ""

    @property
    def entity(self) -> dict[str, Any]:
        """Return what adds it as an entity."""
        return {"kind": self.kind, "name": self.name, "postcode": self.postcode}


def marks_not_linked(user: User, report: InformationReport) -> list[FoundMark]:
    """Return what stands in the words of a report that the user may read, and is neither linked nor suggested nor refused."""
    if not InformationReport.objects.for_user(user, Perm.VIEW_REPORT).filter(pk=report.pk).exists():
        return []
    links = Link.objects.for_user(user, Perm.LINK_INTELLIGENCE).at(report).filter(kind=LinkKind.TELLS_OF).exclude(state=LinkState.ENDED)
    linked: set[Mark] = set()
    for kind, value, postcode in Entity.objects.filter(ends__link__in=links).values_list("kind", "value", "postcode"):
        linked |= {(kind, value), (MarkKind.POSTCODE.value, postcode)}
    found = [mark for _, _, text in texts_of([report.pk]) for mark in marks_in(text)]
    return [found_mark(*mark) for mark in found if mark not in linked]


def found_mark(kind: str, value: str) -> FoundMark:
    """Return a mark as it would be added."""
    if kind == MarkKind.POSTCODE:
        return FoundMark(EntityKind.PLACE.value, str(MarkKind.POSTCODE.label), value, value)
    return FoundMark(kind, str(MarkKind(kind).label), shown_mark(kind, value))


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how many suggested links wait for the bureau."""
    if not scopes_of(user, Perm.LINK_INTELLIGENCE):
        return []
    return [Work(gettext("Links to decide"), suggested_to(user).count(), 0, reverse("intelligence:link-list"))]
