"""What is decided about an application: representations, the proposal, what somebody else decides of it, deciding anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import row_security
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import Scheme, Verdict
from disclosure.choices.outcomes import Answer, Ruling
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.outcomes import (
    PROPOSABLE,
    require_nothing_done,
    require_proposal,
    require_proposed,
    require_representations,
    require_ruling,
    require_stands_at,
    require_words,
)
from disclosure.models import Application, Representations, SchemeDecision
from disclosure.reports.facts import decision_of, facts_of
from disclosure.reports.outcomes import deciders_of, findings_on_record, reads_record
from disclosure.rules.applications import READY, REPRESENTATIONS, RUNNING, State, lacking
from disclosure.rules.outcomes import Finding, grounds_for, presumption_of
from disclosure.services.moving import hold_application, move_application, touch

PROPOSED = "application-decide"  # the kind of action, and the rule of its clock
LIST = "disclosure:application-list"
WAITS = gettext_noop("A proposal under a disclosure scheme waits for a decision")
CAME_BACK = gettext_noop("What was proposed was decided or returned")


@transaction.atomic
def record_representations(
    *, actor: User, application: Application, version: int, answer: str, asked_on: date | None = None, why_not: str = "", said: str = "",
    considered: str = "",
) -> Representations:  # fmt: skip
    """Keep whether the person asked about was asked, what they said and how it was weighed. What was proposed before that lapses."""
    locked = hold_application(actor, application, version)
    require_stands_at(locked, RUNNING - {State.DECIDED})
    require_representations(answer, asked_on, why_not, said, considered)
    is_asked, is_said = answer != Answer.NOT_ASKED, answer == Answer.SAID
    values = {
        "asked_on": asked_on if is_asked else None, "why_not": "" if is_asked else why_not.strip(), "said": said.strip() if is_said else "",
        "considered": considered.strip() if is_said else "", "has_nothing_to_say": answer == Answer.NOTHING, "written_by": actor,
    }  # fmt: skip
    row, _ = Representations.objects.update_or_create(application=locked, defaults=values)
    lapse(actor, locked, "What it rests on has changed.")
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Representations recorded", answer=answer)
    return row


def lapse(actor: User, application: Application, reason: str) -> None:
    """End what was proposed or decided, if something stands; the caller holds the application."""
    standing = decision_of(application)
    if standing is None:
        return
    standing.lapsed_at, standing.why_lapsed, standing.version = now(), reason[:300], standing.version + 1
    standing.save(update_fields=["lapsed_at", "why_lapsed", "version"])
    cancel_actions_about(actor=actor, subject=application, kind=PROPOSED, reason=reason)
    record_event(Verb.CHANGED, application, act="What was proposed or decided lapsed")


@transaction.atomic
def propose(
    *, actor: User, application: Application, version: int, verdict: str, reasons: str, ground: str = "", whom: str = "",
    findings: Sequence[Finding] = (),
) -> SchemeDecision:  # fmt: skip
    """Propose what is decided, with the facts of the presumption as they are now; whatever was proposed before lapses.

    `findings` say what the recorded checks show; where the actor reads the record of the person asked about, the record says it instead.
    """
    locked = hold_application(actor, application, version)
    require_stands_at(locked, PROPOSABLE)
    tests = tests_of(actor, locked, findings)
    require_proposal(verdict, ground, whom, reasons, grounds_for(locked.scheme, presumption_of(tests)))
    with row_security(actor):
        facts = replace(facts_of(locked), verdict=Verdict(verdict))
    require_nothing_missing(lacking((*READY, REPRESENTATIONS), facts))
    lapse(actor, locked, "It was proposed anew.")
    is_telling = verdict == Verdict.DISCLOSE
    decision = SchemeDecision.objects.create(
        application=locked, verdict=verdict, ground=ground if is_telling else "", whom=whom.strip() if is_telling else "",
        reasons=reasons.strip(), proposed_by=actor, tests={"findings": [each.stored() for each in tests]} if tests else {},
    )  # fmt: skip
    if locked.state == State.FULL_CHECKS:
        move_application(actor, locked, State.DECISION, act="Decision proposed")
    else:
        touch(locked)
        record_event(Verb.CHANGED, locked, act="Decision proposed anew")
    ask_to_decide(actor, locked, decision)
    return decision


def tests_of(actor: User, application: Application, findings: Sequence[Finding]) -> list[Finding]:
    """Return what the two tests of the child scheme rest on: the record where the actor reads it, else what the checks show."""
    if application.scheme != Scheme.CHILD:
        return []
    if application.nominal and reads_record(actor, application):
        record_event(Verb.VIEWED, application, act="Case file read for the presumption")
        return findings_on_record(actor, application.nominal, localdate())
    return list(findings)


def ask_to_decide(actor: User, application: Application, decision: SchemeDecision) -> None:
    """Raise the action of whoever decides: the one supervisor who may, else the unit."""
    people = deciders_of(application, actor)
    raise_action(
        actor=actor, kind=PROPOSED, title=WAITS, detail=application.reference, force=application.force,
        owner=Owner(user=people[0]) if len(people) == 1 else Owner(unit=application.unit), subject=application, route=LIST, rule=PROPOSED,
        key=f"{PROPOSED}-{decision.pk}", is_private=True,
    )  # fmt: skip
    tell(actor=actor, people=people, text=f"{WAITS}: {application.reference}", route=LIST)


@transaction.atomic
def decide(*, actor: User, application: Application, version: int, ruling: str, words: str, late_reason: str = "") -> SchemeDecision:
    """Decide what somebody else proposed: agree, or return it to be looked into or proposed anew."""
    locked = hold_application(actor, application, version, Perm.DECIDE_APPLICATION)
    require_stands_at(locked, {State.DECISION})
    decision = proposal_of(locked)
    require_ruling(actor, decision, ruling, words)
    agrees = ruling == Ruling.AGREE
    decision.agreed, decision.words, decision.decided_by, decision.decided_at = agrees, words.strip(), actor, now()
    decision.lapsed_at, decision.version = None if agrees else now(), decision.version + 1
    decision.save(update_fields=["agreed", "words", "decided_by", "decided_at", "lapsed_at", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=PROPOSED, outcome=str(Ruling(ruling).label), late_reason=late_reason)
    if agrees:
        move_application(actor, locked, State.DECIDED, act="Decided")
    elif ruling == Ruling.FIND_OUT:
        move_application(actor, locked, State.FULL_CHECKS, act="Proposal returned")
    else:
        touch(locked)
        record_event(Verb.CHANGED, locked, act="Proposal returned")
    people = [user for user in (decision.proposed_by, locked.officer) if user]
    tell(actor=actor, people=people, text=f"{CAME_BACK}: {locked.reference}", route=LIST)
    return decision


def proposal_of(application: Application) -> SchemeDecision:
    """Hold what waits for a decision."""
    rows = SchemeDecision.objects.select_for_update(of=("self",)).select_related("proposed_by").filter(application=application)
    return require_proposed(rows.filter(lapsed_at__isnull=True).first())


@transaction.atomic
def decide_anew(*, actor: User, application: Application, version: int, reason: str) -> Application:
    """Take back what was decided, before anybody was told or answered: it must be proposed again."""
    locked = hold_application(actor, application, version)
    require_stands_at(locked, {State.DECIDED})
    require_words(reason=reason)
    require_nothing_done(locked)
    lapse(actor, locked, reason.strip())
    move_application(actor, locked, State.DECISION, act="Decided anew")
    return locked
