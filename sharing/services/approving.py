"""The verdict on a decision to share: by whoever holds the authority now, about exactly what they read, never by a writer of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, StaleRecord
from accounts.models import Delegation, User
from accounts.permissions import Perm
from actions.services import complete_actions_about, tell
from audit.choices import Verb as TrailVerb
from audit.services import record_event
from offenders.models import Minutes
from sharing.choices.decisions import Authority, Choice, Verdict
from sharing.guards.decisions import (
    CHANGED,
    require_another_writer,
    require_as_read,
    require_facts_read,
    require_move,
    require_verdict,
)
from sharing.models import Approval, SharingDecision
from sharing.reports.authority import WhoDecides, lacks_press_office, minutes_for, who_decides, writers_of
from sharing.reports.facts import changed_facts, print_of
from sharing.reports.seals import seal_of
from sharing.rules.decisions import DECIDE, ROUTE, State
from sharing.services.decisions import ask_for_review
from sharing.services.editing import reopen
from ui.templatetags.ui import joined_words

STATES = {Verdict.APPROVED: State.APPROVED, Verdict.REFUSED: State.REFUSED, Verdict.RETURNED: State.DRAFT}
SAID: dict[str, str] = {
    Verdict.APPROVED: gettext_noop("A decision about sharing was approved"),
    Verdict.REFUSED: gettext_noop("A decision about sharing was refused"),
    Verdict.RETURNED: gettext_noop("A decision about sharing was returned"),
}
SAID_FOR: dict[str, str] = {
    Verdict.APPROVED: gettext_noop("A decision about sharing was approved under the authority that you lent; you stay responsible"),
    Verdict.REFUSED: gettext_noop("A decision about sharing was refused under the authority that you lent; you stay responsible"),
    Verdict.RETURNED: gettext_noop("A decision about sharing was returned under the authority that you lent; you stay responsible"),
}


@transaction.atomic
def decide_decision(
    *,
    actor: User,
    decision: SharingDecision,
    content_hash: str,
    verdict: Verdict | str,
    reasons: str,
    minutes: Minutes | None = None,
    facts_read: str = "",
) -> Approval:
    """Approve, refuse or return what was sent, as the actor read it: another hash is refused, and so is a writer of it.

    The authority is computed again. Where the record says otherwise now than the decision does, its approver has read that:
    `facts_read` is its print. Returned, it is a draft that its writers go on with.
    """
    locked, who = hold_to_decide(actor, decision, content_hash)
    require_verdict(str(verdict), reasons)
    require_move(locked, STATES[Verdict(verdict)])
    delegation = require_authority(actor, locked, who)
    if verdict == Verdict.APPROVED:
        require_terms(locked, who, minutes)
        require_facts_read(facts_read, print_of(changed_facts(locked)))
    approval = Approval(
        decision=locked, content_hash=locked.content_hash, verdict=str(verdict), authority=who.rule.authority, delegation=delegation,
        minutes=minutes if verdict == Verdict.APPROVED else None, reasons=reasons.strip(), author=locked.submitted_by, by=actor,
    )  # fmt: skip
    author = locked.submitted_by
    complete_actions_about(actor=actor, subject=locked, kind=DECIDE, outcome=str(Verdict(verdict).label))
    if verdict == Verdict.RETURNED:
        reopen(actor, locked)
    else:
        locked.state = STATES[Verdict(verdict)]
    approval.save(force_insert=True)
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    if verdict == Verdict.APPROVED and locked.choice == Choice.DO_NOT and locked.review_on:
        ask_for_review(actor, locked, locked.review_on)
    record_event(TrailVerb.CHANGED, locked, reason=reasons, act=f"Sharing decision {verdict}", content=content_hash)
    tell_of_verdict(actor, locked, approval, author)
    return approval


def hold_to_decide(actor: User, decision: SharingDecision, content_hash: str) -> tuple[SharingDecision, WhoDecides]:
    """Lock a decision as the actor read it, with who decides it now."""
    authorise(actor, Perm.APPROVE_SHARING, decision)
    rows = SharingDecision.objects.select_for_update(of=("self",)).select_related("nominal__force", "nominal__unit", "submitted_by")
    locked = rows.get(pk=decision.pk)
    if locked.state != State.SUBMITTED:
        raise StaleRecord(CHANGED)
    require_as_read(locked, content_hash, seal_of(locked))
    require_another_writer(actor, writers_of(locked))
    who = who_decides(locked)
    if who is None:
        raise StaleRecord(CHANGED)
    return locked, who


def require_authority(actor: User, decision: SharingDecision, who: WhoDecides) -> Delegation | None:
    """The actor is whoever decides now, which is who it was sent to; return the delegation by which."""
    if who.rule.authority != decision.authority:
        raise DomainError(
            "Who decides has changed since this was sent: now it is {authority}. Ask its writer to change it, so that it goes there.",
            authority=Authority(who.rule.authority).label,
        )
    decider = who.decider(actor)
    if decider is None and who.nobody:
        raise who.nobody
    if decider is None:
        names = joined_words([each.words for each in who.deciders], "; ")
        raise DomainError("You do not decide this. Whoever may: {names}.", names=names)
    return decider.delegation


def require_terms(decision: SharingDecision, who: WhoDecides, minutes: Minutes | None) -> None:
    """The press office was heard where it must be, and a chair names minutes that carry the decision."""
    if lacks_press_office(decision, who):
        raise DomainError("It needs the press office's advice. Return it.")
    if who.rule.is_in_minutes and (minutes is None or not minutes_for(decision).filter(pk=minutes.pk).exists()):
        raise DomainError("Choose the approved minutes in which the meeting decided this, after it was sent.", field="minutes")


def tell_of_verdict(actor: User, decision: SharingDecision, approval: Approval, author: User | None) -> None:
    """Tell its writer and the offender manager; and whoever lent the authority, who stays responsible."""
    people = [person for person in (author, decision.nominal.offender_manager) if person]
    tell(actor=actor, people=people, text=SAID[approval.verdict], nominal=decision.nominal_id, route=ROUTE)
    if approval.delegation:
        lender = approval.delegation.delegator
        tell(actor=actor, people=[lender], text=SAID_FOR[approval.verdict], nominal=decision.nominal_id, route=ROUTE)
