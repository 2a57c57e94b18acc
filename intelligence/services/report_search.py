"""Searching reports as an act that leaves a trace, and the searches that people keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event, record_read
from intelligence.models import ReportSearch, ReportSearchHit
from intelligence.reports.report_search import FoundPage, find_reports, keys_not_told

ROWS = "intelligence.informationreport"
FILTERS = ("state", "grade_source", "assessment", "since", "until")


@transaction.atomic
def save_report_search(
    *,
    actor: User,
    text: str,
    state: str = "",
    grade_source: int | None = None,
    assessment: str = "",
    since: date | None = None,
    until: date | None = None,
) -> ReportSearch:
    """Keep what was typed for some hours, so that the address of the results holds a token only."""
    authorise(actor, Perm.VIEW_CASE_FILE)
    return ReportSearch.objects.create(
        user=actor, text=text, state=state, grade_source=grade_source, assessment=assessment, since=since, until=until
    )


@transaction.atomic
def run_report_search(*, actor: User, search: ReportSearch, page: int = 1) -> FoundPage:
    """Search with the rights of this moment, and write down what was asked and what was shown; what was shown is new no longer."""
    authorise(actor, Perm.VIEW_CASE_FILE, search)
    result = find_reports(actor, search, page)
    asked = {name: str(value) for name in FILTERS if (value := getattr(search, name))}
    record_read(Verb.SEARCHED, rows=ROWS, terms=search.text, filter=asked, ids=result.keys)
    if search.name:
        ReportSearch.objects.filter(pk=search.pk).update(opened_at=now())
        search.hits.filter(report__in=result.keys, seen_at__isnull=True).update(seen_at=now())
    return result


def lock_search(actor: User, search: ReportSearch) -> ReportSearch:
    """Hold one of the actor's own searches until the transaction ends."""
    locked = ReportSearch.objects.for_user(actor).select_for_update(of=("self",)).select_related("user").filter(pk=search.pk).first()
    if locked is None:
        raise NotPermitted(Perm.VIEW_CASE_FILE)
    return locked


@transaction.atomic
def keep_report_search(*, actor: User, search: ReportSearch, name: str, tells: bool) -> ReportSearch:
    """Keep a search under a name, or change how it is kept. Whoever wants to be told of new results is not told of those of today."""
    locked = lock_search(actor, search)
    others = ReportSearch.objects.for_user(actor).kept().exclude(pk=locked.pk)
    if not name.strip():
        raise DomainError("Enter a name.", field="name")
    if others.filter(name=name.strip()).exists():
        raise DomainError("You keep another search under this name. Choose another.", field="name")
    if not locked.name and others.count() >= ReportSearch.MOST_KEPT:
        raise DomainError("You keep {most} searches. Delete one of them first.", most=ReportSearch.MOST_KEPT, field="name")
    if tells and not locked.tells:
        note_hits(locked, keys_not_told(actor, locked))
    locked.name, locked.tells = name.strip(), tells
    locked.save(update_fields=["name", "tells"])
    record_event(Verb.CHANGED, locked, act="Search of reports kept", tells=tells)
    return locked


def note_hits(search: ReportSearch, keys: Sequence[int], **values: Any) -> None:
    """Note that a search has found these reports."""
    rows = [ReportSearchHit(search=search, report_id=key, **values) for key in keys]
    ReportSearchHit.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def delete_report_search(*, actor: User, search: ReportSearch) -> None:
    """Forget a search with all that it has found."""
    locked = lock_search(actor, search)
    record_event(Verb.CHANGED, locked, act="Search of reports deleted")
    locked.delete()


def delete_old_report_searches() -> int:
    """Forget the searches that cannot be opened any more; return how many rows went."""
    return int(ReportSearch.objects.filter(ReportSearch.objects.all().too_old()).delete()[0])
