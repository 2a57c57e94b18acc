"""Bringing a report that was sent to whom it concerns: done by the system, later and in nobody's name, so that its author learns nothing.

The managers of the people named have an action until somebody has taken the report. Names and numbers in its words are looked up as nobody
in particular could: whoever manages a person that they mean is told quietly. Contacts with whoever gave it are counted by digests.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from intelligence.choices.information import Doer
from intelligence.guards.information import require_reason
from intelligence.models import InformationReport, ReportRoute, SourceReview, Suggestion
from intelligence.reports.practice import contact_limit_on, suggestions_on
from intelligence.rules.information import names_in
from offenders.models import Nominal
from offenders.search import find_as_system

TAKE, SUGGESTED, REVIEW = "report-taken", "report-suggestion", "source-review"
PAGE = "intelligence:information"
TITLES = {True: gettext_noop("Take an intelligence report"), False: gettext_noop("An intelligence report may be about this record")}


def route_reports(*, actor: User | None) -> int:
    """Bring every report that waits for it; return how many. Twice brings nothing twice."""
    waiting = InformationReport.objects.filter(submitted_at__isnull=False, routed_at__isnull=True)
    keys = list(waiting.order_by("submitted_at").values_list("pk", flat=True))
    with acting_as(actor):
        return sum(route_report(actor=actor, key=key) for key in keys)


@transaction.atomic
def route_report(*, actor: User | None, key: int) -> bool:
    """Bring one report; False when another worker has it or has done it."""
    rows = InformationReport.objects.filter(pk=key, routed_at__isnull=True).select_for_update(of=("self",), skip_locked=True)
    report = rows.select_related("force", "author").first()
    if report is None:
        return False
    named = {subject.nominal_id for subject in report.subjects.all() if subject.nominal_id}
    concerned = Nominal.objects.filter(pk__in=named | meant_by(report)).select_related("force", "unit", "offender_manager")
    for nominal in concerned.order_by("pk"):
        bring(actor, report, nominal, is_named=nominal.pk in named)
    suggested = suggestions_on(localdate(report.submitted_at))
    for question in report.accepted:
        raise_suggested(actor, report, suggested[question])
    review_giver(actor, report)
    report.routed_at = now()
    report.save(update_fields=["routed_at"])
    return True


def meant_by(report: InformationReport) -> set[int]:
    """Return the keys of the records that words of the report surely mean."""
    subjects = list(report.subjects.all())
    texts = [report.original, *(f"{subject.called} {subject.words}" for subject in subjects)]
    called = [subject.called for subject in subjects if subject.called]
    return find_as_system(names=dict.fromkeys([*called, *(name for text in texts for name in names_in(text))]), texts=texts)


def bring(actor: User | None, report: InformationReport, nominal: Nominal, *, is_named: bool) -> None:
    """Give a report to whoever manages a person, with a clock until it is taken."""
    route, is_new = ReportRoute.objects.get_or_create(report=report, nominal=nominal, defaults={"is_named": is_named})
    if is_new:
        raise_action(
            actor=actor, kind=TAKE, title=TITLES[is_named],
            owner=Owner(user=nominal.offender_manager), nominal=nominal, subject=route, route=PAGE, rule=TAKE, key=f"{TAKE}-{route.pk}",
            starts_at=report.submitted_at,
        )  # fmt: skip


def raise_suggested(actor: User | None, report: InformationReport, suggestion: Suggestion) -> None:
    """Raise what the author accepted, with whoever should do it."""
    title = f"Intelligence: {suggestion.words[0].lower()}{suggestion.words[1:]}"
    common: dict[str, Any] = {"actor": actor, "kind": SUGGESTED, "title": title, "rule": SUGGESTED}
    private: dict[str, Any] = {"force": report.force, "key": f"{SUGGESTED}-{report.pk}-{suggestion.question}", "is_private": True}
    managed = [subject.nominal for subject in report.subjects.select_related("nominal__offender_manager") if subject.nominal]
    if suggestion.doer == Doer.AUTHOR:
        raise_action(**common, **private, owner=Owner(user=report.author), route="intelligence:report-list")
    elif suggestion.doer == Doer.MANAGER and managed:
        for nominal in managed:
            key = f"{private['key']}-{nominal.pk}"
            raise_action(**common, owner=Owner(user=nominal.offender_manager), nominal=nominal, route=PAGE, key=key)
    else:
        raise_action(**common, **private, owner=Owner(role=Role.INTELLIGENCE), route="intelligence:report-queue")


def review_giver(actor: User | None, report: InformationReport) -> None:
    """Let the database count the contacts with whoever gave it; a review that it opens waits for the bureau, without a word of why."""
    limit = contact_limit_on(localdate(report.submitted_at))
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigil_review_giver(%s, %s::interval, %s)", [report.pk, f"{limit.days} days", limit.contacts])
        (opened,) = cursor.fetchone()
    if opened:
        raise_action(
            actor=actor, kind=REVIEW, title=gettext_noop("A confidential matter of the bureau waits"), owner=Owner(role=Role.INTELLIGENCE),
            force=report.force, subject=SourceReview(pk=opened), route="intelligence:source-reviews", rule=REVIEW, key=f"{REVIEW}-{opened}",
            is_private=True,
        )  # fmt: skip


@transaction.atomic
def take_route(*, actor: User, route: ReportRoute, did: str, is_about: bool = True) -> ReportRoute:
    """Say for a person's record that the report is taken: whether it is about this person, and what was or will be done."""
    authorise(actor, Perm.CHANGE_RECORD, route)
    locked = ReportRoute.objects.select_for_update(of=("self",)).get(pk=route.pk)
    if locked.taken_at:
        raise StaleRecord("Somebody has taken this report already. Open the page again to see what they did.")
    require_reason(did, "did")
    locked.did, locked.is_about, locked.taken_by, locked.taken_at = did, is_about, actor, now()
    locked.save(update_fields=["did", "is_about", "taken_by", "taken_at"])
    record_event(Verb.CHANGED, locked, act="Intelligence report taken", about=is_about)
    complete_actions_about(actor=actor, subject=locked, kind=TAKE, outcome="Taken")
    return locked
