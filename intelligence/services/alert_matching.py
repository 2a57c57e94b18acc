"""Comparing reports from the border with the people on record, as the system: what comes of each, and again when people change."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now

from accounts.errors import DomainError
from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import AlertState
from intelligence.matching import AlertFacts, Candidate, Match, Verdict, match_alerts
from intelligence.models import AlertCandidate, TravelAlert
from intelligence.services.filing import file_alert
from intelligence.services.queues import ask_managers, keep_queue
from offenders.choices import IdentifierKind
from offenders.models import DateOfBirth, Identifier, Name, Nominal
from offenders.search.births import Birth

AT_ONCE = 50  # few: their records are locked meanwhile, and a worker that is killed has done nothing
PEOPLE_AT_ONCE = 500
RIVALS = 10

TAKE_CHANGED = """
DELETE FROM intelligence_changedidentity WHERE nominal_id IN (
    SELECT nominal_id FROM intelligence_changedidentity ORDER BY nominal_id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING nominal_id
"""


def match_received(*, actor: User | None) -> int:
    """Compare every report that waits, in batches that stand each for itself; return how many. Any number of workers may do so at once."""
    total = 0
    while done := match_batch(actor):
        total += done
    return total


@transaction.atomic
def match_batch(actor: User | None) -> int:
    """Compare some reports and store what comes of each. A worker that dies meanwhile leaves them as they were."""
    waiting = TravelAlert.objects.filter(state=AlertState.RECEIVED).order_by("pk")
    alerts = {alert.pk: alert for alert in waiting.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]}
    matches = match_alerts([facts_of(alert) for alert in alerts.values()], today=localdate()) if alerts else []
    for match in in_one_order(matches):
        settle(actor, alerts[match.key], match)
    for unit in sorted({alert.unit_id for alert in alerts.values()}):
        keep_queue(unit)
    return len(alerts)


def facts_of(alert: TravelAlert) -> AlertFacts:
    """Return what a report says, as the comparison takes it."""
    birth = Birth(alert.birth_year, alert.birth_month, alert.birth_day) if alert.birth_year else None
    return AlertFacts(alert.pk, alert.surname, alert.given_names, birth, alert.document_number, alert.nationality, alert.sex)


def in_one_order(matches: Iterable[Match]) -> list[Match]:
    """Sort by the record that may be locked, so that two workers never wait for each other."""
    return sorted(matches, key=lambda match: match.candidates[0].nominal_id if match.candidates else 0)


def settle(actor: User | None, alert: TravelAlert, match: Match) -> None:
    """File the report by itself where that is safe, else leave it to people; the caller holds its lock."""
    known = ruled_out(alert)
    candidates = [each for each in match.candidates if each.nominal_id not in known][:RIVALS]
    keep_candidates(alert, candidates)
    alert.matched_at, alert.threshold_id = now(), match.threshold_id
    if match.verdict == Verdict.FILE and candidates and not known and filed_by_itself(actor, alert, candidates[0]):
        return
    alert.state = AlertState.TRIAGE if candidates else AlertState.NO_MATCH
    alert.version += 1
    alert.save(update_fields=["state", "matched_at", "threshold", "version"])
    record_event(Verb.CHANGED, alert, act=f"Travel alert: {AlertState(alert.state).label.lower()}", candidates=len(candidates))
    ask_managers(alert)


def filed_by_itself(actor: User | None, alert: TravelAlert, candidate: Candidate) -> bool:
    """File to the one candidate; say whether that was possible. A record that cannot take it leaves the report to people."""
    nominal = Nominal.objects.select_related("force", "unit", "offender_manager").get(pk=candidate.nominal_id)
    try:
        with transaction.atomic():
            file_alert(actor=actor, alert=alert, nominal=nominal)
    except DomainError:
        return False
    return True


def ruled_out(alert: TravelAlert) -> set[int]:
    """Return the people of whom somebody said that they are not the traveller."""
    return set(alert.candidates.filter(ruled_out_at__isnull=False).values_list("nominal_id", flat=True))


def keep_candidates(alert: TravelAlert, candidates: Collection[Candidate]) -> None:
    """Store whom the report may be about, best first, in place of an earlier comparison."""
    alert.candidates.filter(ruled_out_at__isnull=True).delete()
    AlertCandidate.objects.bulk_create(
        AlertCandidate(
            alert=alert, nominal_id=each.nominal_id, rank=rank, score=each.score, is_certain=each.is_certain, has_twin=each.has_twin,
            reasons=[{"words": reason.words, "weight": reason.weight} for reason in each.reasons],
        )
        for rank, each in enumerate(candidates, start=1)
    )  # fmt: skip


def compare_again(*, actor: User | None) -> int:
    """Compare people who were added or changed with the reports that matched nobody; return how many went to the queue.

    What is found goes to people and is never filed by itself: the report is old, and somebody should say what was missed.
    """
    total = 0
    while True:
        found = compare_changed(actor)
        if found is None:
            return total
        total += found


@transaction.atomic
def compare_changed(actor: User | None) -> int | None:
    """Take some changed people and compare them; None when nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_CHANGED, [PEOPLE_AT_ONCE])
        people = [key for (key,) in cursor.fetchall()]
    if not people:
        return None
    alerts = {alert.pk: alert for alert in likely_reports(people).select_for_update(of=("self",))}
    matches = match_alerts([facts_of(alert) for alert in alerts.values()], today=localdate(), among=people) if alerts else []
    found = [match for match in in_one_order(matches) if match.candidates]
    for match in found:
        settle(actor, alerts[match.key], match)
    for unit in sorted({alerts[match.key].unit_id for match in found}):
        keep_queue(unit)
    return len(found)


def likely_reports(people: list[int]) -> QuerySet[TravelAlert]:
    """Return the unmatched reports that share a year of birth, a paper or a surname with one of these people."""
    births = DateOfBirth.objects.filter(nominal__in=people, year=OuterRef("birth_year"))
    papers = Identifier.objects.filter(nominal__in=people, kind=IdentifierKind.PASSPORT, value=OuterRef("document_number"))
    surnames = Name.objects.filter(nominal__in=people).annotate(plain=Lower("surname")).filter(plain=Lower(OuterRef("surname")))
    rows = TravelAlert.objects.filter(state=AlertState.NO_MATCH).order_by("pk")
    return rows.filter(Q(Exists(births)) | Q(~Q(document_number="") & Exists(papers)) | Q(Exists(surnames)))
