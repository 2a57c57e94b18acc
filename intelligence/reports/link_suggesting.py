"""Suggestions as their readers need them: reasons as far as the reader may know them, marks that nobody has linked, how much waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from accounts.access import scopes_of
from accounts.models import User
from accounts.permissions import Perm
from actions.reports import Work
from intelligence.choices.links import EntityKind, Ground, LinkKind, LinkState
from intelligence.choices.suggesting import MarkKind
from intelligence.matching.wording import texts_of
from intelligence.models import Entity, InformationReport, Link
from intelligence.reports.links import suggested_to
from intelligence.rules.suggesting import Mark, marks_in, shown_mark
from offenders.models import Nominal

# From which part of a record a reason comes; other parts of the record, and reports, are open to whoever sees the link.
READ_WITH = {
    Ground.NUMBER: Perm.VIEW_CARD,
    Ground.VEHICLE: Perm.VIEW_CARD,
    Ground.WORDING: Perm.VIEW_CARD,
    Ground.ONLINE: Perm.VIEW_CASE_FILE,
    Ground.POSTCODE: Perm.VIEW_CASE_FILE,
    Ground.NEAR: Perm.VIEW_CASE_FILE,
}
CLOSED = "it shows when you may read the record"
PAGE = "intelligence:weak-signals"  # intelligence:link-list, once that page is there


def reasons_for(user: User, links: Sequence[Link]) -> dict[int, list[str]]:
    """Return why each link is suggested, in words, by key: what comes from a record only as far as the reader may read that part of it.

    Two statements, however many links there are; their ends should be fetched.
    """
    records = {link.pk: {end.nominal_id for end in link.ends.all() if end.nominal_id} for link in links}
    keys = set().union(*records.values())
    open_to: dict[Perm, set[int]] = {
        perm: set(Nominal.objects.for_user(user, perm).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
        for perm in (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE)
    }
    return {link.pk: [words_of(reason, records[link.pk], open_to) for reason in link.reasons] for link in links}


def words_of(reason: Sequence[str], records: set[int], open_to: dict[Perm, set[int]]) -> str:
    """Return one reason in words."""
    ground = Ground(reason[0])
    is_open = ground not in READ_WITH or records <= open_to[READ_WITH[ground]]
    return f"{ground.label}: {reason[1] if is_open else CLOSED}"


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
    return [Work("Links to decide", suggested_to(user).count(), 0, reverse(PAGE))]
