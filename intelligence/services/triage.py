"""What people decide about reports that could not be filed by themselves. Of two who decide at once, one wins and the other is told."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from actions.services import complete_actions_about
from actions.services.people import People
from actions.services.telling import tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import AlertState
from intelligence.guards.travel import require_alert_unchanged, require_compared, require_free, require_move_of_alert, require_rank_for
from intelligence.models import AlertCandidate, TravelAlert, TravelRecord
from intelligence.services.filing import file_alert, withdraw_record
from intelligence.services.queues import QUEUE_PAGE, ask_managers, close_questions, keep_queue, rule_out_all
from offenders.models import Nominal

NOTHING_TO_COMPARE = gettext_noop(
    "This alert holds neither a name nor a document, so nobody can be found by it. Mark it as one that cannot be used."
)


def lock_alert(alert: TravelAlert, version: int | None = None) -> TravelAlert:
    """Hold a report until the transaction ends."""
    rows = TravelAlert.objects.select_for_update(of=("self",)).select_related("taken_by", "force", "unit", "nominal")
    locked = rows.get(pk=alert.pk)
    require_alert_unchanged(locked, version)
    return locked


@transaction.atomic
def take_alert(*, actor: User, alert: TravelAlert, version: int) -> TravelAlert:
    """Say that one is looking at a report, so that no colleague does so too; also in place of a colleague, who is told."""
    authorise(actor, Perm.TRIAGE_ALERT, alert)
    locked = lock_alert(alert, version)
    if locked.state != AlertState.TRIAGE:
        raise DomainError("This alert does not wait to be looked at.")
    before = locked.taken_by
    locked.taken_by, locked.taken_at = actor, now()
    store(locked, "taken_by", "taken_at")
    record_event(Verb.CHANGED, locked, act="Travel alert taken", before=before.username if before else "")
    if before and before.pk != actor.pk:
        tell(actor=actor, people=[before], text=gettext_noop("A colleague took over a travel alert from you."), route=QUEUE_PAGE)
    return locked


def store(alert: TravelAlert, *fields: str) -> TravelAlert:
    """Store these columns and count the version up."""
    alert.version += 1
    alert.save(update_fields=[*fields, "version"])
    return alert


def hold_to_decide(actor: User, alert: TravelAlert, version: int | None, state: AlertState) -> TravelAlert:
    """Ask whether the actor may, hold the report, and check that it can go there."""
    authorise(actor, Perm.TRIAGE_ALERT, alert)
    locked = lock_alert(alert, version)
    require_compared(locked)
    require_move_of_alert(locked, state)
    require_free(locked, actor)
    require_rank_for(locked, actor)
    return locked


@transaction.atomic
def file_to_person(*, actor: User, alert: TravelAlert, nominal: Nominal, version: int, reason: str = "") -> TravelRecord:
    """Say that this is the person: the report goes on their foreign-travel record."""
    locked = hold_to_decide(actor, alert, version, AlertState.FILED)
    authorise(actor, Perm.VIEW_CARD, nominal)
    locked.reason = reason
    record = file_alert(actor=actor, alert=locked, nominal=nominal)
    after_decision(locked)
    return record


@transaction.atomic
def answer_for_person(*, actor: User, candidate: AlertCandidate, is_person: bool, reason: str) -> TravelRecord | None:
    """The manager of a likely person says whether it is theirs. For people whom the queue may not know of."""
    authorise(actor, Perm.CHANGE_RECORD, candidate.nominal)
    locked = lock_alert(candidate.alert)
    if not locked.candidates.filter(pk=candidate.pk, ruled_out_at__isnull=True).exists() or locked.state != AlertState.TRIAGE:
        raise DomainError("This alert was dealt with meanwhile.")
    outcome = "It is the person" if is_person else "It is somebody else"
    complete_actions_about(actor=actor, subject=candidate, outcome=outcome)
    if is_person:
        locked.reason = reason
        record = file_alert(actor=actor, alert=locked, nominal=candidate.nominal)
        after_decision(locked)
        return record
    AlertCandidate.objects.filter(pk=candidate.pk).update(ruled_out_at=now(), ruled_out_by=actor)
    record_event(Verb.CHANGED, candidate, reason=reason, act="Not the person of a travel alert")
    return None


def known_candidates(alert: TravelAlert, user: User) -> QuerySet[AlertCandidate]:
    """Return the people beside a report of whom this user may know."""
    return AlertCandidate.objects.for_user(user).filter(alert=alert, ruled_out_at__isnull=True)


@transaction.atomic
def set_aside(*, actor: User, alert: TravelAlert, version: int, reason: str) -> TravelAlert:
    """Say that this is nobody on record, as far as the actor can know; these pairs never come back."""
    locked = hold_to_decide(actor, alert, version, AlertState.NOT_OURS)
    rule_out_all(locked, actor)
    return decide(locked, actor, AlertState.NOT_OURS, reason)


@transaction.atomic
def refuse_alert(*, actor: User, alert: TravelAlert, version: int, reason: str) -> TravelAlert:
    """Say that a report cannot be used."""
    locked = hold_to_decide(actor, alert, version, AlertState.REJECTED)
    locked.problem = reason
    return decide(locked, actor, AlertState.REJECTED, reason)


def decide(alert: TravelAlert, actor: User, state: AlertState, reason: str) -> TravelAlert:
    """Store a decision that puts the report on no record."""
    alert.state, alert.reason, alert.decided_by, alert.decided_at = state, reason, actor, now()
    alert.taken_by = alert.taken_at = None
    alert.needs_supervisor = False
    store(alert, "state", "problem", "reason", "decided_by", "decided_at", "taken_by", "taken_at", "needs_supervisor")
    record_event(Verb.CHANGED, alert, reason=reason, act=f"Travel alert: {state.label.lower()}")
    after_decision(alert)
    return alert


def after_decision(alert: TravelAlert) -> None:
    """Move the queue on."""
    close_questions(alert)
    keep_queue(alert.unit_id)


@transaction.atomic
def ask_supervisor(*, actor: User, alert: TravelAlert, version: int, reason: str) -> TravelAlert:
    """Say that one is not sure: the report stays in the queue for the supervisors, who are told."""
    authorise(actor, Perm.TRIAGE_ALERT, alert)
    locked = lock_alert(alert, version)
    require_free(locked, actor)
    if locked.state != AlertState.TRIAGE or locked.needs_supervisor:
        raise DomainError("This alert waits for a supervisor already, or was dealt with.")
    locked.needs_supervisor, locked.reason, locked.taken_by, locked.taken_at = True, reason, None, None
    store(locked, "needs_supervisor", "reason", "taken_by", "taken_at")
    record_event(Verb.CHANGED, locked, reason=reason, act="Travel alert: a supervisor is asked")
    supervisors = People().leads(Action(unit=locked.unit))
    tell(actor=actor, people=supervisors, text=gettext_noop("A colleague is not sure about a travel alert."), route=QUEUE_PAGE)
    return locked


@transaction.atomic
def bring_back(*, actor: User, alert: TravelAlert, version: int, reason: str) -> TravelAlert:
    """Bring a report to the queue: off a record that was the wrong one, or because it was set aside or left unmatched in error."""
    authorise(actor, Perm.TRIAGE_ALERT, alert)
    locked = lock_alert(alert, version)
    require_compared(locked)
    require_move_of_alert(locked, AlertState.TRIAGE)
    if locked.state == AlertState.REJECTED and not (locked.surname or locked.document_number):
        raise DomainError(NOTHING_TO_COMPARE)
    for record in live_records(locked):
        withdraw_record(actor=actor, record=record, reason=reason)
    locked.state, locked.nominal, locked.problem, locked.reason = AlertState.TRIAGE, None, "", reason
    locked.decided_by = locked.decided_at = None
    store(locked, "state", "nominal", "problem", "reason", "decided_by", "decided_at")
    record_event(Verb.CHANGED, locked, reason=reason, act="Travel alert brought back to the queue")
    ask_managers(locked)
    keep_queue(locked.unit_id)
    return locked


def live_records(alert: TravelAlert) -> list[TravelRecord]:
    """Hold the crossing that a report stands as on a record, if it does."""
    rows = TravelRecord.objects.select_for_update(of=("self",)).select_related("alert", "nominal")
    return list(rows.filter(alert=alert, withdrawn_at__isnull=True))
