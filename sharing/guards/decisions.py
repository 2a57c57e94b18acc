"""What must hold before a decision to share is stored, sent or decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_noop

from accounts.errors import DomainError, SeveralErrors, StaleRecord
from accounts.models import Organisation, User
from sharing.choices.decisions import Choice, RecipientKind, ReviewOutcome, Template, Verdict
from sharing.models import Advice, Agreement, SharingDecision
from sharing.rules.decisions import State, may_move
from sharing.rules.questions import AGENCY_KINDS, Missing, recipients_of

CHANGED = gettext_noop("This decision is not the one that you read: it was changed meanwhile. Read it as it stands now, then decide.")


def require_move(decision: SharingDecision, after: State) -> None:
    """The table of moves knows it."""
    if not may_move(State(decision.state), after):
        raise DomainError("Somebody else has dealt with this meanwhile. Open it again to see where it stands.")


def require_recipient(template: str, recipient_kind: str, agency: Organisation | None) -> None:
    """The template goes to such a recipient; an agency is one that is not closed, of the kind that the template is for."""
    if template not in Template.values:
        raise DomainError("Choose what it is.", field="template")
    if recipient_kind and recipient_kind not in recipients_of(template):
        raise DomainError("This template does not go to such a recipient.", field="recipient_kind")
    if agency is None:
        return
    if recipient_kind != RecipientKind.AGENCY:
        raise DomainError("Choose an agency only where it goes to one.", field="agency")
    if agency.is_force or not agency.is_active:
        raise DomainError("Choose an agency that is not closed.", field="agency")
    if template in AGENCY_KINDS and agency.kind != AGENCY_KINDS[Template(template)]:
        raise DomainError("This template goes to: {kind}.", kind=AGENCY_KINDS[Template(template)].label, field="agency")


def require_agreement_with(agreement: Agreement | None, force: int, agency: int | None) -> None:
    """The agreement is one of this force with this agency."""
    if agreement and (agreement.force_id, agreement.agency_id) != (force, agency):
        raise DomainError("Choose an agreement with this agency.", field="agreement")


def require_known_powers(powers: Sequence[str], known: Collection[str]) -> None:
    """Each power holds today."""
    if set(powers) - set(known):
        raise DomainError("Choose powers that hold today.", field="powers")


def require_complete(missing: Sequence[Missing]) -> None:
    """Nothing is missing; everything that is comes at once."""
    if missing:
        raise SeveralErrors([each.refusal.on(each.field) for each in missing])


def require_as_read(decision: SharingDecision, content_hash: str, sealed_now: str) -> None:
    """What is stored is what was sent, and what its reader saw."""
    if not content_hash or content_hash != decision.content_hash or content_hash != sealed_now:
        raise StaleRecord(CHANGED)


def require_another_writer(user: User, writers: Collection[int]) -> None:
    """Nobody decides what they wrote themselves."""
    if user.pk in writers:
        raise DomainError("You wrote some of this decision, so somebody else must decide it.")


def require_facts_read(read: str, now: str) -> None:
    """What the record says otherwise than the decision was read as it stands now."""
    if now and read != now:
        raise DomainError("The record says otherwise now. Read what changed, and tick that you did.", field="is_read")


def require_verdict(verdict: str, reasons: str) -> None:
    """A verdict is one of three, with reasons."""
    if verdict not in Verdict.values:
        raise DomainError("Choose: approve, refuse or return.", field="verdict")
    if not reasons.strip():
        raise DomainError("Give your reasons.", field="reasons")


def require_reason(text: str) -> None:
    """What is ended or reviewed says why."""
    if not text.strip():
        raise DomainError("Say why.", field="reason")


def require_adviser(adviser: User | None, from_whom: str) -> None:
    """Advice is a colleague's, or somebody's outside."""
    if (adviser is None) == (not from_whom.strip()):
        raise DomainError("Say who was asked: a colleague, or somebody else by post and agency. One of the two.", field="adviser")


def require_advice_waits(advice: Advice) -> None:
    """It was not given yet."""
    if advice.text:
        raise DomainError("This advice was given already.")


def require_given(text: str, given_on: date | None, today: date) -> None:
    """Advice that was given says what and when."""
    if not text.strip():
        raise DomainError("Say what the advice was.", field="text")
    if given_on is None or given_on > today:
        raise DomainError("Enter the day on which it was given: today or earlier.", field="given_on")


def require_followed(is_followed: bool | None, why_not: str) -> None:
    """It is said whether advice was followed; where it was not, why."""
    if is_followed is None:
        raise DomainError("Say whether the advice was followed.", field="is_followed")
    if not is_followed and not why_not.strip():
        raise DomainError("Say why it was not followed.", field="why_not")


def require_reviewable(decision: SharingDecision) -> None:
    """Only a decision not to share that holds is looked at again."""
    if decision.state != State.APPROVED or decision.choice != Choice.DO_NOT:
        raise DomainError("Only a decision not to share that was approved is reviewed.")


def require_review(outcome: str, reason: str, next_on: date | None, today: date) -> None:
    """A review finds that it stands until a later day, or that it must be decided again."""
    if outcome not in ReviewOutcome.values:
        raise DomainError("Choose what the review found.", field="outcome")
    require_reason(reason)
    if outcome == ReviewOutcome.STANDS and (next_on is None or next_on <= today):
        raise DomainError("Enter a day in the future on which it is looked at again.", field="next_on")
