"""What must hold before a request of an agency is stored, moves on or is answered."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import Organisation
from sharing.choices.agreements import DataClass, Purpose
from sharing.choices.requests import RefusalCode, RequestTemplate
from sharing.models import Agreement, InformationRequest, Release
from sharing.rules.requests import Side, State, may_move

MEANWHILE = gettext_noop("Somebody else has dealt with this meanwhile. Open it again to see where it stands.")


def has_agreement(force: Organisation, agency: Organisation) -> bool:
    """Whether an agreement between the two is in force now."""
    return Agreement.objects.in_force().filter(force=force, agency=agency).exists()


def require_agreement(force: Organisation, agency: Organisation) -> None:
    """An agency asks on its own account only while an agreement with the force is in force."""
    if not has_agreement(force, agency):
        raise DomainError("No agreement with this police force is in force. Ask by telephone or letter.", field="force")


def require_move(request: InformationRequest, after: State, side: Side) -> None:
    """The table of moves lets this side bring it there."""
    if not may_move(State(request.state), after, side):
        raise DomainError(MEANWHILE)


def require_words(request: InformationRequest) -> None:
    """A request says about whom, what, what for and under which power."""
    if not request.subject_name.strip():
        raise DomainError("Enter the person's name as far as you know it.", field="subject_name")
    if request.template not in RequestTemplate.values:
        raise DomainError("Choose what kind of request it is.", field="template")
    if request.purpose not in Purpose.values:
        raise DomainError("Choose what the information is for.", field="purpose")
    if not request.power.strip():
        raise DomainError("Say on which power you rely.", field="power")
    if not request.data_classes or not set(request.data_classes) <= set(DataClass.values):
        raise DomainError("Choose the kinds of information that you need.", field="data_classes")
    if not request.details.strip():
        raise DomainError("Say what you need to know and why.", field="details")
    require_circumstances(request)


def require_circumstances(request: InformationRequest) -> None:
    """Urgency says why; a check of a carer says how they are related and from when the child would be with them."""
    if request.is_urgent and not request.urgent_reason.strip():
        raise DomainError("Say why it is urgent.", field="urgent_reason")
    if request.template == RequestTemplate.CARERS_CHECK and not request.relationship.strip():
        raise DomainError("Say how the carer is related to the child.", field="relationship")
    if request.template == RequestTemplate.CARERS_CHECK and request.care_from is None:
        raise DomainError("Enter from which day the child would be cared for.", field="care_from")


def require_answer(request: InformationRequest, releases: Collection[Release], *, has_nothing: bool) -> None:
    """An answer names what was released to that agency, or says that nothing can be shared."""
    if not releases and not has_nothing:
        raise DomainError("Choose what was released to the agency, or say that there is nothing that can be shared.", field="releases")
    if any((release.agency_id, release.force_id) != (request.agency_id, request.force_id) for release in releases):
        raise DomainError("Choose releases to this very agency.", field="releases")


def require_refusal(code: str) -> None:
    """A refusal has one of the reasons."""
    if code not in RefusalCode.values:
        raise DomainError("Choose why it is refused.", field="refusal")


def require_text(text: str, words: str, field: str = "text") -> None:
    """Something was written."""
    if not text.strip():
        raise DomainError(words, field=field)
