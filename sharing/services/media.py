"""Enquiries of the media: taken by the press office, answered by the unit for the press office, agencies consulted, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from offenders.models import Nominal
from sharing.choices.media import Outcome
from sharing.guards.media import (
    require_agency,
    require_answer_days,
    require_kinds,
    require_names_nobody,
    require_open,
    require_own_unit,
    require_specific,
    require_times,
    require_words,
)
from sharing.models import EnquiryRecord, MediaConsultation, MediaEnquiry
from sharing.references import ENQUIRY, next_reference
from sharing.reports.media import CLOCK

ASKED, AGREE, LIST = "media-unit", "media-agree", "sharing:media-list"


@transaction.atomic
def take_enquiry(
    *, actor: User, kind: str, outlet: str, journalist: str, received_by: str, received_at: datetime, question: str,
    unit: Unit, wanted_on: date | None = None,
) -> MediaEnquiry:  # fmt: skip
    """Take down what somebody of the media asked, in their words, and ask a unit. The clock runs from when it came."""
    authorise(actor, Perm.MANAGE_MEDIA)
    require_kinds(kind, received_by)
    require_words(question=question)
    require_own_unit(actor.organisation_id, unit)
    require_times(received_at, wanted_on)
    enquiry = MediaEnquiry(
        reference=next_reference(ENQUIRY), force=actor.organisation, kind=kind, outlet=outlet, journalist=journalist, unit=unit,
        received_by=received_by, received_at=received_at, question=question.strip(), wanted_on=wanted_on, taken_by=actor,
    )  # fmt: skip
    require_names_nobody(actor, enquiry.is_general, question=question)
    enquiry.save()
    raise_action(
        actor=actor, kind=CLOCK, title=gettext_noop("An enquiry of the media waits for an answer"), owner=Owner(role=Role.PRESS_OFFICER),
        force=enquiry.force, subject=enquiry, route=LIST, rule=CLOCK, starts_at=received_at, key=f"{CLOCK}-{enquiry.pk}", is_private=True,
    )  # fmt: skip
    ask_unit(actor, enquiry, ASKED, gettext_noop("The press office asks about an enquiry of the media"), f"{ASKED}-{enquiry.pk}")
    record_event(Verb.CREATED, enquiry, act="Enquiry of the media taken", kind=kind)
    return enquiry


def ask_unit(actor: User, enquiry: MediaEnquiry, kind: str, title: str, key: str) -> None:
    """Have the unit do something about an enquiry, within the time that the enquiry has."""
    raise_action(
        actor=actor, kind=kind, title=title, owner=Owner(unit=enquiry.unit), force=enquiry.force, subject=enquiry, route=LIST, rule=CLOCK,
        starts_at=now(), key=key,
    )  # fmt: skip


def hold_for_press(actor: User, enquiry: MediaEnquiry, version: int | None = None) -> MediaEnquiry:
    """Hold an open enquiry that the actor handles until the transaction ends."""
    authorise(actor, Perm.MANAGE_MEDIA, enquiry)
    locked = MediaEnquiry.objects.select_for_update(of=("self",)).select_related("unit", "force").get(pk=enquiry.pk)
    require_unchanged(locked, version)
    require_open(locked)
    return locked


def hold_for_unit(actor: User, enquiry: MediaEnquiry, version: int | None = None) -> MediaEnquiry:
    """Hold an open enquiry about which the actor's unit was asked until the transaction ends."""
    rows = MediaEnquiry.objects.for_user(actor).asked_of(actor).select_for_update(of=("self",)).select_related("unit", "force", "taken_by")
    locked = rows.filter(pk=enquiry.pk).first()
    if locked is None:
        raise NotPermitted(Perm.VIEW_MEDIA)
    require_unchanged(locked, version)
    require_open(locked)
    return locked


@transaction.atomic
def link_record(*, actor: User, enquiry: MediaEnquiry, nominal: Nominal | None) -> EnquiryRecord | None:
    """Say which record a specific enquiry is about, or that it is about none. The press office is told nothing of it."""
    locked = hold_for_unit(actor, enquiry)
    require_specific(locked)
    before = EnquiryRecord.objects.filter(enquiry=locked).select_related("nominal").first()
    if before:
        authorise(actor, Perm.VIEW_SHARING, before)
        record_event(Verb.CHANGED, before, act="Enquiry of the media no longer about this record")
        before.delete()
    if nominal is None:
        if locked.is_record_told:
            raise DomainError("The press office knows that there is a record. Answer it anew first.")
        return None
    authorise(actor, Perm.VIEW_SHARING, nominal)
    record = EnquiryRecord.objects.create(enquiry=locked, nominal=nominal, linked_by=actor)
    record_event(Verb.CREATED, record, act="Enquiry of the media about this record")
    return record


@transaction.atomic
def answer_press_office(*, actor: User, enquiry: MediaEnquiry, version: int, unit_says: str, is_record_told: bool = False) -> MediaEnquiry:
    """Say as the unit what the press office may know; of a record only where the unit chooses to."""
    locked = hold_for_unit(actor, enquiry, version)
    require_words(unit_says=unit_says)
    require_names_nobody(actor, locked.is_general, unit_says=unit_says)
    if is_record_told:
        require_specific(locked, "is_record_told")
        if not EnquiryRecord.objects.filter(enquiry=locked).exists():
            raise DomainError("Link the record first.", field="is_record_told")
    locked.unit_says, locked.is_record_told, locked.unit_said_by, locked.unit_said_at = unit_says.strip(), is_record_told, actor, now()
    locked.version += 1
    locked.save(update_fields=["unit_says", "is_record_told", "unit_said_by", "unit_said_at", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=ASKED, outcome="Answered")
    record_event(Verb.ANSWERED, locked, act="The unit answered the press office", record_told=is_record_told)
    tell(actor=actor, people=[locked.taken_by], text=gettext_noop("The unit has answered about an enquiry of the media"), route=LIST)
    return locked


@transaction.atomic
def add_agency(*, actor: User, enquiry: MediaEnquiry, agency: Organisation) -> MediaConsultation:
    """Say that an agency is consulted; where the unit says so, nothing is said before it has answered."""
    is_unit = MediaEnquiry.objects.for_user(actor).asked_of(actor).filter(pk=enquiry.pk).exists()
    locked = hold_for_unit(actor, enquiry) if is_unit else hold_for_press(actor, enquiry)
    require_agency(agency)
    row, is_new = MediaConsultation.objects.get_or_create(
        enquiry=locked, agency=agency, defaults={"is_required": is_unit, "added_by": actor}
    )
    if not is_new and (row.is_required or not is_unit):
        raise DomainError("This agency is on the list already.", field="agency")
    row.is_required = row.is_required or is_unit
    row.save(update_fields=["is_required"])
    record_event(Verb.CHANGED, locked, act="Agency to be consulted about an enquiry of the media", agency=agency.pk, required=is_unit)
    return row


@transaction.atomic
def record_agency_answer(
    *, actor: User, consultation: MediaConsultation, asked_on: date, answered_on: date | None, said: str
) -> MediaConsultation:
    """Keep when an agency was asked, when it answered and what it said."""
    locked = hold_for_press(actor, consultation.enquiry)
    require_answer_days(asked_on, answered_on, said)
    require_names_nobody(actor, locked.is_general, said=said)
    row = locked.consultations.select_for_update().get(pk=consultation.pk)
    row.asked_on, row.answered_on, row.said = asked_on, answered_on, said.strip()
    row.save(update_fields=["asked_on", "answered_on", "said"])
    record_event(Verb.CHANGED, locked, act="Agency consulted about an enquiry of the media", agency=row.agency_id)
    return row


@transaction.atomic
def close_enquiry(*, actor: User, enquiry: MediaEnquiry, version: int, outcome: str, outcome_words: str) -> MediaEnquiry:
    """Say what was answered; or, as a last resort, why nothing is."""
    locked = hold_for_press(actor, enquiry, version)
    if outcome not in {Outcome.ANSWERED, Outcome.REFUSED}:
        raise DomainError("Choose how it ends.", field="outcome")
    if not outcome_words.strip():
        raise DomainError("Enter what was answered, or why nothing is.", field="outcome_words")
    require_names_nobody(actor, locked.is_general, outcome_words=outcome_words)
    locked.outcome, locked.outcome_words, locked.closed_by, locked.closed_at = outcome, outcome_words.strip(), actor, now()
    locked.version += 1
    locked.save(update_fields=["outcome", "outcome_words", "closed_by", "closed_at", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=CLOCK, outcome=str(Outcome(outcome).label))
    cancel_actions_about(actor=actor, subject=locked, reason="The enquiry is closed.")
    record_event(Verb.CHANGED, locked, act="Enquiry of the media closed", outcome=outcome)
    return locked
