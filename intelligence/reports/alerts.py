"""A report from the border side by side with people on record, in words: the same, differs, not known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from accounts.permissions import Perm
from actions.reports import RuleBook, Work
from actions.rules import Due, reckon, standing_of
from intelligence.choices.travel import AlertState
from intelligence.models import AlertCandidate, TravelAlert
from intelligence.services.queues import QUEUE, QUEUE_PAGE
from offenders.choices import IdentifierKind
from offenders.models import DateOfBirth, Description, Identifier, Name
from offenders.search.words import words_of
from ui.templatetags.ui import uk_date

SHOWN_OF_NUMBER = 4
NEVER = datetime.max.replace(tzinfo=UTC)
SAME, IN_PART, DIFFERS, UNKNOWN = (
    gettext_noop("Same"), gettext_noop("Same as far as known"), gettext_noop("Differs"), gettext_noop("Not known"),
)  # fmt: skip


class Fact(NamedTuple):
    """One line of a comparison."""

    label: str
    reported: str
    held: str
    verdict: str


class Person(NamedTuple):
    """Somebody a report may be about, line by line."""

    candidate: AlertCandidate
    facts: list[Fact]
    percent: int


def masked(number: str, whole: bool = False) -> str:
    """Return the number of a document with all but its last characters hidden."""
    return number if whole or len(number) <= SHOWN_OF_NUMBER else "•" * (len(number) - SHOWN_OF_NUMBER) + number[-SHOWN_OF_NUMBER:]


def dues_of(alerts: Sequence[TravelAlert]) -> list[Due]:
    """Return when each report must have been looked at, with the steps; the rules are read once."""
    book = RuleBook.of([QUEUE], localdate())
    return [due_of(alert.received_at, alert.force.nation, book) for alert in alerts]


def due_of(received_at: datetime, nation: str, book: RuleBook) -> Due:
    """Return when a report that came then must have been looked at."""
    rule = book.rule_for(QUEUE, localdate(received_at))
    return reckon(received_at, rule.length, book.holidays_in(nation)) if rule.length else Due(None)


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how many reports wait for those who look at them, how many are late, and how the oldest stands.

    What came earlier is late earlier, so few of thousands are reckoned.
    """
    waiting = TravelAlert.objects.for_user(user, Perm.TRIAGE_ALERT).filter(state=AlertState.TRIAGE).order_by("received_at")
    came = list(waiting.values_list("received_at", flat=True))
    if not came:
        return []
    book, nation = RuleBook.of([QUEUE], localdate(now)), user.organisation.nation
    late = bisect_right(came, now, key=lambda moment: due_of(moment, nation, book).late_from or NEVER)
    oldest = standing_of(due_of(came[0], nation, book).late_from, now)
    return [Work(gettext("Travel alerts, the oldest %(oldest)s") % {"oldest": oldest.words}, len(came), late, reverse(QUEUE_PAGE))]


def compare_facts(alert: TravelAlert, candidates: Sequence[AlertCandidate], *, whole: bool) -> list[Person]:
    """Return each person beside the report; what is held is read in one statement of each kind for all of them."""
    keys = [each.nominal_id for each in candidates]
    names, births, papers, looks = held_names(keys), held_births(keys), held_papers(keys), held_sexes(keys)
    return [
        Person(
            each,
            [
                name_fact(gettext("Surname"), alert.surname, [name.surname for name in names.get(each.nominal_id, [])]),
                name_fact(gettext("Given names"), alert.given_names, [name.given_names for name in names.get(each.nominal_id, [])]),
                birth_fact(alert, births.get(each.nominal_id, [])),
                paper_fact(alert.document_number, papers.get(each.nominal_id, []), whole=whole),
                plain_fact(gettext("Sex"), alert.sex, looks.get(each.nominal_id, "")),
            ],
            round(100 * each.score),
        )
        for each in candidates
    ]


def held_names(keys: list[int]) -> dict[int, list[Name]]:
    """Return all names of each."""
    found: dict[int, list[Name]] = {}
    for name in Name.objects.filter(nominal__in=keys).order_by("nominal", "-kind", "pk"):
        found.setdefault(name.nominal_id, []).append(name)
    return found


def held_births(keys: list[int]) -> dict[int, list[tuple[int, int | None, int | None]]]:
    """Return all dates of birth of each."""
    found: dict[int, list[tuple[int, int | None, int | None]]] = {}
    rows = DateOfBirth.objects.filter(nominal__in=keys).order_by("-is_primary", "pk")
    for key, year, month, day in rows.values_list("nominal", "year", "month", "day"):
        found.setdefault(key, []).append((year, month, day))
    return found


def held_papers(keys: list[int]) -> dict[int, list[str]]:
    """Return the passport numbers of each."""
    found: dict[int, list[str]] = {}
    for key, value in Identifier.objects.filter(nominal__in=keys, kind=IdentifierKind.PASSPORT).values_list("nominal", "value"):
        found.setdefault(key, []).append(value)
    return found


def held_sexes(keys: list[int]) -> dict[int, str]:
    """Return the sex of each, where it is known."""
    return dict(Description.objects.filter(nominal__in=keys).exclude(sex="unknown").values_list("nominal", "sex"))


def verdict_on(reported: object, held: Sequence[object], *, is_same: bool) -> str:
    """Word a comparison; what one side does not say is not a difference."""
    if not reported or not any(held):
        return UNKNOWN
    return SAME if is_same else DIFFERS


def name_fact(label: str, reported: str, held: list[str]) -> Fact:
    """Compare a part of a name with every such part on record, in plain letters."""
    is_same = any(words_of(reported) == words_of(each) for each in held)
    return Fact(label, reported, ", ".join(dict.fromkeys(filter(None, held))), verdict_on(reported, held, is_same=is_same))


def birth_fact(alert: TravelAlert, held: list[tuple[int, int | None, int | None]]) -> Fact:
    """Compare the date of birth with every one on record."""
    reported = (alert.birth_year, alert.birth_month, alert.birth_day) if alert.birth_year else None
    words = ", ".join(uk_date(each) for each in held)
    verdict = verdict_on(reported, held, is_same=reported in held)
    if verdict == DIFFERS and any(is_in_part(reported, each) for each in held):
        verdict = IN_PART
    return Fact(gettext("Date of birth"), uk_date(reported), words, verdict)


def is_in_part(reported: Sequence[int | None], held: Sequence[int | None]) -> bool:
    """Whether two dates agree in all that both of them say."""
    return all(one == other for one, other in zip(reported, held, strict=True) if one and other)


def paper_fact(number: str, held: list[str], *, whole: bool) -> Fact:
    """Compare the number of the document."""
    shown = ", ".join(masked(each, whole) for each in held)
    return Fact("Passport", masked(number, whole), shown, verdict_on(number, held, is_same=number in held))


def plain_fact(label: str, reported: str, held: str) -> Fact:
    """Compare one word."""
    return Fact(label, reported.capitalize(), held.capitalize(), verdict_on(reported, [held], is_same=reported == held))
