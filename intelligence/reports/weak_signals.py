"""Weak signals as the bureau sees them: people and things of which several reports tell though none is strong by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from accounts.models import User
from accounts.permissions import Perm
from audit.references import known_to
from intelligence.choices.links import EntityKind, LinkKind, LinkState
from intelligence.choices.suggesting import MarkKind
from intelligence.models import Entity, InformationReport, Link, LinkEnd, ReportMark, ReportSubject, SignalLook
from intelligence.reports.information import with_significance
from intelligence.reports.links import Namer
from intelligence.rules.information import QUESTIONS, State
from intelligence.rules.suggesting import shown_mark
from intelligence.rules.weak_signals import is_strong, pile_on, weight_of
from offenders.models import Nominal

About = tuple[str, ...]  # ("nominal", key), ("entity", key), or ("mark", kind, value)


@dataclass
class Signal:
    """One person or thing with every report that tells of it and that the viewer may read, newest first."""

    about: About
    thing: Nominal | Entity | None
    name: str
    sort: str
    reports: list[InformationReport]
    looks: list[SignalLook] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What stands in the address of its page: nothing that tells who or what it is."""
        return salted_hmac("weak signal", repr(self.about), algorithm="sha256").hexdigest()[:24]

    @property
    def version(self) -> int:
        """Another number once a report or a look is added."""
        return sum(report.pk for report in self.reports) + sum(look.pk for look in self.looks)

    @property
    def nominal(self) -> Nominal | None:
        """The record that it is about, if it is one."""
        return self.thing if isinstance(self.thing, Nominal) else None

    @cached_property
    def weak(self) -> list[InformationReport]:
        """The reports that are not strong by themselves."""
        return [each for each in self.reports if not is_strong(each.state, each.grade_source, each.assessment)]

    @property
    def units(self) -> list[str]:
        """The units whose officers reported."""
        return sorted({str(each.unit or each.force) for each in self.reports})

    @property
    def grades(self) -> list[tuple[str, int]]:
        """How many reports have which grade, or none."""
        counted: dict[str, int] = defaultdict(int)
        for each in self.reports:
            counted[each.get_state_display() if each.state == State.REJECTED else each.grade or gettext("Not evaluated")] += 1
        return sorted(counted.items())

    @property
    def questions(self) -> list[str]:
        """Which of the six questions was answered with yes in any of the reports."""
        yes = {answer.question for each in self.reports for answer in each.significant}  # type: ignore[attr-defined]
        return [code for code in QUESTIONS if code in yes]

    @property
    def asked(self) -> list[str]:
        """The same in words."""
        return [QUESTIONS[code][1] for code in self.questions]

    @property
    def weight(self) -> int:
        """How much it weighs."""
        return weight_of(len(self.weak), [each.unit_id for each in self.weak], self.questions)

    @property
    def first(self) -> InformationReport:
        """The oldest of the reports."""
        return self.reports[-1]

    @property
    def last(self) -> InformationReport:
        """The newest of the reports."""
        return self.reports[0]

    @property
    def is_done(self) -> bool:
        """Whether somebody has looked at all of its reports."""
        return {each.pk for each in self.reports} <= {row.report_id for look in self.looks for row in look.reports.all()}


def weak_signals(user: User) -> list[Signal]:
    """Return what waits for a look, the weightiest first. The number of statements does not grow with what there is."""
    return [signal for signal in all_signals(user) if not signal.is_done]


def find_signal(user: User, key: str) -> Signal | None:
    """Return one that waits for a look; None when it is hidden, dealt with or not there."""
    return next((signal for signal in weak_signals(user) if signal.key == key), None)


def all_signals(user: User) -> list[Signal]:
    """Return every pile of weak reports that the user may read, the weightiest first; also those that somebody has looked at."""
    measure = pile_on(localdate())
    readable = readable_reports(user, now() - timedelta(days=measure.days))
    piles = {about: keys for about, keys in gather(user, readable).items() if len(keys) >= measure.reports}
    reports = {report.pk: report for report in with_significance(readable.filter(pk__in=set().union(*piles.values())))}
    looks = looks_of(user)
    signals = [
        Signal(about, thing, name, sort, sorted((reports[key] for key in piles[about]), key=sent_at, reverse=True), looks[about])
        for about, thing, name, sort in things_of(user, piles)
    ]
    counted = [each for each in signals if len(each.weak) >= measure.reports and len(each.reports) - len(each.weak) <= measure.most_strong]
    return sorted(counted, key=lambda each: (each.weight, sent_at(each.last), each.about), reverse=True)


def sent_at(report: InformationReport) -> tuple[datetime | None, int]:
    """Return by what reports are ordered."""
    return report.submitted_at, report.pk


def readable_reports(user: User, since: datetime) -> QuerySet[InformationReport]:
    """Return the reports that count: sent since a moment, not withdrawn, and the user may read them."""
    return InformationReport.objects.for_user(user, Perm.VIEW_REPORT).filter(submitted_at__gte=since).exclude(state=State.WITHDRAWN)


def gather(user: User, readable: QuerySet[InformationReport]) -> dict[About, set[int]]:
    """Return the keys of the reports by what they tell of: records named, what links say, and marks that are no entity yet."""
    found: dict[About, set[int]] = defaultdict(set)
    known, reports = known_to(user).values("pk"), readable.values("pk")
    for nominal, report in ReportSubject.objects.filter(report__in=reports, nominal__in=known).values_list("nominal", "report"):
        found["nominal", str(nominal)].add(report)
    links = Link.objects.for_user(user, Perm.LINK_INTELLIGENCE).filter(kind=LinkKind.TELLS_OF, state=LinkState.CONFIRMED)
    told = LinkEnd.objects.filter(link__in=links.filter(evidence__in=reports), report__isnull=True)
    standing = told.filter(Q(nominal__isnull=False) | Q(entity__merged_into__isnull=True))
    for nominal, entity, report in standing.values_list("nominal", "entity", "link__evidence"):
        found[("nominal", str(nominal)) if nominal else ("entity", str(entity))].add(report)
    for kind, value, report in unlinked_marks(user).filter(report__in=reports).values_list("kind", "value", "report"):
        found["mark", kind, value].add(report)
    return found


def unlinked_marks(user: User) -> QuerySet[ReportMark]:
    """Return the marks of reports of which nobody made an entity that the user may know."""
    entities = Entity.objects.for_user(user).standing()
    known = Exists(entities.filter(kind=OuterRef("kind"), value=OuterRef("value")))
    place = Exists(entities.filter(kind=EntityKind.PLACE, postcode=OuterRef("value")))
    return ReportMark.objects.exclude(known).exclude(Q(place, kind=MarkKind.POSTCODE))


def things_of(user: User, piles: Iterable[About]) -> Iterable[tuple[About, Nominal | Entity | None, str, str]]:
    """Return what the piles are about: the thing, what it is called for this reader, and what it is."""
    keys: dict[str, list[int]] = {"nominal": [], "entity": []}
    for sort, key, *_ in piles:
        if sort in keys:
            keys[sort].append(int(key))
    records = {nominal.pk: nominal for nominal in Nominal.objects.filter(pk__in=keys["nominal"]).select_related("offender_manager")}
    entities = Entity.objects.in_bulk(keys["entity"])
    names = Namer(user, records.values(), is_bureau=True).names
    for about in piles:
        if about[0] == "mark":
            yield about, None, shown_mark(*about[1:]), str(MarkKind(about[1]).label)
        elif about[0] == "nominal":
            nominal = records[int(about[1])]
            yield about, nominal, " ".join(filter(None, (names.get(nominal.pk), nominal.reference))), "Record"
        else:
            entity = entities[int(about[1])]
            yield about, entity, entity.name, str(EntityKind(entity.kind).label)


def looks_of(user: User) -> dict[About, list[SignalLook]]:
    """Return what was said before, by what it was about, newest first."""
    found: dict[About, list[SignalLook]] = defaultdict(list)
    for look in SignalLook.objects.for_user(user).select_related("by").prefetch_related("reports").order_by("-pk"):
        found[about_of(look)].append(look)
    return found


def about_of(look: SignalLook) -> About:
    """Return what a look was about."""
    if look.nominal_id:
        return ("nominal", str(look.nominal_id))
    return ("entity", str(look.entity_id)) if look.entity_id else ("mark", look.mark_kind, look.mark_value)


def columns_of(about: About) -> dict[str, Any]:
    """Return the columns by which a look says what it is about."""
    if about[0] == "mark":
        return {"mark_kind": about[1], "mark_value": about[2]}
    return {f"{about[0]}_id": int(about[1])}
