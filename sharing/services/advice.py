"""Advice on a decision to share: asked of a colleague, or noted from somebody outside; followed, or why not."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from sharing.choices.decisions import AdviceKind
from sharing.guards.decisions import require_advice_waits, require_adviser, require_followed, require_given
from sharing.models import Advice, SharingDecision
from sharing.rules.decisions import ADVICE, DECIDE, ROUTE
from sharing.services.editing import hold_for_editing


@transaction.atomic
def add_advice(
    *,
    actor: User,
    decision: SharingDecision,
    version: int | None,
    kind: AdviceKind | str,
    adviser: User | None = None,
    from_whom: str = "",
    question: str = "",
    text: str = "",
    given_on: date | None = None,
) -> Advice:
    """Ask a colleague, who is given an action; or note what somebody outside was asked, and what they said."""
    locked = hold_for_editing(actor=actor, decision=decision, version=version)
    require_adviser(adviser, from_whom)
    if not question.strip():
        raise DomainError("Say what was asked.", field="question")
    if adviser and (text.strip() or given_on):
        raise DomainError("A colleague gives the advice here. Leave this empty, or name them by post.", field="text")
    if text.strip() or given_on:
        require_given(text, given_on, localdate())
    if adviser and not may(adviser, Perm.VIEW_SHARING, locked):
        raise DomainError("This person cannot open the decision. Ask in another way, and note by post what they said.", field="adviser")
    advice = Advice.objects.create(
        decision=locked, kind=str(kind), adviser=adviser, from_whom=from_whom.strip(), question=question.strip(), asked_by=actor,
        text=text.strip(), given_on=given_on,
    )  # fmt: skip
    if adviser:
        raise_action(
            actor=actor, kind=ADVICE, title=gettext_noop("Give advice about sharing"), owner=Owner(user=adviser), nominal=locked.nominal,
            subject=advice, route=ROUTE, rule=DECIDE, key=f"{ADVICE}-{advice.public_id}",
        )  # fmt: skip
        tell(
            actor=actor,
            people=[adviser],
            text=gettext_noop("You are asked for advice about sharing"),
            nominal=locked.nominal_id,
            route=ROUTE,
        )
    record_event(Verb.CREATED, advice, act="Advice asked for", kind=str(kind))
    return advice


def lock_advice(advice: Advice) -> Advice:
    """Hold the decision, then the advice, until the transaction ends."""
    SharingDecision.objects.select_for_update(of=("self",)).get(pk=advice.decision_id)
    hold(advice)
    return Advice.objects.select_related("decision__nominal", "asked_by").get(pk=advice.pk)


@transaction.atomic
def give_advice(*, actor: User, advice: Advice, text: str) -> Advice:
    """Give the advice that one was asked for. It is asked for in a draft only, so no seal breaks."""
    authorise(actor, Perm.VIEW_SHARING, advice)
    locked = lock_advice(advice)
    if locked.adviser_id != actor.pk:
        raise DomainError("Somebody else was asked for this advice.")
    return store(actor, locked, text, localdate())


@transaction.atomic
def record_advice(*, actor: User, advice: Advice, text: str, given_on: date) -> Advice:
    """Note by hand what somebody outside advised."""
    hold_for_editing(actor=actor, decision=advice.decision)
    locked = lock_advice(advice)
    if locked.adviser_id is not None:
        raise DomainError("A colleague was asked, and gives the advice here.")
    return store(actor, locked, text, given_on)


def store(actor: User, advice: Advice, text: str, given_on: date) -> Advice:
    """Store what was advised."""
    require_advice_waits(advice)
    require_given(text, given_on, localdate())
    advice.text, advice.given_on = text.strip(), given_on
    advice.save(update_fields=["text", "given_on"])
    complete_actions_about(actor=actor, subject=advice, kind=ADVICE, outcome="Given")
    record_event(Verb.CHANGED, advice, act="Advice given")
    tell(
        actor=actor,
        people=[advice.asked_by],
        text=gettext_noop("Advice about sharing has come"),
        nominal=advice.decision.nominal_id,
        route=ROUTE,
    )
    return advice


@transaction.atomic
def follow_advice(*, actor: User, advice: Advice, is_followed: bool | None, why_not: str = "") -> Advice:
    """Say whether advice that came was followed; where it was not, why."""
    hold_for_editing(actor=actor, decision=advice.decision)
    locked = lock_advice(advice)
    if not locked.text:
        raise DomainError("This advice has not come yet.")
    require_followed(is_followed, why_not)
    locked.is_followed, locked.why_not = is_followed, "" if is_followed else why_not.strip()
    locked.save(update_fields=["is_followed", "why_not"])
    record_event(Verb.CHANGED, locked, act="Advice weighed", followed=is_followed)
    return locked


@transaction.atomic
def take_back_question(*, actor: User, advice: Advice) -> None:
    """Take back a question that was not answered yet."""
    hold_for_editing(actor=actor, decision=advice.decision)
    locked = lock_advice(advice)
    require_advice_waits(locked)
    cancel_actions_about(actor=actor, subject=locked, reason="The question was taken back.")
    record_event(Verb.CHANGED, locked, act="Question taken back")
    locked.delete()
