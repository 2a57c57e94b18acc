"""Links as their readers need them: what stands at their ends, what a thing is called for whom, and everything within two steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from accounts.permissions import Perm
from audit.references import known_to
from intelligence.choices.links import EntityKind, Ground, LinkState
from intelligence.models import Entity, InformationReport, Link, LinkEnd, ReportSubject
from intelligence.querysets.links import column_of
from intelligence.rules.links import THINGS, canonical_value, read_postcode
from intelligence.rules.suggesting import pair_key
from offenders.choices import NameKind
from offenders.models import Associate, Name, Nominal
from ui.networks import Network, lay_out
from ui.templatetags.ui import in_sentence

ENDS = ("nominal", "entity", "report")
MOST_STEPS = 2
MOST_LINKS = 200  # of one picture
CASE_FILE, RECORD = gettext_noop("Case file"), "Record"
ALIKE, OFFERED, FOUND = 0.4, 5, 50
# From which part of a record a reason comes; other parts of the record, and reports, are open to whoever sees the link.
READ_WITH = {
    Ground.NUMBER: Perm.VIEW_CARD,
    Ground.VEHICLE: Perm.VIEW_CARD,
    Ground.WORDING: Perm.VIEW_CARD,
    Ground.ONLINE: Perm.VIEW_CASE_FILE,
    Ground.POSTCODE: Perm.VIEW_CASE_FILE,
    Ground.NEAR: Perm.VIEW_CASE_FILE,
}
CLOSED = gettext_noop("it shows when you may read the record")


def things_of(link: Link) -> list[Any]:
    """Return the two things that a link joins."""
    return [end.thing for end in link.ends.select_related(*ENDS)]


def between(one: Any, other: Any, kind: str) -> QuerySet[Link]:
    """Return the links of a kind that join two things, whoever may see them."""
    return Link.objects.filter(kind=kind).at(one).at(other).order_by("pk")


def key_of(thing: Any) -> str:
    """Return what tells a record, an entity or a report from all others."""
    return f"{column_of(thing)[0]}{thing.pk}"


def pair_of(kind: str, ends: Iterable[Any], evidence: InformationReport | None = None) -> str:
    """Return what tells a link from all others: its kind, its ends, and the report that it rests on."""
    return pair_key(kind, map(key_of, ends), evidence.pk if evidence else 0)


def with_ends(rows: QuerySet[Link]) -> QuerySet[Link]:
    """Fetch what stands at the ends of links, and the reports that they rest on."""
    ends = LinkEnd.objects.select_related("nominal__force", "entity", "report")
    return rows.select_related("evidence", "decided_by", "evaluated_by", "created_by").prefetch_related(Prefetch("ends", ends))


@dataclass(frozen=True)
class Shown:
    """A thing as one reader may see it: what it is called, what it is, and its page where the reader has one."""

    key: str
    name: str
    sort: str
    url: str


class Namer:
    """Calls things as one reader may know them: a record by its name only where the reader may know that."""

    def __init__(self, user: User, things: Iterable[Any], *, is_bureau: bool):
        """Fetch the names of all records among the things at once."""
        records = {thing.pk for thing in things if isinstance(thing, Nominal)}
        rows = Name.objects.for_user(user).filter(nominal__in=records, kind=NameKind.PRIMARY) if records else []
        self.names = {name.nominal_id: name.full_name for name in rows}
        self.is_bureau = is_bureau

    def show(self, thing: Any) -> Shown:
        """Return one thing with its name, sort and page."""
        key = key_of(thing)
        if isinstance(thing, Nominal):
            page = "intelligence:links-of-record" if self.is_bureau else "intelligence:links"
            name = " ".join(filter(None, (self.names.get(thing.pk), thing.reference)))
            return Shown(key, name, RECORD, reverse(page, args=[thing.reference]))
        if isinstance(thing, InformationReport):
            return Shown(key, thing.reference, "Report", reverse("intelligence:report", args=[thing.public_id]) if self.is_bureau else "")
        url = reverse("intelligence:entity", args=[thing.public_id]) if self.is_bureau else ""
        return Shown(key, thing.name, str(EntityKind(thing.kind).label), url)


@dataclass(frozen=True)
class Edge:
    """A line of the picture and of its table: what joins two things, from which source, how graded."""

    one: str
    other: str
    kind: str
    source: str
    grade: str = ""
    conditions: str = ""
    note: str = ""
    url: str = ""

    @property
    def is_weak(self) -> bool:
        """Whether source or information are of a low grade; drawn with a broken line."""
        return bool(self.grade) and (self.grade[0] == "3" or self.grade[1] in "CDE")


@dataclass
class Picture:
    """What belongs together around one thing, one and two steps away."""

    centre: Shown
    steps: list[list[Shown]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    is_cut: bool = False

    def shown(self) -> dict[str, Shown]:
        """Return everything in it by key."""
        return {each.key: each for each in (self.centre, *(each for step in self.steps for each in step))}

    def records(self) -> list[int]:
        """Return the keys of the records in it."""
        return records_among(self.shown().values())

    def lines(self) -> list[tuple[Edge, Shown, Shown]]:
        """Return the lines of its table."""
        shown = self.shown()
        return [(edge, shown[edge.one], shown[edge.other]) for edge in self.edges]


Found = tuple[Any, Any, Edge]


def records_among(things: Iterable[Shown]) -> list[int]:
    """Return the keys of the records among things, for the trail."""
    return sorted({int(thing.key[1:]) for thing in things if thing.sort == RECORD})


def picture_around(user: User, thing: Any, perm: Perm) -> Picture:
    """Return everything within two steps of a thing, as far as the user may see each link, each thing and each source.

    A number of statements that does not grow with what is found.
    """
    seen: dict[str, Any] = {key_of(thing): thing}
    steps: list[list[Any]] = []
    found: dict[str, Found] = {}
    latest = [thing]
    for _ in range(MOST_STEPS):
        new: list[Any] = []
        for name, one, other, edge in joined_to(user, latest, perm):
            if len(found) >= MOST_LINKS:
                break
            found.setdefault(name, (one, other, edge))
            for each in (one, other):
                if key_of(each) not in seen:
                    seen[key_of(each)] = each
                    new.append(each)
        steps.append(new)
        latest = new
    namer = Namer(user, seen.values(), is_bureau=perm == Perm.LINK_INTELLIGENCE)
    return Picture(
        centre=namer.show(thing),
        steps=[[namer.show(each) for each in step] for step in steps],
        edges=[edge for _, _, edge in found.values()],
        is_cut=len(found) >= MOST_LINKS,
    )


def joined_to(user: User, things: Sequence[Any], perm: Perm) -> Iterable[tuple[str, Any, Any, Edge]]:
    """Return what joins these things to others, each with a name of its own: links, whom reports name, associates of the case file."""
    if not things:
        return
    keys = {column: [thing.pk for thing in things if column_of(thing) == column] for column in ENDS}
    is_bureau = perm == Perm.LINK_INTELLIGENCE
    ends = LinkEnd.objects.filter(Q(*[(f"{column}__in", keys[column]) for column in ENDS], _connector=Q.OR), link=OuterRef("pk"))
    links = Link.objects.for_user(user, perm).filter(Exists(ends), state=LinkState.CONFIRMED).order_by("pk")
    for link in with_ends(links)[:MOST_LINKS]:
        one, other = (end.thing for end in link.ends.all())
        yield f"l{link.pk}", one, other, edge_of(link, one, other, is_bureau=is_bureau)
    if is_bureau:
        yield from named_in_reports(user, keys)
    yield from associates_of(user, keys["nominal"])


def edge_of(link: Link, one: Any, other: Any, *, is_bureau: bool) -> Edge:
    """Return a link as a line."""
    source = link.evidence.reference if link.evidence else link.basis
    url = reverse("intelligence:link", args=[link.public_id]) if is_bureau else ""
    return Edge(key_of(one), key_of(other), link.get_kind_display(), source, link.shown_grade, link.conditions, link.note, url)


def named_in_reports(user: User, keys: dict[str, list[int]]) -> Iterable[tuple[str, Any, Any, Edge]]:
    """Return whom reports name, as far as the bureau may know of them."""
    rows = ReportSubject.objects.filter(Q(report__in=keys["report"]) | Q(nominal__in=keys["nominal"]))
    reports = InformationReport.objects.for_user(user, Perm.VIEW_REPORT)
    readable = rows.filter(nominal__in=known_to(user).values("pk"), report__in=reports.values("pk"))
    for row in readable.select_related("report", "nominal__force").order_by("pk")[:MOST_LINKS]:
        edge = Edge(key_of(row.report), key_of(row.nominal), gettext("The report names the person"), row.report.reference, row.report.grade)
        yield f"s{row.pk}", row.report, row.nominal, edge


def associates_of(user: User, nominals: list[int]) -> Iterable[tuple[str, Any, Any, Edge]]:
    """Return associates on record, from case files that the user may read."""
    if not nominals:
        return
    rows = Associate.objects.for_user(user).filter(Q(nominal__in=nominals) | Q(other__in=nominals), other__isnull=False)
    for row in rows.exclude(other=F("nominal")).select_related("nominal__force", "other__force").order_by("pk")[:MOST_LINKS]:
        what = gettext("Associate: %(kind)s") % {"kind": in_sentence(row.get_kind_display())}
        edge = Edge(key_of(row.nominal), key_of(row.other), what, row.source or gettext(CASE_FILE))
        yield f"a{row.pk}", row.nominal, row.other, edge


@dataclass(frozen=True)
class ShownLink:
    """A link as one reader may see it."""

    link: Link
    one: Shown
    other: Shown
    reasons: list[str]


def show_links(user: User, links: Iterable[Link], perm: Perm) -> list[ShownLink]:
    """Call both ends of links, fetched by `with_ends`, as the reader may know them; all names in one statement."""
    rows = [(link, [end.thing for end in link.ends.all()]) for link in links]
    reasons = reasons_for(user, [link for link, _ in rows])
    namer = Namer(user, [thing for _, things in rows for thing in things], is_bureau=perm == Perm.LINK_INTELLIGENCE)
    return [
        ShownLink(link, namer.show(one), namer.show(other), reasons[link.pk]) for link, (one, other) in rows
    ]


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
    return f"{ground.label}: {reason[1] if is_open else gettext(CLOSED)}"


def drawn(picture: Picture) -> Network:
    """Return where everything of a picture stands in the drawing."""
    names = {key: (each.name, each.sort) for key, each in picture.shown().items()}
    rings = [[each.key for each in step] for step in picture.steps]
    return lay_out(picture.centre.key, rings, names, [(edge.one, edge.other, edge.is_weak) for edge in picture.edges])


def suggested_to(user: User) -> QuerySet[Link]:
    """Return what the system suggests and nobody has decided, newest first."""
    return with_ends(Link.objects.for_user(user, Perm.LINK_INTELLIGENCE).filter(state=LinkState.SUGGESTED)).order_by("-pk")


def links_at(user: User, thing: Any, perm: Perm) -> QuerySet[Link]:
    """Return all links of a thing that the user may see, also those that are suggested, refused or ended."""
    return with_ends(Link.objects.for_user(user, perm).at(thing)).order_by("-pk")


def alike(user: User, kind: str, name: str, postcode: str = "") -> list[Entity]:
    """Return the entities of a kind with a like name or the same postcode: a number, mark or online name is found by itself."""
    if kind in THINGS:
        return []
    rows = entities_for(user).filter(kind=kind).annotate(likeness=TrigramSimilarity("name", name))
    same_place = Q(postcode=postcode) if postcode else Q(pk__in=[])
    return list(rows.filter(Q(likeness__gte=ALIKE) | same_place).order_by("-likeness", "pk")[:OFFERED])


def found_entities(user: User, words: str) -> list[Entity]:
    """Return the entities that words, a number, a mark or a postcode mean."""
    same = Q(name__icontains=words.strip()) | Q(likeness__gte=ALIKE)
    for kind in THINGS:
        with suppress(ValueError):
            same |= Q(kind=kind, value=canonical_value(kind, words))
    with suppress(ValueError):
        same |= Q(postcode=read_postcode(words) or None)
    rows = entities_for(user).annotate(likeness=TrigramSimilarity("name", words)).filter(same)
    return list(rows.order_by("-likeness", "-pk")[:FOUND])


def entities_for(user: User) -> QuerySet[Entity]:
    """Return the entities that stand, newest first."""
    return Entity.objects.for_user(user).standing().order_by("-pk")

