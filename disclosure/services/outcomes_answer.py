"""The neutral answer, and closing an application."""

from __future__ import annotations

from django.db import transaction

from accounts.access import row_security
from accounts.models import User
from actions.services import cancel_actions_about, complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from disclosure.documents.outcomes import answer_paper
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.outcomes import require_answerable, require_answered, require_safe_way, require_stands_at
from disclosure.models import Application, NeutralAnswer
from disclosure.reports.applications import safe_contacts_of
from disclosure.reports.facts import decision_of, facts_of
from disclosure.reports.outcomes import is_told_themselves, neutral_text, prepared_of, whole_clock
from disclosure.rules.applications import State, missing
from disclosure.services.moving import hold_application, move_application, touch


@transaction.atomic
def answer_neutrally(*, actor: User, application: Application, version: int, way: str) -> NeutralAnswer:
    """Answer whoever asked in the words that are the same for everybody, by a way that they said is safe."""
    locked = hold_application(actor, application, version)
    require_stands_at(locked, {State.DECIDED})
    with row_security(actor):
        prepared = prepared_of(locked)
        require_answerable(locked, decision_of(locked), prepared, is_told=is_told_themselves(locked, prepared))
        require_nothing_missing(missing(State.DECIDED, facts_of(locked)))
        require_safe_way(way, safe_contacts_of(locked))
    answer = NeutralAnswer.objects.create(application=locked, text=neutral_text(locked).text, way=way, sent_by=actor)
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Neutral answer sent")
    return answer


@transaction.atomic
def print_answer(*, actor: User, application: Application) -> tuple[str, bytes]:
    """Return the letter of an answer that was sent, and its name."""
    locked = hold_application(actor, application)
    answer = require_answered(locked)
    record_event(Verb.PRINTED, locked, act="Neutral answer printed")
    return f"{locked.reference}-answer", answer_paper(locked, answer)


@transaction.atomic
def close_application(*, actor: User, application: Application, version: int, late_reason: str = "") -> Application:
    """Close it once somebody was told or answered; over its time, with why it was late."""
    locked = hold_application(actor, application, version)
    move_application(actor, locked, State.CLOSED, act="Application closed")
    complete_actions_about(
        actor=actor, subject=locked, kind=whole_clock(locked), outcome="Told or answered", late_reason=late_reason.strip()
    )
    cancel_actions_about(actor=actor, subject=locked, reason="The application is closed.")
    return locked
