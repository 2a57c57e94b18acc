"""Requests of agencies: asked or written down, taken by a unit, a question back, a complete answer or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from offenders.models import Nominal
from sharing.choices.releases import ChangeKind
from sharing.choices.requests import CameBy, RefusalCode
from sharing.guards.requests import require_agreement, require_answer, require_move, require_refusal, require_text, require_words
from sharing.models import InformationRequest, Release, RequestNote, RequestRelease
from sharing.references import REQUEST, next_reference
from sharing.rules.requests import Side, State
from sharing.services.changes import note_change

KIND, URGENT, LIST = "partner-request", "partner-request-urgent", "sharing:request-list"
BY_HAND = (CameBy.TELEPHONE, CameBy.MAIL, CameBy.IN_PERSON)
NO_SUCH_RELEASE = gettext_noop("Nothing of this key was shared with you.")


@transaction.atomic
def ask_police(*, actor: User, force: Organisation, came_by: CameBy, release_key: Any = None, **words: Any) -> InformationRequest:
    """Ask a force for information as an agency. What was shared before says which unit it is for."""
    authorise(actor, Perm.ASK_POLICE)
    require_agreement(force, actor.organisation)
    release = release_of(actor, force, release_key)
    nominal = release.decision.nominal if release else None
    unit = nominal.unit if nominal and nominal.force_id == force.pk else None
    return store_request(actor, actor.organisation, force, unit, nominal=nominal, came_by=came_by, release=release, **words)


@transaction.atomic
def write_down_request(*, actor: User, agency: Organisation, came_by: CameBy | str, **words: Any) -> InformationRequest:
    """Store as an officer what an agency asked by telephone, by mail or in person; it waits in the officer's own unit."""
    authorise(actor, Perm.ANSWER_REQUEST)
    if agency.is_force or not agency.is_active:
        raise DomainError("Choose an agency that is not closed.", field="agency")
    if came_by not in BY_HAND:
        raise DomainError("Choose how it reached you.", field="came_by")
    require_text(words["asked_for"], gettext_noop("Enter who asks."), "asked_for")
    return store_request(actor, agency, actor.organisation, actor.unit, came_by=CameBy(came_by), **words)


def release_of(actor: User, force: Organisation, key: Any) -> Release | None:
    """Return what this force shared with the actor's agency under a key; hidden and missing are the same."""
    if key is None:
        return None
    rows = Release.objects.for_user(actor, Perm.VIEW_SHARED).filter(force=force).select_related("decision__nominal__unit")
    release: Release | None = rows.filter(public_id=key).first()
    if release is None:
        raise DomainError(NO_SUCH_RELEASE, field="shared_record")
    return release


def store_request(actor: User, agency: Organisation, force: Organisation, unit: Unit | None, **words: Any) -> InformationRequest:
    """Store it and start the clock of whoever answers."""
    request = InformationRequest(agency=agency, force=force, asked_by=actor, unit=unit, **words)
    require_words(request)
    request.reference = next_reference(REQUEST)
    request.save()
    request.refresh_from_db(fields=["asked_at"])
    record_event(Verb.CREATED, request, act="Request of an agency", came_by=str(request.came_by))
    start_clock(actor, request, request.asked_at)
    return request


def start_clock(actor: User, request: InformationRequest, starts_at: datetime, owner: User | None = None) -> None:
    """Raise what must be done: by the officer who took it, by the unit, or by the supervisors of the force while no unit has it."""
    who = Owner(user=owner) if owner else Owner(unit=request.unit) if request.unit else Owner(role=Role.SUPERVISOR)
    raise_action(
        actor=actor, kind=KIND, title=gettext_noop("A request of an agency waits for its answer"), owner=who, force=request.force,
        unit=request.unit,
        nominal=request.nominal, subject=request, route=LIST, rule=URGENT if request.is_urgent else KIND, starts_at=starts_at,
        key=f"{KIND}-{request.pk}-{request.version}",
    )  # fmt: skip


def hold(actor: User, request: InformationRequest, perm: Perm, version: int | None) -> InformationRequest:
    """Hold a request on which the actor holds the permission until the transaction ends."""
    rows = InformationRequest.objects.for_user(actor, perm).select_for_update(of=("self",))
    rows = rows.select_related("force", "agency", "unit", "nominal__unit", "taken_by")
    locked: InformationRequest | None = rows.filter(pk=request.pk).first()
    if locked is None:
        raise NotPermitted(perm)
    require_unchanged(locked, version)
    return locked


def move(request: InformationRequest, after: State, side: Side, **values: Any) -> None:
    """Store the next state with what belongs to it, and say so in the trail without a word of the request."""
    require_move(request, after, side)
    before = request.state
    for name, value in values.items():
        setattr(request, name, value)
    request.state, request.version = after.value, request.version + 1
    request.save(update_fields=[*values, "state", "version"])
    record_event(Verb.CHANGED, request, act="Request moved", before=before, after=after.value)


@transaction.atomic
def take_request(*, actor: User, request: InformationRequest, version: int | None = None) -> InformationRequest:
    """Take it for one's unit; other units no longer see it, and the clock runs on."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    move(locked, State.TAKEN, Side.UNIT, unit=actor.unit, taken_by=actor)
    complete_actions_about(actor=actor, subject=locked, kind=KIND, outcome="Taken")
    start_clock(actor, locked, locked.asked_at, actor)
    return locked


@transaction.atomic
def give_back_request(*, actor: User, request: InformationRequest, version: int) -> InformationRequest:
    """Let another unit answer: the one that manages the person, where one's own does not; otherwise whichever takes it."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    found = locked.nominal
    is_theirs = found is not None and found.force_id == locked.force_id and found.unit_id != actor.unit_id
    move(locked, State.RECEIVED, Side.UNIT, unit=found.unit if found and is_theirs else None, taken_by=None)
    complete_actions_about(actor=actor, subject=locked, kind=KIND, outcome="Given to another unit")
    start_clock(actor, locked, locked.asked_at)
    return locked


@transaction.atomic
def link_request(*, actor: User, request: InformationRequest, nominal: Nominal | None, version: int) -> InformationRequest:
    """Say which record it is about, as one's own finding; None takes that back."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    if locked.state != State.TAKEN:
        raise DomainError("Take the request first.")
    if nominal:
        authorise(actor, Perm.VIEW_MARKER, nominal)
    locked.nominal, locked.version = nominal, locked.version + 1
    locked.save(update_fields=["nominal", "version"])
    record_event(Verb.CHANGED, locked, act="Record of a request found" if nominal else "Record of a request taken back")
    return locked


@transaction.atomic
def ask_back(*, actor: User, request: InformationRequest, text: str, version: int) -> InformationRequest:
    """Ask the agency for more. Nobody's clock runs until it has replied."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    require_text(text, gettext_noop("Write what you need to know."))
    move(locked, State.QUESTION, Side.UNIT)
    RequestNote.objects.create(request=locked, is_question=True, text=text.strip(), by=actor)
    complete_actions_about(actor=actor, subject=locked, kind=KIND, outcome="More was asked")
    tell_agency(actor, locked, ChangeKind.REQUEST_QUESTION)
    return locked


@transaction.atomic
def reply_to_question(*, actor: User, request: InformationRequest, text: str, on_behalf_of: str = "") -> InformationRequest:
    """Reply as the agency to what was asked back; the clock begins anew."""
    locked = hold(actor, request, Perm.ASK_POLICE, None)
    store_reply(actor, locked, Side.AGENCY, text, on_behalf_of)
    return locked


@transaction.atomic
def write_down_reply(*, actor: User, request: InformationRequest, text: str, on_behalf_of: str, version: int) -> InformationRequest:
    """Store as an officer what the agency replied by telephone or mail."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    require_text(on_behalf_of, gettext_noop("Enter who replied."), "on_behalf_of")
    store_reply(actor, locked, Side.UNIT, text, on_behalf_of)
    return locked


def store_reply(actor: User, request: InformationRequest, side: Side, text: str, on_behalf_of: str) -> None:
    """Keep the reply below the question and wake whoever asked it."""
    if request.state != State.QUESTION:
        raise DomainError("Nothing is asked at present.")
    require_text(text, gettext_noop("Write your reply."))
    move(request, State.TAKEN, side)
    RequestNote.objects.create(request=request, is_question=False, text=text.strip(), by=actor, on_behalf_of=on_behalf_of)
    start_clock(actor, request, now(), request.taken_by)
    tell(
        actor=actor,
        people=[request.taken_by] if request.taken_by else [],
        text=gettext_noop("An agency replied to your question"),
        route=LIST,
    )


@transaction.atomic
def answer_request(
    *, actor: User, request: InformationRequest, releases: Sequence[Release], has_nothing: bool, note: str, version: int
) -> InformationRequest:
    """Answer completely: with what was released to the agency under decisions, or that nothing can be shared, whatever is held."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    require_answer(locked, releases, has_nothing=has_nothing)
    for release in releases:
        authorise(actor, Perm.VIEW_SHARING, release)
    close(actor, locked, State.ANSWERED, note, has_nothing_to_share=has_nothing)
    for release in releases:
        RequestRelease.objects.create(request=locked, release=release)
    tell_agency(actor, locked, ChangeKind.REQUEST_ANSWERED)
    return locked


@transaction.atomic
def refuse_request(*, actor: User, request: InformationRequest, refusal: RefusalCode | str, note: str, version: int) -> InformationRequest:
    """Refuse it with a reason that the agency reads, and one's own words that it does not."""
    locked = hold(actor, request, Perm.ANSWER_REQUEST, version)
    require_refusal(str(refusal))
    close(actor, locked, State.REFUSED, note, refusal=str(refusal))
    tell_agency(actor, locked, ChangeKind.REQUEST_REFUSED)
    return locked


def close(actor: User, request: InformationRequest, after: State, note: str, **values: Any) -> None:
    """Store the end; nothing waits any more."""
    require_text(note, gettext_noop("Say why, for the record. The agency does not read it."), "note")
    move(request, after, Side.UNIT, note=note.strip(), answered_by=actor, answered_at=now(), **values)
    complete_actions_about(actor=actor, subject=request, kind=KIND, outcome=str(request.get_state_display()))


def tell_agency(actor: User, request: InformationRequest, kind: ChangeKind) -> None:
    """Let the agency's systems know that something changed, by keys only."""
    note_change(actor=actor, kind=kind, force=request.force, agency=request.agency, subject=request.public_id)
