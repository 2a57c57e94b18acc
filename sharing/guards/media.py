"""What must hold before something is done about an enquiry of the media."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import Organisation, Unit, User
from audit.choices import Verb
from audit.services import record_read
from sharing.choices.decisions import RecipientKind, Template
from sharing.choices.media import EnquiryKind, Outlet, Received
from sharing.models import MediaEnquiry, MediaStatement, SharingDecision
from sharing.reports.media import names_somebody
from sharing.reports.practice import media_lines_on

NAMES_NOBODY = gettext_noop(
    "A general enquiry names nobody. Take out names, dates of birth and references of records, or take it as a specific enquiry."
)
NO_DECISION = gettext_noop("A statement that identifies a person goes out only under an approved decision to do so. Ask the unit.")


def require_kinds(kind: str, received_by: str) -> None:
    """It is of a kind, and came in some way."""
    if kind not in EnquiryKind.values:
        raise DomainError("Choose whether it is general or about a person.", field="kind")
    if received_by not in Received.values:
        raise DomainError("Choose how it came.", field="received_by")


def require_own_unit(force: int, unit: Unit) -> None:
    """A unit of one's own force is asked."""
    if unit.organisation_id != force:
        raise DomainError("Choose a unit of your own force.", field="unit")


def require_times(received_at: datetime, wanted_on: date | None) -> None:
    """It has come already; an answer is wanted after that."""
    if received_at > now():
        raise DomainError("Enter a time that has passed.", field="time")
    if wanted_on and wanted_on < localdate(received_at):
        raise DomainError("The answer cannot be wanted before the enquiry came.", field="wanted_on")


def require_names_nobody(actor: User, is_general: bool, **texts: str) -> None:
    """What is kept with a general enquiry points at nobody."""
    if is_general:
        refuse_names(actor, NAMES_NOBODY, "Words that point at a person in a general enquiry", **texts)


def refuse_names(actor: User, words: str, act: str, **texts: str) -> None:
    """Refuse texts that point at somebody, in these words; which record matched is told to nobody."""
    for field, text in texts.items():
        if names_somebody(actor, text):
            record_read(Verb.REFUSED, act=act)
            raise DomainError(words, field=field)


def require_words(**texts: str) -> None:
    """Something is said."""
    for field, text in texts.items():
        if not text.strip():
            raise DomainError("Enter what is said.", field=field)


def require_open(enquiry: MediaEnquiry) -> None:
    """Nothing more is done about what is closed."""
    if not enquiry.is_open:
        raise DomainError("This enquiry is closed. Take a new one.")


def require_specific(enquiry: MediaEnquiry, field: str | None = None) -> None:
    """Only a specific enquiry is about a person."""
    if enquiry.is_general:
        raise DomainError("A general enquiry is about nobody.", field=field)


def require_lines(lines: Sequence[str], own_lines: str) -> None:
    """There are lines to take, from the list or one's own."""
    if not set(lines) <= {line.code for line in media_lines_on(localdate())}:
        raise DomainError("Choose lines from the list.", field="lines")
    if not lines and not own_lines.strip():
        raise DomainError("Choose lines to take, or write your own.", field="lines")


def require_agency(agency: Organisation) -> None:
    """An agency is consulted, no force."""
    if agency.is_force or not agency.is_active:
        raise DomainError("Choose an agency that works with your force.", field="agency")


def require_answer_days(asked_on: date, answered_on: date | None, said: str) -> None:
    """Asked first, answered later, and with words."""
    if asked_on > localdate():
        raise DomainError("Enter today or an earlier day.", field="asked_on")
    if answered_on and not asked_on <= answered_on <= localdate():
        raise DomainError("Enter a day from when it was asked until today.", field="answered_on")
    if bool(answered_on) != bool(said.strip()):
        raise DomainError("Enter both when it answered and what it said, or neither.", field="said")


def require_not_agreed(agreed_by: object) -> None:
    """It is agreed to once."""
    if agreed_by is not None:
        raise DomainError("This was agreed already.")


def require_another(actor: User, written_by: int) -> None:
    """Nobody agrees to what they wrote."""
    if actor.pk == written_by:
        raise DomainError("You wrote this: somebody else of the unit must agree.")


def require_issuable(enquiry: MediaEnquiry, statement: MediaStatement) -> None:
    """The unit agreed to this version, and every agency that must be asked has answered."""
    if statement.issued_at:
        raise DomainError("This statement has been issued already.")
    if not statement.agreed_at:
        raise DomainError("The unit has not agreed to this statement yet.")
    waiting = enquiry.consultations.filter(is_required=True, answered_on__isnull=True).select_related("agency").first()
    if waiting:
        raise DomainError("{agency} must be consulted first. Enter what it said.", agency=waiting.agency)


def require_media_decision(decision: SharingDecision) -> None:
    """Only a decision to identify somebody to the media or the public goes out on the force's own initiative."""
    if decision.template != Template.MEDIA or decision.recipient_kind not in {RecipientKind.MEDIA, RecipientKind.PUBLIC, ""}:
        raise DomainError("Only a decision to identify a person to the media or the public has a plan of how it goes out.")


def require_plan(risk_assessment: str, plan: str, outlets: Sequence[str], took_part_on: date) -> None:
    """The risk of the release was assessed with a press officer, and how it goes out is planned."""
    require_words(risk_assessment=risk_assessment, plan=plan)
    if not outlets or not set(outlets) <= set(Outlet.values):
        raise DomainError("Choose how it goes out.", field="outlets")
    if took_part_on > localdate():
        raise DomainError("Enter today or an earlier day.", field="took_part_on")
