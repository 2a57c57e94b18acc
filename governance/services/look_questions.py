"""Asking somebody why they looked, their answer, and what the auditor makes of it. Each step is a row that never changes."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.guards import can_own
from actions.reports import RuleBook, reckon_clock
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.models import Event
from audit.services import record_event
from governance.choices.looks import Decision, LookState, QuestionState
from governance.guards.looks import require_one_person, require_same, require_state, require_to_judge, require_words
from governance.models import LookQuestion, QuestionStep, UnusualLook
from governance.services.looks import hold_look, move_look, settle, tell_supervisors

RULE = "look-question"
ACTION = "look-question"
TITLE = gettext_noop("Answer why you looked")


@transaction.atomic
def ask_why(
    *, actor: User, events: Collection[int], words: str, look: UnusualLook | None = None, version: int | None = None
) -> LookQuestion:
    """Ask a person why they looked, about events of theirs that the auditor may read; the person gets an action with a clock.

    The action is private and names no record: neither the person's supervisor nor their unit learns of it.
    """
    authorise(actor, Perm.REVIEW_ACCESS, look)
    words = require_words(words)
    found = list(Event.objects.for_user(actor, Perm.VIEW_AUDIT).filter(pk__in=events).select_related("actor__organisation").order_by("pk"))
    if not found:
        raise DomainError("Choose at least one look.", field="events")
    person = require_one_person(actor, found)
    if look:
        look = hold_look(look, version)
        require_to_judge(look)
    starts_at = now()
    due = reckon_clock(RuleBook.of([RULE], localdate(starts_at)), RULE, starts_at=starts_at, nation=person.organisation.nation)
    question = LookQuestion.objects.create(
        force=actor.organisation, look=look, asked=person, asked_by=actor, due_at=due.late_from,
        nominals=sorted({event.nominal for event in found if event.nominal}), events=[event.pk for event in found],
    )  # fmt: skip
    add_step(actor, question, QuestionState.ASKED, words)
    if can_own(person, None):
        raise_action(
            actor=None, kind=ACTION, title=TITLE, owner=Owner(user=person), force=person.organisation, subject=question,
            route="governance:question-list", rule=RULE, starts_at=starts_at, is_private=True,
        )  # fmt: skip
    if look:
        move_look(look, LookState.ASKED)
    record_event(Verb.CREATED, question, act="Asked why somebody looked", person=person.pk, events=question.events)
    return question


@transaction.atomic
def answer_question(*, actor: User, question: LookQuestion, words: str, version: int | None = None) -> LookQuestion:
    """Say why one looked; only whoever was asked."""
    authorise(actor, Perm.EXPLAIN_ACCESS, question)
    words = require_words(words)
    locked = hold_question(question, version)
    if locked.asked_id != actor.pk:
        raise DomainError("Only the person who was asked can answer.")
    require_state(locked, QuestionState.ASKED, gettext_noop("You have answered this already."))
    move_question(locked, QuestionState.ANSWERED)
    add_step(actor, locked, QuestionState.ANSWERED, words)
    complete_actions_about(actor=actor, subject=locked, outcome="Answered")
    record_event(Verb.ANSWERED, locked, act="Answered why they looked")
    return locked


@transaction.atomic
def decide_question(
    *, actor: User, question: LookQuestion, decision: Decision | str, words: str, version: int | None = None
) -> LookQuestion:
    """Accept the answer, or take it further to professional standards: then, and only then, the person's supervisors are told.

    Without an answer it can be taken further once its time is over.
    """
    authorise(actor, Perm.REVIEW_ACCESS, question)
    words = require_words(words)
    locked = hold_question(question, version)
    decision = Decision(decision)
    if locked.state == QuestionState.ASKED and (decision == Decision.EXPLAINED or not locked.is_late):
        raise DomainError("There is no answer yet. Without one it can only be taken further, and only once it is late.")
    if locked.state not in {QuestionState.ASKED, QuestionState.ANSWERED}:
        raise DomainError("This was decided already. Go back to read the result.")
    state = QuestionState.ACCEPTED if decision == Decision.EXPLAINED else QuestionState.REFERRED
    locked.decided_by = actor
    move_question(locked, state, "decided_by")
    add_step(actor, locked, state, words)
    complete_actions_about(actor=None, subject=locked, outcome="Decided without an answer")
    record_event(Verb.REVIEWED, locked, reason=words, act="Answer decided on", decision=decision, person=locked.asked_id)
    if locked.look:
        settle(actor, hold_look(locked.look), decision, words)
    if decision == Decision.REFERRED:
        tell_supervisors(actor, locked.asked)
    return locked


def hold_question(question: LookQuestion, version: int | None) -> LookQuestion:
    """Hold a question until the transaction ends."""
    locked = LookQuestion.objects.select_for_update(of=("self",)).select_related("asked", "look").get(pk=question.pk)
    require_same(locked, version)
    return locked


def move_question(question: LookQuestion, state: QuestionState, *fields: str) -> None:
    """Store where a question stands; the caller holds it."""
    question.state = state
    question.version += 1
    question.save(update_fields=["state", "version", *fields])


def add_step(actor: User, question: LookQuestion, state: QuestionState, words: str) -> None:
    """Add what was said."""
    QuestionStep.objects.create(question=question, state=state, words=words, by=actor)
