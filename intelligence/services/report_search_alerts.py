"""Telling people that a search of reports that they keep has new results: found with their rights of that moment, told once of each report.

The notice says nothing but that there are some. The list is made again, with the rights of whoever opens it, when it is opened.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.services import tell
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from intelligence.models import ReportSearch
from intelligence.reports.report_search import keys_not_told
from intelligence.services.report_search import ROWS, note_hits

PAGE = "intelligence:report-searches"


def tell_of_new_results(*, actor: User | None) -> int:
    """Run every search that tells; return how many new results there were. Twice, or twice at once, tells nothing twice."""
    with acting_as(actor):
        keys = list(ReportSearch.objects.telling().order_by("pk").values_list("pk", flat=True))
        return sum(run_again(actor=actor, key=key) for key in keys)


@transaction.atomic
def run_again(*, actor: User | None, key: int) -> int:
    """Run one search for its owner and tell them that something is new; nothing while another worker has it."""
    rows = ReportSearch.objects.telling().filter(pk=key).select_for_update(of=("self",), skip_locked=True)
    search = rows.select_related("user").first()
    new = keys_not_told(search.user, search) if search else []
    if search is None or not new:
        return 0
    note_hits(search, new, told_at=now())
    record_event(Verb.SEARCHED, search, act="New results of a kept search told", owner=search.user_id, rows=ROWS, ids=new)
    tell(actor=actor, people=[search.user], text=gettext_noop("Your saved search has new results"), route=PAGE)
    return len(new)
