"""What hangs on minutes: parts for named recipients only, actions that the meeting set, numbered copies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from actions.services.work import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.documents.minutes import minutes_pdf
from offenders.guards.meetings import require_begun, require_in_post, require_not_before, require_on_agenda
from offenders.guards.minutes import require_actions_open, require_approved, require_draft
from offenders.models import AgendaItem, Invitation, MeetingAction, Minutes, MinutesCopy, RestrictedItem
from offenders.services.levels import ROUTE, coordination
from offenders.services.minutes import lock_minutes
from offenders.services.records import lock_nominal

OWN, CHASE = "mappa-action", "mappa-chase"
TITLES = {OWN: gettext_noop("MAPPA action"), CHASE: gettext_noop("Ask an agency about its MAPPA action")}


@transaction.atomic
def add_restricted_item(*, actor: User, minutes: Minutes, text: str, reason: str, recipients: Sequence[Invitation]) -> RestrictedItem:
    """Keep a part of a draft apart: it stands only in the copies of these recipients."""
    authorise(actor, Perm.ARRANGE_MEETING, minutes)
    locked = lock_minutes(minutes)
    require_draft(locked)
    if any(recipient.item_id != locked.item_id for recipient in recipients):
        raise DomainError("Choose recipients who are invited for this person.", field="recipients")
    part = RestrictedItem.objects.create(nominal=locked.nominal, minutes=locked, text=text, reason=reason, added_by=actor)
    part.recipients.set(recipients)
    record_event(Verb.CHANGED, part, act="Restricted part added to minutes", recipients=len(recipients))
    return part


@transaction.atomic
def remove_restricted_item(*, actor: User, part: RestrictedItem, reason: str) -> None:
    """Take a restricted part out of a draft; the change log keeps that it was there."""
    authorise(actor, Perm.ARRANGE_MEETING, part)
    require_draft(lock_minutes(part.minutes))
    record_event(Verb.CHANGED, part, reason=reason, act="Restricted part taken out of minutes")
    hold(part).delete()


@transaction.atomic
def add_meeting_action(
    *, actor: User, item: AgendaItem, text: str, due_on: date, owner: User | None = None, agency_owner: Invitation | None = None
) -> MeetingAction:
    """Give somebody something to do. A colleague gets it as an action; for an agency the coordinator chases it."""
    authorise(actor, Perm.ARRANGE_MEETING, item)
    lock_nominal(item.nominal)
    require_on_agenda(item)
    require_begun(item.meeting, now())
    require_actions_open(item)
    if bool(owner) == bool(agency_owner):
        raise DomainError("Choose a colleague or a person of an agency: one of the two.", field="owner")
    require_not_before(due_on, localdate(item.meeting.starts_at), gettext_noop("The day it is due must be {first} or later."), "due_on")
    if agency_owner and (agency_owner.item_id != item.pk or agency_owner.user_id):
        raise DomainError("Choose a person of an agency who is invited for this person.", field="agency_owner")
    action = MeetingAction.objects.create(
        nominal=item.nominal, item=item, text=text, due_on=due_on, owner=owner, agency_owner=agency_owner, set_by=actor
    )
    record_event(Verb.CREATED, action, act="Action set by a meeting")
    kind = OWN if owner else CHASE
    raise_action(
        actor=actor,
        kind=kind,
        title=TITLES[kind],
        owner=Owner(user=owner) if owner else coordination(item.nominal, item.meeting),
        nominal=item.nominal,
        subject=action,
        route=ROUTE,
        due_on=due_on,
        key=f"mappa-action-{action.pk}",
    )
    return action


@transaction.atomic
def close_meeting_action(*, actor: User, action: MeetingAction, outcome: str) -> None:
    """Record what came of an action, as its owner reported it."""
    authorise(actor, Perm.ARRANGE_MEETING, action)
    if not complete_actions_about(actor=actor, subject=action, outcome=outcome):
        raise DomainError("This action is closed already. Its outcome stands with it.")
    record_event(Verb.CHANGED, action, act="Outcome of a meeting's action recorded")


@transaction.atomic
def issue_copy(*, actor: User, minutes: Minutes, recipient: Invitation) -> tuple[MinutesCopy, bytes]:
    """Make the next numbered copy of approved minutes for one recipient, without what is not for them; return it with its PDF."""
    if not may(actor, Perm.CHAIR_MEETING, minutes):
        authorise(actor, Perm.ARRANGE_MEETING, minutes)
    locked = lock_minutes(minutes)
    require_approved(locked)
    if recipient.item_id != locked.item_id:
        raise DomainError("Copies go only to those who were invited to this meeting for this person.")
    require_in_post(recipient)
    number = locked.copies.count() + 1
    of = max(number, sum(not invited.has_left for invited in locked.item.invitations.select_related("user")))
    pdf = minutes_pdf(locked, recipient, f"Copy {number} of {of}, issued to {recipient.who}", actor, now())
    copy = MinutesCopy.objects.create(
        nominal_id=locked.nominal_id, minutes=locked, recipient=recipient, number=number, of=of, issued_by=actor,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )  # fmt: skip
    record_event(Verb.EXPORTED, copy, act="Copy of minutes issued", number=number, recipient=recipient.pk, sha256=copy.sha256)
    return copy, pdf
