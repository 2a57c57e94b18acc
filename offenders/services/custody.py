"""Licence, recall and custody: each step is recorded once, starts the next clock, and shows on the card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.cards import FOR_LIFE
from offenders.choices.custody import CustodyKind, LicenceKind, RecallKind, RecallState
from offenders.choices.registration import DutyKind
from offenders.guards import require_unchanged
from offenders.guards.custody import require_no_overlap, require_no_running_recall, require_past, require_recall_move
from offenders.models import Custody, Licence, Nominal, OperationalFacts, Recall
from offenders.services.assessment_dues import ask_for_assessment
from offenders.services.duties import create_duty, must_notify
from offenders.services.records import lock_nominal
from offenders.services.visits_due import renew_visit

ONE_DAY = timedelta(days=1)
ARREST, REVOKE, REASSESS, PREPARE_RELEASE = "recall-arrest", "recall-revocation", "recall-assessment", "release"
LICENCE_OVERLAPS = gettext_noop("These days overlap a licence from {first} to {last}. End that one first, or choose other days.")
OPEN_LICENCE_OVERLAPS = gettext_noop(
    "These days overlap a licence from {first} until further notice. End that one first, or choose other days."
)
CUSTODY_OVERLAPS = gettext_noop("These days overlap a time in custody from {first} to {last}. End that one first, or choose other days.")
OPEN_CUSTODY_OVERLAPS = gettext_noop(
    "These days overlap a time in custody from {first} until further notice. End that one first, or choose other days."
)


def period_of(starts_on: date, last_day: date | None) -> DateRange:
    """Return the period of days from the first to the last, both included."""
    if last_day is not None and last_day < starts_on:
        raise DomainError("The last day must not be before the first day.", field="ends_on")
    return DateRange(starts_on, last_day + ONE_DAY if last_day else None)


def show_on_card(nominal: Nominal) -> None:
    """Put the licence of today, or that there is none, on the card."""
    today = localdate()
    licence = Licence.objects.filter(nominal=nominal, period__contains=today).first()
    facts, _ = OperationalFacts.objects.get_or_create(nominal=nominal)
    facts.on_licence_until = licence.last_day or FOR_LIFE if licence else None
    facts.licence_contact = contact_of(licence) if licence else ""
    facts.version += 1
    facts.save(update_fields=["on_licence_until", "licence_contact", "version"])


def contact_of(licence: Licence) -> str:
    """Return whom in probation to tell, what and on which number, short enough for the card."""
    nights = licence.out_of_hours_phone and f", nights {licence.out_of_hours_phone}"
    return f"{licence.probation_manager}, {licence.probation_phone}{nights}. {licence.tell_probation}"[:200]


@transaction.atomic
def add_licence(
    *, actor: User, nominal: Nominal, kind: LicenceKind | str, starts_on: date, ends_on: date | None = None, **details: Any
) -> Licence:
    """Record a licence; from its first day its contact stands on the card. `ends_on` is its last day."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    period = period_of(starts_on, ends_on)
    require_no_overlap(list(locked.licences.filter(period__overlap=period)), LICENCE_OVERLAPS, OPEN_LICENCE_OVERLAPS)
    licence = Licence.objects.create(nominal=locked, kind=kind, period=period, recorded_by=actor, **details)
    show_on_card(locked)
    record_event(Verb.CHANGED, licence, act="Licence added", kind=str(kind))
    return licence


@transaction.atomic
def change_licence(*, actor: User, licence: Licence, version: int, **details: Any) -> Licence:
    """Change who supervises and what to tell probation."""
    authorise(actor, Perm.CHANGE_RECORD, licence)
    lock_nominal(licence.nominal)
    locked = Licence.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=licence.pk)
    require_unchanged(locked, version)
    for name, value in details.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*details, "version"])
    show_on_card(locked.nominal)
    record_event(Verb.CHANGED, locked, act="Licence changed", fields=sorted(details))
    return locked


def end_licence(licence: Licence, on: date, reason: str) -> None:
    """Let a licence end before its last day; the caller holds the record's lock."""
    licence.period = DateRange(licence.first_day, max(on, licence.first_day + ONE_DAY))
    licence.end_reason = reason
    licence.version += 1
    licence.save(update_fields=["period", "end_reason", "version"])
    show_on_card(licence.nominal)


@transaction.atomic
def request_recall(
    *, actor: User, nominal: Nominal, kind: RecallKind | str, requested_by: str, requested_at: datetime, reason: str
) -> Recall:
    """Record that probation asked for a recall; the clock of the revocation starts with the request."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_past(requested_at, "requested_at")
    require_no_running_recall(locked)
    licence = locked.licences.filter(period__contains=localdate(requested_at)).first()
    if licence is None:
        raise DomainError("No licence is recorded for that day. Add the licence first, then record the recall.")
    recall = Recall.objects.create(
        nominal=locked, licence=licence, kind=kind, requested_by=requested_by, requested_at=requested_at, reason=reason, recorded_by=actor
    )
    title = gettext_noop("Licence to be revoked: ask probation")
    raise_for(recall, actor, REVOKE, title=title, rule=f"recall-{kind}", starts_at=requested_at)
    record_event(Verb.CHANGED, recall, act="Recall asked for", kind=str(kind))
    note_occurrence(actor=actor, kind=Happening.RECALL, nominal=locked, subject=recall, route="offenders:custody", at=requested_at)
    return recall


def raise_for(recall: Recall, actor: User, kind: str, *, title: str, rule: str, starts_at: datetime) -> None:
    """Give the manager the next step of a recall."""
    nominal = recall.nominal
    raise_action(
        actor=actor,
        kind=kind,
        title=title,
        owner=Owner(user=nominal.offender_manager),
        nominal=nominal,
        subject=recall,
        route="offenders:custody",
        rule=rule,
        starts_at=starts_at,
        key=f"{kind}:{recall.pk}",
    )


def move_recall(recall: Recall, actor: User, to: RecallState, version: int | None, **values: Any) -> Recall:
    """Take a recall to its next state and close the step before; the caller has authorised the actor."""
    lock_nominal(recall.nominal)
    related = ("nominal__offender_manager", "nominal__unit", "nominal__force", "licence")
    locked = Recall.objects.select_for_update(of=("self",)).select_related(*related).get(pk=recall.pk)
    require_unchanged(locked, version)
    require_recall_move(locked, to)
    for name, value in {"state": to, **values}.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=["state", "version", *values])
    record_event(Verb.CHANGED, locked, act=f"Recall: {to.label.lower()}")
    return locked


@transaction.atomic
def revoke_licence(*, actor: User, recall: Recall, revoked_at: datetime, version: int | None = None) -> Recall:
    """Record the revocation: from now the person is to be arrested, and the risk assessed again for those who do it."""
    authorise(actor, Perm.CHANGE_RECORD, recall)
    require_past(revoked_at, "revoked_at", recall.requested_at)
    moved = move_recall(recall, actor, RecallState.REVOKED, version, revoked_at=revoked_at)
    complete_actions_about(actor=actor, subject=moved, kind=REVOKE, outcome="The licence was revoked.")
    end_licence(moved.licence, localdate(revoked_at), "Revoked on recall")
    raise_for(moved, actor, ARREST, title=gettext_noop("Arrest after recall"), rule=f"arrest-{moved.kind}", starts_at=revoked_at)
    if moved.reassessed_at is None:
        title = gettext_noop("Risk to be reassessed for the arrest")
        raise_for(moved, actor, REASSESS, title=title, rule="risk-after-recall", starts_at=revoked_at)
    ask_for_assessment(actor=actor, nominal=moved.nominal)
    tell(
        actor=actor,
        people=[moved.nominal.offender_manager],
        text=gettext_noop("A licence was revoked"),
        nominal=moved.nominal_id,
        route="offenders:custody",
    )
    return moved


@transaction.atomic
def reassess_for_arrest(*, actor: User, recall: Recall, risk_on_arrest: str, version: int | None = None) -> Recall:
    """Say what the arresting officers must know; it stands on the card until the person is back in custody."""
    authorise(actor, Perm.CHANGE_RECORD, recall)
    lock_nominal(recall.nominal)
    locked = Recall.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=recall.pk)
    require_unchanged(locked, version)
    if RecallState(locked.state) not in {RecallState.REQUESTED, RecallState.REVOKED}:
        raise DomainError("The person is arrested already. Record the assessment with the risk instead.")
    locked.risk_on_arrest, locked.reassessed_at, locked.reassessed_by = risk_on_arrest, now(), actor
    locked.version += 1
    locked.save(update_fields=["risk_on_arrest", "reassessed_at", "reassessed_by", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=REASSESS, outcome="The risk was reassessed.")
    record_event(Verb.CHANGED, locked, act="Risk reassessed after recall")
    return locked


@transaction.atomic
def record_arrest(*, actor: User, recall: Recall, arrested_at: datetime, arrest_place: str, version: int | None = None) -> Recall:
    """Record the arrest after a recall."""
    authorise(actor, Perm.CHANGE_RECORD, recall)
    require_past(arrested_at, "arrested_at", recall.revoked_at)
    moved = move_recall(recall, actor, RecallState.ARRESTED, version, arrested_at=arrested_at, arrest_place=arrest_place)
    complete_actions_about(actor=actor, subject=moved, kind=ARREST, outcome="The person was arrested.")
    return moved


@transaction.atomic
def return_to_custody(*, actor: User, recall: Recall, returned_at: datetime, establishment: str, version: int | None = None) -> Recall:
    """Record the return to prison; a time in custody begins."""
    authorise(actor, Perm.CHANGE_RECORD, recall)
    require_past(returned_at, "returned_at", recall.arrested_at)
    moved = move_recall(recall, actor, RecallState.RETURNED, version, returned_at=returned_at, establishment=establishment)
    cancel_actions_about(actor=actor, subject=moved, reason="The person is back in custody.")
    begin_custody(moved.nominal, actor, kind=CustodyKind.RECALL, establishment=establishment, starts_on=localdate(returned_at))
    return moved


@transaction.atomic
def rescind_recall(*, actor: User, recall: Recall, reason: str, version: int | None = None) -> Recall:
    """Record that the recall was withdrawn. A revoked licence is recorded anew when it holds again."""
    authorise(actor, Perm.CHANGE_RECORD, recall)
    moved = move_recall(recall, actor, RecallState.RESCINDED, version, rescinded_at=now(), rescind_reason=reason)
    cancel_actions_about(actor=actor, subject=moved, reason="The recall was withdrawn.")
    return moved


def begin_custody(
    nominal: Nominal, actor: User, *, kind: CustodyKind | str, establishment: str, starts_on: date, release_expected_on: date | None = None
) -> Custody:
    """Begin a time in custody and, where the release is foreseen, the preparation for it; the caller holds the record's lock."""
    period = DateRange(starts_on, None)
    require_no_overlap(list(nominal.custodies.filter(period__overlap=period)), CUSTODY_OVERLAPS, OPEN_CUSTODY_OVERLAPS)
    custody = Custody.objects.create(
        nominal=nominal, kind=kind, establishment=establishment, period=period, release_expected_on=release_expected_on, recorded_by=actor
    )
    prepare_release(custody, actor)
    renew_visit(actor=actor, nominal=nominal, reason="In custody: no visit is due")
    note_occurrence(actor=actor, kind=Happening.CUSTODY, nominal=nominal, subject=custody, route="offenders:custody")
    return custody


def prepare_release(custody: Custody, actor: User) -> None:
    """Have the release prepared by the day on which it is expected."""
    cancel_actions_about(actor=actor, subject=custody, kind=PREPARE_RELEASE, reason="The expected release changed.")
    if custody.release_expected_on:
        raise_action(
            actor=actor,
            kind=PREPARE_RELEASE,
            title=gettext_noop("Release to be prepared: level, conditions, address"),
            owner=Owner(user=custody.nominal.offender_manager),
            nominal=custody.nominal,
            subject=custody,
            route="offenders:custody",
            due_on=custody.release_expected_on,
            key=f"release:{custody.pk}:{custody.version}",
        )


@transaction.atomic
def record_custody(
    *,
    actor: User,
    nominal: Nominal,
    kind: CustodyKind | str,
    establishment: str,
    starts_on: date,
    release_expected_on: date | None = None,
) -> Custody:
    """Record that somebody is held, since when and where."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    if starts_on > localdate():
        raise DomainError("The first day must be today or earlier.", field="starts_on")
    custody = begin_custody(
        locked, actor, kind=kind, establishment=establishment, starts_on=starts_on, release_expected_on=release_expected_on
    )
    record_event(Verb.CHANGED, custody, act="Custody recorded", kind=str(kind))
    return custody


@transaction.atomic
def record_release(*, actor: User, custody: Custody, released_on: date, version: int | None = None) -> Custody:
    """Record the release: the time in custody ends, and the first visit and notification are due."""
    authorise(actor, Perm.CHANGE_RECORD, custody)
    lock_nominal(custody.nominal)
    locked = Custody.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=custody.pk)
    require_unchanged(locked, version)
    if locked.period.upper is not None:
        raise DomainError("The release is recorded already.")
    if not locked.first_day < released_on <= localdate():
        raise DomainError("The day of release must be after the first day in custody and not in the future.", field="released_on")
    locked.period = DateRange(locked.first_day, released_on)
    locked.version += 1
    locked.save(update_fields=["period", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=PREPARE_RELEASE, outcome="Released.")
    renew_visit(actor=actor, nominal=locked.nominal, reason="Released")
    if must_notify(locked.nominal, released_on):
        create_duty(locked.nominal, actor, DutyKind.INITIAL, released_on)
    record_event(Verb.CHANGED, locked, act="Release recorded", on=released_on.isoformat())
    note_occurrence(actor=actor, kind=Happening.RELEASE, nominal=locked.nominal, subject=locked, route="offenders:custody")
    return locked
