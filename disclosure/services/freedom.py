"""Requests for information of the force: taken, referred to the national unit, clarified, noted by the press office, withdrawn."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import PauseKind, TimeUnit
from actions.models import Action
from actions.rules import start_of
from actions.services import Owner, add_time, cancel_actions_about, pause_clock, raise_action, resume_clock, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.freedom import Ending
from disclosure.guards.freedom import (
    require_kinds,
    require_later,
    require_not_before,
    require_open,
    require_other,
    require_past,
    require_told_by,
    require_words,
)
from disclosure.models import Clarification, FreedomRequest, NationalAdvice
from disclosure.references import FREEDOM_REQUEST, next_reference
from disclosure.reports.freedom import CLOCK, advice_of, clock_of, open_question_of, weighed_on
from disclosure.rules.freedom import suggests_referral
from offenders.guards import require_unchanged
from ui.languages import Language
from ui.templatetags.ui import uk_date

LIST = "disclosure:freedom-list"
GOVERNANCE = Owner(role=Role.INFORMATION_GOVERNANCE)


@transaction.atomic
def take_request(
    *, actor: User, asker: str, address: str, came_by: str, received_on: date, question: str, kind: str, concerns: bool, why_not: str = "",
    language: str = Language.ENGLISH,
) -> FreedomRequest:  # fmt: skip
    """Take down what somebody asked the force. The clock counts working days from the day after it came."""
    authorise(actor, Perm.ANSWER_FREEDOM_REQUEST)
    require_kinds(kind, came_by)
    require_past(received_on, "received_on")
    require_words(asker=asker, address=address, question=question)
    request = FreedomRequest(
        reference=next_reference(FREEDOM_REQUEST), force=actor.organisation, asker=asker.strip(), address=address.strip(),
        came_by=came_by, received_on=received_on, question=question.strip(), taken_by=actor, language=language,
    )  # fmt: skip
    put_what_it_concerns(actor, request, kind, concerns, why_not)
    request.save()
    raise_action(
        actor=actor, kind=CLOCK, title=gettext_noop("A request for information of the force waits for an answer"), owner=GOVERNANCE,
        force=request.force, subject=request, route=LIST, rule=CLOCK, starts_at=start_of(received_on), key=f"{CLOCK}-{request.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, request, act="Request for information taken", kind=kind, concerns=concerns)
    return request


def put_what_it_concerns(actor: User, request: FreedomRequest, kind: str, concerns: bool, why_not: str) -> None:
    """Say on a request what it asks for and whether it concerns MAPPA or registered offenders; a no against its words has a reason."""
    request.kind, request.concerns, request.sorted_by = kind, concerns, actor
    request.is_suggested = suggests_referral(request.question)
    is_against_words = request.is_suggested and not concerns
    if is_against_words and not why_not.strip():
        raise DomainError("Its words concern MAPPA or registered offenders. Say why the answer is no all the same.", field="why_not")
    request.why_not = why_not.strip() if is_against_words else ""
    request.no_agreed_by, request.no_agreed_at = None, None


def hold_request(actor: User, request: FreedomRequest, version: int, *, is_ended: bool = False) -> FreedomRequest:
    """Hold a request that the actor answers until the transaction ends; an open one unless it may have ended."""
    authorise(actor, Perm.ANSWER_FREEDOM_REQUEST, request)
    locked = FreedomRequest.objects.select_for_update(of=("self",)).select_related("force", "taken_by", "advice").get(pk=request.pk)
    require_unchanged(locked, version)
    if not is_ended:
        require_open(locked)
    return locked


def touch(request: FreedomRequest, *fields: str) -> None:
    """Store fields of a request that is held, and count the change."""
    request.version += 1
    request.save(update_fields=[*fields, "version"])


@transaction.atomic
def sort_request(*, actor: User, request: FreedomRequest, version: int, kind: str, concerns: bool, why_not: str = "") -> FreedomRequest:
    """Say anew what a request asks for and concerns; an earlier agreement to a no is gone."""
    locked = hold_request(actor, request, version)
    require_kinds(kind, locked.came_by)
    put_what_it_concerns(actor, locked, kind, concerns, why_not)
    touch(locked, "kind", "concerns", "sorted_by", "is_suggested", "why_not", "no_agreed_by", "no_agreed_at")
    record_event(Verb.CHANGED, locked, act="What a request for information concerns", kind=kind, concerns=concerns)
    return locked


@transaction.atomic
def agree_no(*, actor: User, request: FreedomRequest, version: int) -> FreedomRequest:
    """Agree as a second person that a request does not concern MAPPA or registered offenders, though its words suggest so."""
    locked = hold_request(actor, request, version)
    if locked.concerns or not locked.is_suggested or locked.no_agreed_at:
        raise DomainError("There is no such answer to agree to.")
    require_other(actor, {locked.sorted_by_id}, gettext_noop("You said no: somebody else must agree."))
    locked.no_agreed_by, locked.no_agreed_at = actor, now()
    touch(locked, "no_agreed_by", "no_agreed_at")
    record_event(Verb.CHANGED, locked, act="Agreed that a request for information is not the national unit's")
    return locked


@transaction.atomic
def refer_request(*, actor: User, request: FreedomRequest, version: int, referred_on: date, their_reference: str = "") -> NationalAdvice:
    """Say when a request was referred to the national unit."""
    locked = hold_request(actor, request, version)
    if advice_of(locked):
        raise DomainError("It was referred already.")
    require_not_before(referred_on, locked.received_on, "referred_on", gettext_noop("This cannot be before the request came."))
    advice = NationalAdvice.objects.create(
        request=locked, referred_on=referred_on, referred_by=actor, their_reference=their_reference.strip()
    )
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Request for information referred to the national unit")
    return advice


@transaction.atomic
def record_advice(
    *, actor: User, request: FreedomRequest, version: int, their_reference: str, given_on: date, text: str, is_followed: bool,
    why_not: str = "",
) -> NationalAdvice:  # fmt: skip
    """Keep what the national unit advised, and whether the force follows it. Recorded anew, an agreement not to follow it is gone."""
    locked = hold_request(actor, request, version)
    advice = advice_of(locked)
    if advice is None:
        raise DomainError("Enter first when it was referred.")
    require_not_before(given_on, advice.referred_on, "given_on", gettext_noop("This cannot be before it was referred."))
    require_words(their_reference=their_reference, text=text)
    if not is_followed:
        require_words(why_not=why_not)
    advice.their_reference, advice.given_on, advice.text = their_reference.strip(), given_on, text.strip()
    advice.is_followed, advice.why_not, advice.recorded_by = is_followed, "" if is_followed else why_not.strip(), actor
    advice.agreed_by, advice.agreed_at = None, None
    advice.save()
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Advice of the national unit recorded", followed=is_followed)
    return advice


@transaction.atomic
def agree_departure(*, actor: User, request: FreedomRequest, version: int) -> NationalAdvice:
    """Agree as a second person that the national unit's advice is not followed."""
    locked = hold_request(actor, request, version)
    advice = advice_of(locked)
    if advice is None or advice.is_followed is not False or advice.agreed_at:
        raise DomainError("There is nothing to agree to.")
    require_other(actor, {advice.recorded_by_id}, gettext_noop("You said that it is not followed: somebody else must agree."))
    advice.agreed_by, advice.agreed_at = actor, now()
    advice.save(update_fields=["agreed_by", "agreed_at"])
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Agreed not to follow the advice of the national unit")
    return advice


@transaction.atomic
def ask_back(*, actor: User, request: FreedomRequest, version: int, asked: str, asked_on: date) -> Clarification:
    """Ask whoever asked for what is needed to find what they ask for; from that day the clock stands still."""
    locked = hold_request(actor, request, version)
    require_words(asked=asked)
    require_not_before(asked_on, locked.received_on, "asked_on", gettext_noop("This cannot be before the request came."))
    if open_question_of(locked):
        raise DomainError("They have not answered yet what they were asked.")
    row = Clarification.objects.create(request=locked, asked=asked.strip(), asked_on=asked_on, asked_by=actor)
    if clock := clock_of(locked):
        pause_clock(
            actor=actor, action=clock, kind=PauseKind.WAITING_FOR_PERSON, reason="Whoever asked was asked what they mean", since=asked_on
        )
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Whoever asked for information was asked back")
    return row


@transaction.atomic
def hear_back(*, actor: User, request: FreedomRequest, version: int, said: str, said_on: date) -> Clarification:
    """Keep what they said; the rule of the clock says whether the time begins anew on that day. It may concern the national unit."""
    locked = hold_request(actor, request, version)
    row = open_question_of(locked)
    if row is None:
        raise DomainError("They were not asked anything.")
    require_words(said=said)
    require_not_before(said_on, row.asked_on, "said_on", gettext_noop("This cannot be before they were asked."))
    row.said, row.said_on = said.strip(), said_on
    row.save(update_fields=["said", "said_on"])
    clock = clock_of(locked)
    if clock and clock.pauses.filter(until__isnull=True).exists():
        resume_clock(actor=actor, action=clock, until=said_on)
    if suggests_referral(said) and not locked.is_suggested:
        locked.is_suggested = True
        locked.why_not = "" if locked.concerns else "Said before the words were clarified."
    touch(locked, "is_suggested", "why_not")
    record_event(Verb.CHANGED, locked, act="Whoever asked for information answered")
    return row


@transaction.atomic
def give_time_to_weigh(
    *, actor: User, request: FreedomRequest, version: int, ground: str, due_on: date, told_on: date, reason: str
) -> Action:
    """Move the last day while the public interest is weighed for an exemption that needs it (section 10(3) of the Act).

    Whoever asked was told of it in time, with the new day as the estimate (section 17(2)).
    """
    locked = hold_request(actor, request, version)
    claimed = weighed_on(localdate()).filter(code=ground).first()
    if claimed is None:
        raise DomainError("Choose an exemption for which the public interest is weighed. No other gives more time.", field="ground")
    clock = clock_of(locked)
    if clock is None or clock.due is None:
        raise DomainError("No clock runs now. Where they were asked back, enter first what they said.")
    last = localdate(clock.due)
    require_words(reason=reason)
    require_later(due_on, last, "due_on")
    require_not_before(told_on, locked.received_on, "told_on", gettext_noop("This cannot be before the request came."))
    require_told_by(told_on, last)
    given = add_time(
        actor=actor, action=clock, quantity=(due_on - last).days, unit=TimeUnit.CALENDAR_DAYS,
        reason=f"{claimed.section}: the public interest is weighed, and they were told {uk_date(told_on)}. {reason.strip()}",
    )  # fmt: skip
    touch(locked)
    said = {"exemption": ground, "due_on": due_on.isoformat(), "told_on": told_on.isoformat()}
    record_event(Verb.CHANGED, locked, act="Time given to weigh the public interest", **said)
    return given


@transaction.atomic
def tell_press_office(*, actor: User, request: FreedomRequest, version: int) -> FreedomRequest:
    """Tell the press office of a request, so that it says what it notes."""
    locked = hold_request(actor, request, version)
    if locked.press_told_at:
        raise DomainError("The press office was told already.")
    locked.press_told_by, locked.press_told_at = actor, now()
    touch(locked, "press_told_by", "press_told_at")
    record_event(Verb.CHANGED, locked, act="Press office told of a request for information")
    people = User.objects.filter(organisation=locked.force, is_active=True, groups__name=Role.PRESS_OFFICER).distinct()
    tell(actor=actor, people=people, text=gettext_noop("You are told of a request for information of the force"), route=LIST)
    return locked


@transaction.atomic
def note_as_press_office(*, actor: User, request: FreedomRequest, notes: str) -> FreedomRequest:
    """Say as the press office what it notes about a request of which it was told."""
    authorise(actor, Perm.MANAGE_MEDIA, request)
    locked = FreedomRequest.objects.select_for_update(of=("self",)).select_related("press_told_by").get(pk=request.pk)
    require_open(locked)
    require_words(notes=notes)
    if not locked.press_told_by:
        raise DomainError("The press office was not told of this request yet.")
    locked.press_notes, locked.press_noted_by, locked.press_noted_at = notes.strip(), actor, now()
    touch(locked, "press_notes", "press_noted_by", "press_noted_at")
    record_event(Verb.CHANGED, locked, act="Press office noted a request for information")
    tell(actor=actor, people=[locked.press_told_by], text=gettext_noop("The press office noted a request for information"), route=LIST)
    return locked


@transaction.atomic
def withdraw_request(*, actor: User, request: FreedomRequest, version: int, end_words: str) -> FreedomRequest:
    """Say that whoever asked withdrew the request, in which words: nothing is answered."""
    locked = hold_request(actor, request, version)
    require_words(end_words=end_words)
    end_request(actor, locked, Ending.WITHDRAWN, end_words.strip())
    cancel_actions_about(actor=actor, subject=locked, reason="Whoever asked withdrew the request.")
    return locked


def end_request(actor: User, request: FreedomRequest, ending: Ending, words: str = "") -> None:
    """Store how a request ended; the caller holds it."""
    request.ending, request.ended_by, request.ended_at, request.end_words = ending, actor, now(), words
    touch(request, "ending", "ended_by", "ended_at", "end_words")
    record_event(Verb.CHANGED, request, act="Request for information ended", ending=str(ending))
