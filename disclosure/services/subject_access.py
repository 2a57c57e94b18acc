"""Requests for one's own data: taken, proved, given to somebody, linked to a record or to nothing, ended without an answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, give_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import IdentityProof
from disclosure.choices.subject_access import Asks, Refusal, State
from disclosure.guards.subject_access import (
    require_able_officer,
    require_asks,
    require_at_work,
    require_new,
    require_no_record,
    require_open,
    require_own_record,
    require_own_unit,
    require_proof,
    require_refusal,
    require_request,
    require_words,
)
from disclosure.models import SubjectRequest
from disclosure.references import SUBJECT_REQUEST, next_reference
from disclosure.reports.subject_access import CLOCK
from offenders.guards import require_unchanged
from offenders.models import Nominal
from ui.languages import Language

HELP, LIST = "subject-access-help", "disclosure:subject-list"
BY_ITSELF = "It closed by itself when the work was done."


@transaction.atomic
def take_subject_request(
    *, actor: User, name: str, received_by: str, received_at: datetime, asks: str = Asks.ACCESS, born_on: date | None = None,
    address: str = "", through: str = "", scope: str = "", since: date | None = None,
    language: str = Language.ENGLISH,
) -> SubjectRequest:  # fmt: skip
    """Take down who asks for which data, how and through whom. No clock runs before they have proved who they are."""
    authorise(actor, Perm.ANSWER_SUBJECT_REQUEST)
    require_asks(asks)
    require_request(name, received_by, received_at, through, since)
    request = SubjectRequest.objects.create(
        reference=next_reference(SUBJECT_REQUEST), force=actor.organisation, officer=actor, asks=asks, name=name.strip(),
        born_on=born_on, address=address.strip(), through=through.strip(), received_by=received_by, received_at=received_at,
        scope=scope.strip(), since=since, language=language,
    )  # fmt: skip
    record_event(Verb.CREATED, request, act="Request for one's own data taken", received_by=received_by)
    return request


def hold_subject_request(
    actor: User, request: SubjectRequest, version: int | None = None, perm: Perm = Perm.ANSWER_SUBJECT_REQUEST
) -> SubjectRequest:
    """Hold an open request until the transaction ends; the actor holds the permission on it."""
    authorise(actor, perm, request)
    rows = SubjectRequest.objects.select_for_update(of=("self",)).select_related(
        "force", "unit", "officer", "nominal__force", "nominal__unit"
    )
    locked = rows.filter(pk=request.pk).first()
    if locked is None:  # given to somebody else while this page was open
        raise NotPermitted(perm)
    require_unchanged(locked, version)
    require_open(locked)
    return locked


def keep(request: SubjectRequest, *fields: str) -> None:
    """Store fields of a request that is held, and count the change."""
    request.version += 1
    request.save(update_fields=[*fields, "version"])


@transaction.atomic
def prove_identity(
    *, actor: User, request: SubjectRequest, version: int | None, identity: str, identity_detail: str, at: datetime
) -> SubjectRequest:
    """Say how somebody proved who they are, and start the clock; or that they could not, so that nothing is done yet."""
    locked = hold_subject_request(actor, request, version)
    require_new(locked)
    require_proof(locked, identity, at)
    locked.identity, locked.identity_detail, locked.identity_by = identity, identity_detail.strip(), actor
    is_proved = identity != IdentityProof.NOT_PROVED
    if is_proved:
        locked.identity_at, locked.state = at, first_state(locked)
    keep(locked, "identity", "identity_detail", "identity_by", "identity_at", "state")
    record_event(Verb.CHANGED, locked, act="Who asks is proved" if is_proved else "Who asks could not be proved")
    if is_proved:
        raise_action(
            actor=actor, kind=CLOCK, title=gettext_noop("A request for one's own data waits for its answer"),
            owner=Owner(user=locked.officer),
            force=locked.force, subject=locked, route=LIST, rule=CLOCK, starts_at=at, key=f"{CLOCK}-{locked.pk}", is_private=True,
        )  # fmt: skip
    return locked


def first_state(request: SubjectRequest) -> State:
    """Return where the work begins: with collecting a copy, or with deciding what is disputed."""
    return State.DECIDING if request.is_correction else State.COLLECTING


@transaction.atomic
def ask_unit_for_help(*, actor: User, request: SubjectRequest, version: int | None, unit: Unit) -> SubjectRequest:
    """Ask a unit to link a record that data protection cannot find, and to add what only the unit may read."""
    locked = hold_subject_request(actor, request, version)
    require_at_work(locked)
    require_own_unit(locked, unit)
    cancel_actions_about(actor=actor, subject=locked, kind=HELP, reason="Another unit was asked, or the same again.")
    locked.unit = unit
    keep(locked, "unit")
    raise_action(
        actor=actor, kind=HELP, title=gettext_noop("A request for one's own data needs your unit"), owner=Owner(unit=unit),
        force=locked.force, subject=locked, route=LIST, rule=HELP, key=f"{HELP}-{locked.pk}-{locked.version}",
    )  # fmt: skip
    record_event(Verb.CHANGED, locked, act="A unit was asked to help", unit=unit.pk)
    return locked


@transaction.atomic
def give_subject_request(*, actor: User, request: SubjectRequest, version: int | None, officer: User, reason: str) -> SubjectRequest:
    """Let somebody else answer it; its clock goes along. Who decided what until then stands with the passages."""
    locked = hold_subject_request(actor, request, version)
    require_able_officer(officer, locked)
    require_words(reason, gettext_noop("Say why somebody else answers it from now on."), "reason")
    before, locked.officer = locked.officer, officer
    keep(locked, "officer")
    give_actions_about(actor=actor, subject=locked, to=officer, kinds=[CLOCK])
    record_event(Verb.CHANGED, locked, reason=reason.strip(), act="Somebody else answers it", before=before.pk, after=officer.pk)
    tell(actor=actor, people=[officer], text=gettext_noop("A request for one's own data came to you"), route=LIST)
    return locked


@transaction.atomic
def link_subject_record(*, actor: User, request: SubjectRequest, version: int | None, nominal: Nominal) -> SubjectRequest:
    """Say which record is about whoever asks. Another record than before throws away what was collected from that one."""
    locked = hold_subject_request(actor, request, version, Perm.VIEW_SUBJECT_REQUEST)
    require_at_work(locked)
    authorise(actor, Perm.VIEW_MARKER, nominal)
    require_own_record(locked, nominal)
    if locked.nominal_id == nominal.pk:
        raise DomainError("This record is linked already.", field="nominal")
    if locked.nominal_id is not None:
        authorise(actor, Perm.ANSWER_SUBJECT_REQUEST, locked)
        locked.items.all().delete()
        locked.collected.all().delete()
    locked.nominal, locked.nothing_held_by, locked.nothing_held_words, locked.state = nominal, None, "", first_state(locked)
    keep(locked, "nominal", "nothing_held_by", "nothing_held_words", "state")
    record_event(Verb.CHANGED, locked, act="Request for one's own data about this record")
    return locked


@transaction.atomic
def find_nothing(*, actor: User, request: SubjectRequest, version: int | None, words: str) -> SubjectRequest:
    """Say that nothing is held, and what was searched."""
    locked = hold_subject_request(actor, request, version, Perm.VIEW_SUBJECT_REQUEST)
    require_at_work(locked)
    require_no_record(locked)
    require_words(words, gettext_noop("Say what was searched, and how."), "words")
    locked.nothing_held_by, locked.nothing_held_words, locked.state = actor, words.strip(), State.DECIDING
    keep(locked, "nothing_held_by", "nothing_held_words", "state")
    complete_actions_about(actor=actor, subject=locked, kind=HELP, outcome="Nothing is held", late_reason=BY_ITSELF)
    record_event(Verb.CHANGED, locked, act="Nothing is held")
    return locked


@transaction.atomic
def refuse_subject_request(*, actor: User, request: SubjectRequest, version: int | None, ground: str, reasons: str) -> SubjectRequest:
    """Refuse a request as a whole."""
    locked = hold_subject_request(actor, request, version)
    require_refusal(ground, reasons)
    return end(actor, locked, State.REFUSED, f"{Refusal(ground).label}. {reasons.strip()}")


@transaction.atomic
def withdraw_subject_request(*, actor: User, request: SubjectRequest, version: int | None, reasons: str) -> SubjectRequest:
    """Note that whoever asked no longer wants an answer."""
    locked = hold_subject_request(actor, request, version)
    require_words(reasons, gettext_noop("Say how they let you know."), "reasons")
    return end(actor, locked, State.WITHDRAWN, reasons.strip())


def end(actor: User, request: SubjectRequest, state: State, reason: str = "") -> SubjectRequest:
    """End a request that is held; what was to be done about it is not any more."""
    request.state, request.end_reason, request.ended_at, request.ended_by = state, reason, now(), actor
    request.collector = None
    keep(request, "state", "end_reason", "ended_at", "ended_by", "collector")
    cancel_actions_about(actor=actor, subject=request, reason="The request has ended.")
    record_event(Verb.CHANGED, request, act="Request for one's own data ended", state=str(state))
    return request
