"""What must hold before something leaves, and of what left."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from sharing.choices.decisions import Channel, Choice
from sharing.choices.sending import FIRST_LOOK, SECOND_LOOK
from sharing.models import Agreement, Approval, DataBreach, Release, SharingDecision
from sharing.reports.seals import seal_of
from sharing.rules.decisions import State
from ui.templatetags.ui import date_words, words_in_sentence

NO_AGREEMENT = gettext_noop(
    "No agreement with this agency is in force, so nothing goes online. Ask data protection, or decide on another way."
)


def require_approval(decision: SharingDecision) -> Approval:
    """It was decided to share, the decision is approved as it stands, and nothing was sent under that approval."""
    approval: Approval | None = decision.approvals.filter(
        verdict=State.APPROVED, lapsed_at__isnull=True, content_hash=decision.content_hash
    ).first()
    if decision.state != State.APPROVED or approval is None or seal_of(decision) != decision.content_hash:
        raise DomainError("This decision is not approved as it stands. Send it to whoever decides.")
    if decision.choice == Choice.DO_NOT:
        raise DomainError("It was decided not to share.")
    if Release.objects.filter(approval=approval).exists():
        raise DomainError("What was approved has been sent already. Edit the decision to send something else.")
    return approval


def require_way(decision: SharingDecision, today: date) -> None:
    """Online, an agreement is in force today, which covers what goes unless it has a basis of its own; the last day is not over."""
    if decision.expires_on and decision.expires_on < today:
        raise DomainError("The last day on which the recipient may see it is over. Edit the decision.")
    if not decision.handling.strip():
        raise DomainError("The decision does not say how the recipient must handle it. Edit the decision.")
    if decision.channel != Channel.ONLINE:
        return
    if decision.agency_id is None or decision.expires_on is None:
        raise DomainError("What goes online goes to an agency, until a day. Edit the decision.")
    agreed = decision.agreement_id or 0
    agreement = Agreement.objects.in_force(today).filter(pk=agreed, agency=decision.agency_id).first()
    if agreement is None:
        raise DomainError(NO_AGREEMENT)
    outside = [item.heading for item in decision.items.all() if item.data_class not in agreement.data_classes]
    if outside and not decision.own_basis.strip():
        raise DomainError(
            "The agreement does not cover: {outside}. Take that out of the decision.",
            outside="; ".join(dict.fromkeys(outside)),
        )


def require_same(changed: list[str]) -> None:
    """The record still says what was chosen."""
    if changed:
        raise DomainError(
            "The record has changed since this was approved, or you may no longer see it there: {changed}. Edit the decision.",
            changed="; ".join(changed),
        )


def require_standing(release: Release) -> None:
    """It was not withdrawn."""
    if release.withdrawn_at is not None:
        raise DomainError("This was withdrawn already.")


def require_channel(release: Release, channel: Channel) -> None:
    """It leaves in this way."""
    if release.channel != channel:
        raise DomainError("This leaves in another way: {channel}.", channel=words_in_sentence(Channel(release.channel).label))


def require_past(moment: datetime, field: str) -> None:
    """What is recorded has happened."""
    if moment > now():
        raise DomainError("Enter a time that is not in the future.", field=field)


def require_words(**said: str) -> None:
    """Each of these says something."""
    for field, text in said.items():
        if not text.strip():
            raise DomainError("This must not be empty.", field=field)


def require_look(release: Release, days: int, passed: int) -> None:
    """The look is one of the two, is due, and has not been taken."""
    if days not in {FIRST_LOOK, SECOND_LOOK}:
        raise DomainError("Choose which look this is.", field="days")
    if passed < days:
        raise DomainError("This look comes {days} days after {sent}.", days=days, sent=date_words(release.sent_at.date()))
    if release.outcomes.filter(days=days).exists():
        raise DomainError("This look was recorded already.")


def require_open_breach(breach: DataBreach, actor: User) -> None:
    """It is not closed, and somebody else than its reporter closes it."""
    if breach.closed_at is not None:
        raise DomainError("This breach is closed already.")
    if breach.by_id == actor.pk:
        raise DomainError("You reported this breach: somebody else must close it.")
