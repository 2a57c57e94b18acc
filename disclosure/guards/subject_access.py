"""What must hold before a request for one's own data moves on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from disclosure.choices.applications import IdentityProof
from disclosure.choices.subject_access import Asks, Outcome, Received, Refusal, State, Way
from disclosure.models import Bundle, Correction, SubjectRequest
from disclosure.rules.subject_access import MONTHS_IN_ALL
from disclosure.rules.subject_access_corrections import BASES, UNTOLD
from offenders.models import Nominal
from ui.templatetags.ui import joined_words

AT_WORK = (State.COLLECTING, State.DECIDING)


def require_words(value: str, words: str, field: str) -> None:
    """Something is said."""
    if not value.strip():
        raise DomainError(words, field=field)


def require_asks(asks: str) -> None:
    """It is known what is asked."""
    if asks not in Asks.values:
        raise DomainError("Choose what is asked.", field="asks")


def require_request(name: str, received_by: str, received_at: datetime, through: str, since: date | None) -> None:
    """A request says whose data is asked for, how and when it came, and through whom where somebody asks for them."""
    require_words(name, gettext_noop("Enter whose data is asked for."), "name")
    if received_by not in Received.values:
        raise DomainError("Choose how it came.", field="received_by")
    if received_at > now():
        raise DomainError("It came before now. Check the day and the time.", field="time")
    if received_by == Received.SOLICITOR:
        require_words(through, gettext_noop("Enter who asks for them, and with which authority."), "through")
    if since and since > localdate():
        raise DomainError("The day must be today or earlier.", field="since")


def require_open(request: SubjectRequest) -> None:
    """It has not ended."""
    if not request.is_open:
        raise DomainError("This request has ended. Open it to read how.")


def require_new(request: SubjectRequest) -> None:
    """Nobody has proved who asks yet."""
    if request.state != State.NEW:
        raise DomainError("Who asks is proved already.")


def require_proof(request: SubjectRequest, identity: str, at: datetime) -> None:
    """It says how, and when: between the day on which the request came and now."""
    if identity not in IdentityProof.values:
        raise DomainError("Choose how they proved who they are.", field="identity")
    if not request.received_at <= at <= now():
        raise DomainError("Enter a time after the request came and before now.", field="time")


def require_proved(request: SubjectRequest) -> None:
    """Nothing is done for somebody of whom nobody knows who they are."""
    if request.identity_at is None:
        raise DomainError("Prove who asks first: until then nothing is searched, collected or answered.")


def require_at_work(request: SubjectRequest) -> None:
    """It is proved, and nothing is sealed yet."""
    require_proved(request)
    if request.state not in AT_WORK:
        raise DomainError("What goes out is sealed: nothing of it changes any more.")


def require_own_record(request: SubjectRequest, nominal: Nominal) -> None:
    """The force that keeps the record answers."""
    if nominal.force_id != request.force_id:
        raise DomainError("Another force keeps this record, and answers for it. Tell whoever asks to turn to it.", field="nominal")


def require_own_unit(request: SubjectRequest, unit: Unit) -> None:
    """A unit of the same force helps."""
    if unit.organisation_id != request.force_id:
        raise DomainError("Choose a unit of your force.", field="unit")


def require_no_record(request: SubjectRequest) -> None:
    """Nothing is held only where no record is linked."""
    if request.nominal_id is not None:
        raise DomainError("A record is linked: something is held.")


def require_record(request: SubjectRequest) -> None:
    """A copy is asked for, and there is something to collect from."""
    require_at_work(request)
    if request.is_correction:
        raise DomainError("Nothing is collected for this request: write down what is disputed.")
    if request.nominal_id is None:
        raise DomainError("Link the record first, or say that nothing is held.")


def require_deciding(request: SubjectRequest) -> None:
    """Everything was collected, or it was said why not."""
    require_at_work(request)
    if request.state != State.DECIDING:
        raise DomainError("Collect what is held first, or say why a source stays out.")


def require_correction(request: SubjectRequest) -> None:
    """Something is disputed, and nothing is sealed yet."""
    require_at_work(request)
    if not request.is_correction:
        raise DomainError("This request asks for a copy, and disputes nothing.")


def require_outcome(request: SubjectRequest, outcome: str, basis: str, reasons: str, untold: str) -> None:
    """An outcome rests on its part of the law, with reasons; only of what is refused may the person be told nothing, on a ground."""
    if outcome not in Outcome.values:
        raise DomainError("Choose what is decided.", field="outcome")
    if basis not in BASES[Outcome(outcome)]:
        bases = BASES[Outcome(outcome)]
        fits = joined_words([each.label for each in bases], "; ")
        raise DomainError("Choose on what it rests. This fits: {fits}.", fits=fits, field="basis")
    require_words(reasons, gettext_noop("Give the reasons."), "reasons")
    if untold and (outcome != Outcome.REFUSED or untold not in UNTOLD):
        raise DomainError("Only of what is refused may the person be told nothing, on one of these grounds.", field="untold")
    if outcome != Outcome.REFUSED and request.nominal_id is None:
        raise DomainError("Link the record first: there is nothing to change.", field="outcome")


def require_granted(correction: Correction) -> None:
    """It was granted, and nobody has said yet that it was done."""
    if not correction.is_granted or correction.done_at is not None:
        raise DomainError("Nothing of this waits to be done.")


def require_months(months: int, given: int) -> None:
    """No more than the law lets."""
    if months not in range(1, MONTHS_IN_ALL + 1) or months + given > MONTHS_IN_ALL:
        raise DomainError(
            "The time can be extended by {most} months in all. {given} were given.",
            most=MONTHS_IN_ALL, given=given, field="months",
        )


def require_known_grounds(choices: Sequence[str], grounds: Collection[str], passages: int) -> None:
    """Each passage has an answer that is offered, or none yet."""
    if len(choices) != passages or set(choices) - set(grounds) - {"", "keep"}:
        raise DomainError("The passages changed meanwhile. Open the page again.")


def require_sealed(bundle: Bundle | None) -> Bundle:
    """Something is sealed."""
    if bundle is None:
        raise DomainError("Seal what goes out first.")
    return bundle


def require_other_than_sealer(actor: User, bundle: Bundle) -> None:
    """Nobody undoes a seal of their own."""
    if bundle.sealed_by_id == actor.pk:
        raise DomainError("You sealed this: somebody else must undo it.")


def require_able_officer(officer: User, request: SubjectRequest) -> None:
    """It is somebody else, who answers such requests of the force and may know of this one."""
    if officer.pk == request.officer_id:
        raise DomainError("This person answers it already. Choose somebody else.", field="officer")
    if not may(officer, Perm.ANSWER_SUBJECT_REQUEST, request):
        raise DomainError("This person cannot answer it. Choose somebody else of your force.", field="officer")


def require_delivery(bundle: Bundle, way: str, to_whom: str, at: datetime) -> None:
    """It says how, to whom and when: after sealing, and not in the future."""
    if way not in Way.values:
        raise DomainError("Choose how it was handed over.", field="way")
    require_words(to_whom, gettext_noop("Enter to whom it was handed over."), "to_whom")
    if not bundle.sealed_at.replace(second=0, microsecond=0) <= at <= now():
        raise DomainError("Enter a time after it was sealed and before now.", field="time")


def require_refusal(ground: str, reasons: str) -> None:
    """A refusal has a ground and reasons."""
    if ground not in Refusal.values:
        raise DomainError("Choose the ground.", field="ground")
    require_words(reasons, gettext_noop("Give the reasons."), "reasons")
