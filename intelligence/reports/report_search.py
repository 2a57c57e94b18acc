"""What a search of reports finds: for the bureau in whole reports, for readers of case files in what was released to them.

Each side has one function of scope, and words are compared, counted and ranked among its rows alone. The rank of a report depends on
nothing but the report itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.urls import reverse

from accounts.access import may
from accounts.permissions import Perm
from intelligence.models import InformationRelease, InformationReport, ReportRoute, ReportSearch, ReportSearchHit
from intelligence.models.information import STATES
from intelligence.rules.report_search import APART, CLOSES, OPENS, pieces, with_marks

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 20
LABELS = dict(STATES)


@dataclass(frozen=True)
class Found:
    """One report that was found, as far as the searcher may read it."""

    reference: str
    url: str
    at: datetime
    state: str
    grade: str
    snippet: list[tuple[str, bool]]
    is_new: bool


@dataclass
class FoundPage:
    """One page of what a search found, the likeliest first; of a search that tells of new results those that were not seen yet."""

    number: int
    page: int
    found: list[Found] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.number // PAGE_SIZE))


def is_of_bureau(user: User) -> bool:
    """Whether the user searches whole reports."""
    return may(user, Perm.VIEW_REPORT)


def whole_reports(user: User) -> QuerySet[InformationReport]:
    """Return the reports that the bureau may read."""
    return InformationReport.objects.for_user(user).annotate(report_key=F("pk"), sent=F("submitted_at"), stands=F("state"))


def released_texts(user: User) -> QuerySet[InformationRelease]:
    """Return the newest text of each report that was released to the user's eyes."""
    later = InformationRelease.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    newest = InformationRelease.objects.for_user(user).filter(~Exists(later))
    return newest.annotate(report_key=F("report"), sent=F("released_at"), stands=F("report__state"))


def rows_for(user: User) -> QuerySet[Any]:
    """Return all rows that the user's searches look through, each with `report_key`, `sent` and `stands`."""
    return whole_reports(user) if is_of_bureau(user) else released_texts(user)


def query_of(text: str) -> SearchQuery:
    """Return what was typed as a query: by English stems, by the words as they are, and with numbers in their one form."""
    typed = {text.translate(APART), with_marks(text)}
    one, *others = (SearchQuery(each, config=config, search_type="websearch") for each in sorted(typed) for config in ("english", "simple"))
    for other in others:
        one |= other
    return one


def matching(user: User, search: ReportSearch) -> QuerySet[Any]:
    """Return the rows that the user may see now and that a search means."""
    asked = Q(index__document=query_of(search.text))
    for name in ("grade_source", "assessment"):
        asked &= Q(**{name: getattr(search, name)}) if getattr(search, name) else Q()
    asked &= Q(stands=search.state) if search.state else Q()
    asked &= Q(sent__date__gte=search.since) if search.since else Q()
    asked &= Q(sent__date__lte=search.until) if search.until else Q()
    return rows_for(user).filter(asked)


def keys_not_told(user: User, search: ReportSearch) -> list[int]:
    """Return the keys of the reports that a kept search finds for its owner now and that it never found before."""
    known = ReportSearchHit.objects.filter(search=search, report=OuterRef("report_key"))
    return list(matching(user, search).filter(~Exists(known)).order_by("report_key").values_list("report_key", flat=True))


def find_reports(user: User, search: ReportSearch, page: int) -> FoundPage:
    """Return one page of what a search finds now. Snippets are made of the rows of the page alone."""
    rows, query = matching(user, search), query_of(search.text)
    number = rows.count()
    shown = FoundPage(number, min(max(1, page), max(1, -(-number // PAGE_SIZE))))
    start = (shown.page - 1) * PAGE_SIZE
    unseen = ReportSearchHit.objects.filter(search=search, report=OuterRef("report_key"), told_at__isnull=False, seen_at__isnull=True)
    ranked = rows.annotate(is_new=Exists(unseen), rank=SearchRank(F("index__document"), query)).order_by("-is_new", "-rank", "-pk")
    order = list(ranked.values_list("pk", "is_new")[start : start + PAGE_SIZE])
    fetched = {row.pk: row for row in with_snippets(rows, query).filter(pk__in=[pk for pk, _ in order])}
    urls = addresses(user, list(fetched.values()))
    for pk, is_new in order:
        row = fetched[pk]
        report = row if isinstance(row, InformationReport) else row.report
        label = LABELS[row.stands] if is_of_bureau(user) else ""
        snippet = pieces(row.snippet)
        shown.found.append(Found(report.reference, urls.get(row.report_key, ""), row.sent, label, row.grade, snippet, is_new))
        shown.keys.append(row.report_key)
    return shown


def with_snippets(rows: QuerySet[Any], query: SearchQuery) -> QuerySet[Any]:
    """Add the places in the text where the words stand."""
    is_whole = rows.model is InformationReport
    said = Func(F("pk"), function="vigil_report_text", output_field=TextField()) if is_whole else F("sanitised")
    text = Func(said, Value("<>"), Value("‹›"), function="translate", output_field=TextField())  # markup would be left out
    marks: dict[str, Any] = {"start_sel": OPENS, "stop_sel": CLOSES, "max_fragments": 2, "max_words": 30, "min_words": 10}
    found = rows.annotate(snippet=SearchHeadline(text, query, config="english", fragment_delimiter=" … ", **marks))
    return found if is_whole else found.select_related("report")


def addresses(user: User, rows: Sequence[Any]) -> dict[int, str]:
    """Return where each report is read: in the bureau, or on the record of somebody whom it concerns."""
    if is_of_bureau(user):
        return {row.report_key: reverse("intelligence:report", args=[row.public_id]) for row in rows}
    routes = ReportRoute.objects.for_user(user).filter(report__in=[row.report_key for row in rows]).exclude(is_about=False)
    told = routes.order_by("-pk").values_list("report", "nominal__reference")
    return {key: reverse("intelligence:information", args=[reference]) for key, reference in told}


def kept_by(user: User) -> list[ReportSearch]:
    """Return the searches that somebody keeps, each with how many results they have not seen, of those that they may see now."""
    is_new = Q(hits__told_at__isnull=False, hits__seen_at__isnull=True, hits__report__in=rows_for(user).values("report_key"))
    return list(ReportSearch.objects.for_user(user).kept().annotate(unseen=Count("hits", filter=is_new)))
