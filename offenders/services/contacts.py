"""The contact log: writing down a conversation, correcting the note, following it up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards.case_file import require_happened, require_only_this_person
from offenders.models import Contact, ContactCorrection, Nominal
from offenders.services.records import lock_nominal

FOLLOW_UP = "contact-follow-up"
TITLE = gettext_noop("Follow up a conversation")


@transaction.atomic
def record_contact(
    *,
    actor: User,
    nominal: Nominal,
    at: datetime,
    said: str,
    spoke_of_others: bool = False,
    left_out: bool = False,
    follow_up: str = "",
    follow_up_on: date | None = None,
    **values: Any,
) -> Contact:
    """Write down a conversation about the person. A follow-up with its day becomes something that the actor must do."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_happened(at, now(), "at")
    require_only_this_person(spoke_of_others=spoke_of_others, left_out=left_out)
    require_follow_up(follow_up, follow_up_on)
    contact = Contact.objects.create(
        nominal=nominal,
        at=at,
        said=said,
        spoke_of_others=spoke_of_others,
        follow_up=follow_up,
        follow_up_on=follow_up_on,
        recorded_by=actor,
        **values,
    )
    record_event(Verb.CHANGED, contact, act="Contact recorded", others=spoke_of_others)
    if follow_up_on:
        raise_follow_up(actor, contact, follow_up_on)
    return contact


def require_follow_up(follow_up: str, follow_up_on: date | None) -> None:
    """A follow-up says what and by when."""
    if bool(follow_up) != bool(follow_up_on):
        if not follow_up:
            raise DomainError("Say what to do by then.", field="follow_up")
        raise DomainError("Enter the day by which to follow it up.", field="follow_up_on")
    if follow_up_on and follow_up_on < localdate():
        raise DomainError("The day to follow it up must be today or later.", field="follow_up_on")


def raise_follow_up(actor: User, contact: Contact, due_on: date) -> None:
    """Put the follow-up on the list of whoever wrote the note."""
    raise_action(
        actor=actor,
        kind=FOLLOW_UP,
        title=TITLE,
        owner=Owner(user=actor),
        nominal=contact.nominal,
        subject=contact,
        route="offenders:contacts",
        due_on=due_on,
        key=f"{FOLLOW_UP}-{contact.pk}",
    )


@transaction.atomic
def correct_contact(*, actor: User, contact: Contact, text: str) -> ContactCorrection:
    """Add what is right; the note itself stays as it was written."""
    authorise(actor, Perm.CHANGE_RECORD, contact)
    correction = ContactCorrection.objects.create(nominal_id=contact.nominal_id, contact=contact, text=text, made_by=actor)
    record_event(Verb.CHANGED, correction, act="Contact corrected")
    return correction


@transaction.atomic
def finish_follow_up(*, actor: User, contact: Contact, outcome: str) -> Contact:
    """Say what came of a follow-up: its action is done, and the note says so."""
    authorise(actor, Perm.CHANGE_RECORD, contact)
    lock_nominal(contact.nominal)
    if not complete_actions_about(actor=actor, subject=contact, kind=FOLLOW_UP, outcome=outcome):
        raise DomainError("Nothing waits to be followed up here. It may have been done already.")
    ContactCorrection.objects.create(nominal_id=contact.nominal_id, contact=contact, text=outcome, is_outcome=True, made_by=actor)
    record_event(Verb.CHANGED, contact, act="Contact followed up")
    return contact
