"""What must hold before something is decided, said or answered about an application."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, SeveralErrors
from accounts.models import User
from disclosure.choices.applications import Ground, IdentityProof, PartyRole, Route, Undertaking, Verdict
from disclosure.choices.outcomes import FITS, Answer, Ruling
from disclosure.models import Application, ApplicationMarker, NeutralAnswer, Party, SafeContact, SchemeDecision, SchemeDisclosure
from disclosure.rules.applications import NO_DANGER, State
from offenders.models import Nominal
from sharing.models import Release
from sharing.rules.decisions import State as SharingState

PROPOSABLE = frozenset({State.FULL_CHECKS, State.DECISION})
NO_MARKER = gettext_noop(
    "The unit that manages the record would learn that an application exists. First decide that it may: tell its managers, from the page "
    "of the application."
)
TELLS_WHO = gettext_noop("The words could tell who applied. Take out names, numbers, addresses and what only they can know.")


def require_words(**texts: str) -> None:
    """Each of these says something."""
    empty = [field for field, text in texts.items() if not text.strip()]
    if empty:
        raise SeveralErrors([DomainError("Say it in words.", field=field) for field in empty])


def require_stands_at(application: Application, states: Collection[State]) -> None:
    """It stands where this is done."""
    if application.state == State.SAFEGUARDING and State.SAFEGUARDING not in states:
        raise DomainError(str(NO_DANGER[0]))
    if application.state not in states:
        raise DomainError("The application does not stand where this can be done. Load the page again.")


def require_past(day: date | None, field: str) -> None:
    """The day has come."""
    if day and day > localdate():
        raise DomainError("Enter today or an earlier day.", field=field)


def require_representations(answer: str, asked_on: date | None, why_not: str, said: str, considered: str) -> None:
    """Why they were not asked; or when they were, and what was said with how it was weighed."""
    if answer not in Answer.values:
        raise DomainError("Choose what came of it.", field="answer")
    if answer == Answer.NOT_ASKED:
        require_words(why_not=why_not)
    elif asked_on is None:
        raise DomainError("Enter the day on which they were asked.", field="asked_on")
    if answer == Answer.SAID:
        require_words(said=said, considered=considered)
    require_past(asked_on, "asked_on")


def require_proposal(verdict: str, ground: str, whom: str, reasons: str, grounds: Collection[Ground]) -> None:
    """A verdict with reasons; to disclose also on what it rests, where that holds, and who should be told."""
    if verdict not in Verdict.values:
        raise DomainError("Choose what you propose.", field="verdict")
    require_words(reasons=reasons)
    if verdict != Verdict.DISCLOSE:
        return
    if ground not in grounds:
        fitting = SeveralErrors([DomainError(FITS[each]) for each in grounds])
        raise DomainError("Choose on what it rests. {fitting}", fitting=fitting, field="ground")
    require_words(whom=whom)


def require_proposed(decision: SchemeDecision | None) -> SchemeDecision:
    """Something is proposed."""
    if decision is None:
        raise DomainError("Nothing is proposed. Load the page again.")
    return decision


def require_ruling(actor: User, decision: SchemeDecision, ruling: str, words: str) -> None:
    """Somebody else than whoever proposed it says one of three things, with words; once."""
    if decision.lapsed_at is not None or decision.decided_at is not None:
        raise DomainError("This proposal waits for nobody any more. Load the page again.")
    if decision.proposed_by_id == actor.pk:
        raise DomainError("You proposed this: somebody else must decide it.")
    if ruling not in Ruling.values:
        raise DomainError("Choose what you decide.", field="ruling")
    require_words(words=words)


def require_standing(decision: SchemeDecision | None) -> SchemeDecision:
    """It was decided to disclose, by somebody else than whoever proposed it, and that stands."""
    if decision is None or not decision.agreed or decision.lapsed_at is not None or decision.verdict != Verdict.DISCLOSE:
        raise DomainError("It was not decided to disclose.")
    return decision


def require_nothing_done(application: Application) -> None:
    """Nobody was told, and nothing was answered, under what was decided."""
    told = SchemeDisclosure.objects.filter(application=application, told_at__isnull=False).exists()
    if told or hasattr(application, "neutral_answer"):
        raise DomainError("Somebody was told or answered already. What was decided stays.")


def require_not_told(prepared: SchemeDisclosure) -> None:
    """They were not told yet."""
    if prepared.told_at is not None:
        raise DomainError("They were told already. What was said stays.")


def require_no_sharing(decision: SchemeDecision) -> None:
    """No decision to tell somebody was begun, or the last one has ended."""
    if decision.sharing and decision.sharing.state != SharingState.ENDED:
        raise DomainError("The decision to tell somebody has been begun already.")


def require_record(application: Application) -> Nominal:
    """The person asked about is on record."""
    if application.nominal is None:
        raise DomainError("The person asked about has no record here. The decision of the scheme is enough.")
    return application.nominal


def require_own_words(application: Application, script: str) -> None:
    """About a person on record nothing is said but what was approved."""
    if application.nominal_id is not None and script.strip():
        raise DomainError("About a person on record the words to say are what was approved and sent. Take that over.", field="script")


def require_waits_here(markers: Sequence[ApplicationMarker], reference: str) -> ApplicationMarker:
    """An application of which the record's managers know waits for their decision."""
    found = next((marker for marker in markers if marker.application.reference == reference), None)
    if found is None:
        raise DomainError("No such application waits for a decision here. Load the page again.")
    return found


def require_marker(application: Application) -> None:
    """Whoever manages the record may know that an application exists."""
    if not ApplicationMarker.objects.filter(application=application).exists():
        raise DomainError(NO_MARKER)


def require_release(release: Release | None) -> Release:
    """What was approved has been sent, to be spoken, as the decision stands, and was not withdrawn."""
    if release is None:
        raise DomainError("What was approved has not been sent, or was withdrawn. It is sent on the page of the decision, to be spoken.")
    return release


def require_protector(same_as: Party | None, name: str, identity: str, identity_detail: str) -> None:
    """Somebody in the application, never the person asked about, or somebody else by name; proved who they are, one way or another."""
    if same_as and same_as.role == PartyRole.SUBJECT:
        raise DomainError("The person asked about is never told.", field="same_as")
    if same_as is None:
        require_words(name=name)
    if identity and identity not in IdentityProof.values:
        raise DomainError("Choose how they proved who they are.", field="identity")
    if identity and identity != IdentityProof.NOT_PROVED:
        require_words(identity_detail=identity_detail)


def require_undertaking(undertaking: str, words: str) -> None:
    """One of three; refused, with what follows."""
    if undertaking not in Undertaking.values:
        raise DomainError("Choose whether they undertake to keep it to themselves.", field="undertaking")
    if undertaking == Undertaking.REFUSED:
        require_words(undertaking_words=words)


def require_moment(told_at: datetime, decided_at: datetime | None) -> None:
    """After it was decided, and not in the future."""
    if told_at > now():
        raise DomainError("Enter a time that is not in the future.", field="time")
    if decided_at and told_at < decided_at.replace(second=0, microsecond=0):
        raise DomainError("Nobody can be told before it was decided. Check the time.", field="time")


def require_answerable(
    application: Application, decision: SchemeDecision | None, prepared: SchemeDisclosure | None, *, is_told: bool
) -> None:
    """Somebody asked and is not told: nothing is disclosed to them, or what there was to disclose was told to somebody else."""
    if application.route == Route.KNOW:
        raise DomainError("Nobody asked: this began with what the police learned. There is nobody to answer.")
    if hasattr(application, "neutral_answer"):
        raise DomainError("The answer has been sent already.")
    if decision is None or not decision.agreed:
        raise DomainError("It has not been decided yet.")
    if decision.verdict == Verdict.DISCLOSE and not (prepared and prepared.told_at):
        raise DomainError("It was decided to disclose. First tell whoever should be told.")
    if is_told:
        raise DomainError("Whoever asked was told. They need no other answer.")


def require_answered(application: Application) -> NeutralAnswer:
    """It was answered."""
    if not hasattr(application, "neutral_answer"):
        raise DomainError("Nothing has been answered yet.")
    return application.neutral_answer


def require_safe_way(way: str, contacts: Collection[SafeContact]) -> None:
    """They said that it is safe to be reached like this."""
    if way not in {contact.way for contact in contacts if contact.is_safe}:
        raise DomainError("Choose a way that they said is safe.", field="way")
