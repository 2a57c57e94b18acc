"""Answers one question: who may be meant, in which order, and why."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from accounts.replica import from_replica
from offenders.choices import IdentifierKind
from offenders.models import Identifier, Name, Nominal
from offenders.search.births import EQUAL as EQUAL_BIRTHS
from offenders.search.candidates import find_candidates
from offenders.search.query import MOST_QUERY_WORDS, Query, read_numbers, read_query
from offenders.search.ranking import BIRTH, POOR, Scored, explain, rank
from offenders.search.spellings import Group, add_lookalikes, find_spellings
from offenders.search.words import without_particles, words_of
from ui.languages import StrOrPromise
from ui.templatetags.ui import uk_date

if TYPE_CHECKING:
    from accounts.models import User
    from offenders.querysets import NominalQuerySet

SHOWN = 20
SURE = 2.0  # a number that is equal outranks every name
CLOSE = 0.85  # so near the first that nothing tells them apart
EQUAL = 0.95  # every word of the name is there as it was written, or but for one slip in a long one
TELLING = 3  # more people of one name than this, and the name alone means nobody
# What a search in another spelling surely means, for quiet notices: wrong ones would teach managers to pass them over. A name of two words
# or more reaches NEARLY with a slip of the keyboard or two; one that only sounds alike, or a short form, may be another person's. Beside
# the whole date of birth, which few share, ALIKE is enough: one of two words as it is written. Measured by hand on names long and short.
NEARLY, ALIKE = 0.9, 0.5
SLIPS = frozenset({"equal", "spelling", "written apart", "written together"})
BEHIND_FIRST = 0.02  # somebody who fits better is whom the searcher meant
MARKER_REASON = _("A person who matches what you searched for")


@dataclass(frozen=True)
class Hit:
    """One person found. Of a record whose card the searcher may not read it holds the marker and nothing of the person."""

    nominal: Nominal
    reasons: list[StrOrPromise]
    score: float
    is_marker_only: bool
    name: str = ""
    line: dict[str, Any] = field(default_factory=dict)  # what with_line read

    @property
    def goes_by(self) -> Name | None:
        """The name that the record goes by."""
        known = self.line.get("name")
        return Name(**known) if known else None

    @property
    def birth(self) -> tuple[int, int | None, int | None] | None:
        """The date of birth that the record goes by, as far as it is known."""
        known = self.line.get("birth")
        return tuple(known) if known else None

    @property
    def level(self) -> int | None:
        """The level of risk today."""
        return self.line.get("level")

    # What the page says of somebody, put together here: a template that does it for twenty people takes longer than finding them.

    @property
    def listed_name(self) -> str:
        """The name that the record goes by, surname first."""
        name = self.goes_by
        return name.listed_name if name else gettext("Name not recorded")

    @property
    def facts(self) -> str:
        """When the person was born, and who holds the record."""
        said = gettext("%(reference)s. Managed by %(manager)s, %(unit)s, %(force)s.")
        if self.birth:
            said = gettext("Born %(day)s. %(reference)s. Managed by %(manager)s, %(unit)s, %(force)s.")
        manager, unit, force = self.nominal.offender_manager.display_name, self.nominal.unit.name, self.nominal.force.name
        parts = {"day": uk_date(self.birth), "reference": self.nominal.reference, "manager": manager, "unit": unit, "force": force}
        return said % parts

    @property
    def why(self) -> str:
        """Why the person is there."""
        why = "; ".join(map(str, self.reasons))
        return gettext("Matched on the name %(name)s: %(why)s") % {"name": self.name, "why": why} if self.name else why


@dataclass
class SearchResult:
    """The answer: `exact` when a number names one person, `too_many` when one more detail is needed."""

    hits: list[Hit] = field(default_factory=list)
    exact: bool = False
    too_many: bool = False


@dataclass
class Found:
    """One person before the records are fetched."""

    nominal_id: int
    score: float
    reasons: list[StrOrPromise]
    name: str = ""


@from_replica
def find_nominals(*, user: User, text: str, today: date) -> SearchResult:
    """Search for what somebody typed, among the records that they may know of; ValueError says what is wrong with it."""
    query = read_query(text, today)
    known = Nominal.objects.for_user(user, Perm.VIEW_MARKER)
    by_number = find_by_number(known, query)
    by_name = find_by_name(known, query)
    numbered = {found.nominal_id for found in by_number}
    found = [*by_number, *(person for person in by_name if person.nominal_id not in numbered)]
    hits = fetch_hits(user, found[:SHOWN], today)
    return SearchResult(hits, exact=query.is_number and len(found) == 1, too_many=is_too_many(found))


def is_too_many(found: list[Found]) -> bool:
    """Say whether more people were found than are shown, and nothing sets the first ones apart."""
    return len(found) > SHOWN and found[SHOWN].score >= CLOSE * found[0].score


def find_as_system(*, names: Iterable[str], texts: Iterable[str]) -> set[int]:
    """Return the keys of records that names or numbers surely mean, whoever may know of them: for quiet notices, never for a page.

    A name counts when all its words (two or more) are equal but for one slip, and so few records bear it that it tells something.
    """
    everybody = Nominal.objects.standing()
    found = {person.nominal_id for text in texts for person in find_by_number(everybody, read_numbers(text))}
    for name in names:
        words = without_particles(words_of(name)[:MOST_QUERY_WORDS])
        people = [person for person in find_by_name(everybody, Query(words=words)) if person.score >= EQUAL] if len(words) > 1 else []
        found |= {person.nominal_id for person in people} if len(people) <= TELLING else set()
    return found


def find_meant(text: str, today: date) -> set[int]:
    """Return the keys of records that a search in whatever spelling surely meant, whoever may know of them: for quiet notices only."""
    try:
        query = read_query(text, today)
    except ValueError:
        return set()
    everybody = Nominal.objects.standing()
    people, _groups = likely_people(everybody, query)
    meant = {person.candidate.nominal_id for person in people if is_meant(person, people[0].score, query)}
    return {found.nominal_id for found in find_by_number(everybody, query)} | (meant if len(meant) <= TELLING else set())


def is_meant(person: Scored, best: float, query: Query) -> bool:
    """Whether nobody fits better, and the name fits nearly, or well enough beside a whole date of birth that is equal."""
    name, agreement = person.score - BIRTH * person.agreement.weight, person.agreement
    if not query.words or person.score < best - BEHIND_FIRST:
        return False
    if agreement == EQUAL_BIRTHS[3]:
        return name >= ALIKE
    is_slip = all(match and match.how in SLIPS for match in person.found) and sum(len(word) > 1 for word in query.words) > 1
    return is_slip and name >= NEARLY and agreement.weight >= 0


def find_by_number(known: NominalQuerySet, query: Query) -> list[Found]:
    """Return the people with one of these references or numbers, among records that may be known."""
    if not (query.references or query.numbers):
        return []
    referred = known.filter(reference__in=query.references).order_by("pk").values_list("pk", flat=True)
    reasons: dict[int, list[StrOrPromise]] = {pk: [_("Reference equal")] for pk in referred}
    for pk in known.filter(merged_records__reference__in=query.references).order_by("pk").values_list("pk", flat=True):
        reasons.setdefault(pk, []).append(_("Reference of a record that was merged into it"))
    same = Q(pk__in=[])
    for kind, value in query.numbers:
        same |= Q(kind=kind, value=value)
    for pk, kind in Identifier.objects.filter(same, nominal__in=known).order_by("nominal", "kind").values_list("nominal", "kind"):
        reasons.setdefault(pk, []).append(format_lazy(_("{number} equal"), number=IdentifierKind(kind).label))
    return [Found(pk, SURE, said) for pk, said in reasons.items()]


def find_by_name(known: NominalQuerySet, query: Query) -> list[Found]:
    """Return the people with such a name, such a date of birth, or both; look again more widely when nothing good comes."""
    people, groups = likely_people(known, query)
    return [found_person(person, groups) for person in people[: SHOWN + 1]]


def likely_people(known: NominalQuerySet, query: Query) -> tuple[list[Scored], list[Group]]:
    """Return everybody whose name or date of birth fits, the likeliest first, and what each word may stand for."""
    if not (query.words or query.birth):
        return [], []
    groups = find_spellings(query.words)
    people = rank(find_candidates(known, groups, query.birth), groups, query.birth)
    if query.words and (not people or people[0].score < POOR):
        add_lookalikes(groups)
        people = rank(find_candidates(known, groups, query.birth), groups, query.birth)
    return people, groups


def found_person(person: Scored, groups: list[Group]) -> Found:
    """Put one ranked person into words."""
    name = f"{person.candidate.given_names} {person.candidate.surname}".strip()
    return Found(person.candidate.nominal_id, person.score, explain(person, groups), name if groups else "")


def fetch_hits(user: User, found: list[Found], today: date) -> list[Hit]:
    """Fetch the records in one statement: the lines of those to be read, and the markers of the others."""
    keys = [person.nominal_id for person in found]
    if not keys:
        return []
    readable = Nominal.objects.for_user(user, Perm.VIEW_CARD).filter(pk__in=keys)
    known = Nominal.objects.for_user(user, Perm.VIEW_MARKER).filter(pk__in=keys).with_line(today, readable).in_bulk()
    return [make_hit(known[person.nominal_id], person) for person in found if person.nominal_id in known]


def make_hit(nominal: Any, person: Found) -> Hit:
    """Put together what may be shown of one person."""
    if nominal.line is None:
        return Hit(nominal, [MARKER_REASON], person.score, is_marker_only=True)
    return Hit(nominal, person.reasons, person.score, is_marker_only=False, name=person.name, line=nominal.line)
