"""Marking material for its uses, and recording whom one consulted before acting on it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import MaterialKind, UsePurpose
from offenders.models import Assessment, Consultation, MaterialUse, Nominal


@transaction.atomic
def mark_material(
    *,
    actor: User,
    nominal: Nominal,
    purpose: UsePurpose | str,
    kind: MaterialKind | str,
    why: str,
    assessment: Assessment | None = None,
    material: str = "",
    case_reference: str = "",
) -> MaterialUse:
    """Mark a piece of material for evidence, an order, bail or a licence."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    is_assessment = kind == MaterialKind.ASSESSMENT
    if is_assessment and (assessment is None or assessment.nominal_id != nominal.pk):
        raise DomainError("Select the assessment", field="assessment")
    if not is_assessment and not material.strip():
        raise DomainError("Enter which material it is: its reference and date", field="material")
    use = MaterialUse.objects.create(
        nominal=nominal, purpose=purpose, kind=kind, assessment=assessment if is_assessment else None,
        material="" if is_assessment else material, case_reference=case_reference, why=why, marked_by=actor,
    )  # fmt: skip
    record_event(Verb.CREATED, use, act="Material marked for a use", purpose=str(purpose))
    return use


@transaction.atomic
def end_material_use(*, actor: User, use: MaterialUse, reason: str) -> MaterialUse:
    """Say that material is no longer meant for a use; the mark stays in the list."""
    authorise(actor, Perm.CHANGE_RECORD, use)
    locked = MaterialUse.objects.select_for_update().get(pk=use.pk)
    if locked.ended_at is not None:
        raise DomainError("This mark has ended already.")
    locked.ended_at, locked.end_reason = now(), reason
    locked.save(update_fields=["ended_at", "end_reason"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Mark on material ended")
    return locked


@transaction.atomic
def record_consultation(
    *,
    actor: User,
    nominal: Nominal,
    planned: str,
    consulted_on: date,
    agency: str = "",
    person: str = "",
    view: str = "",
    urgent_because: str = "",
) -> Consultation:
    """Record another agency's view before an action, or why it was too urgent to ask."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    if consulted_on > localdate():
        raise DomainError("The day must be today or earlier", field="consulted_on")
    if bool(urgent_because) == bool(agency or view or person):
        raise DomainError("Enter either the agency and its view, or why it was too urgent to ask", field="agency")
    if not urgent_because and not agency:
        raise DomainError("Enter the agency", field="agency")
    if not urgent_because and not view:
        raise DomainError("Enter what the agency said", field="view")
    row = Consultation.objects.create(
        nominal=nominal, planned=planned, consulted_on=consulted_on, agency=agency, person=person, view=view,
        urgent_because=urgent_because, recorded_by=actor,
    )  # fmt: skip
    record_event(Verb.CREATED, row, act="Too urgent to consult" if urgent_because else "Agency consulted")
    return row
