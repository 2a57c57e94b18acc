"""Planning meetings: the day, who is on the agenda, who is invited."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.services.telling import tell
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import MappaLevel
from offenders.choices.meetings import Attendance, MeetingState, MinutesState, Purpose
from offenders.guards import require_unchanged
from offenders.guards.meetings import (
    require_attendance_possible,
    require_chair,
    require_left_by_now,
    require_meeting_move,
    require_not_on_agenda,
    require_on_agenda,
    require_one_invited,
    require_planned,
    require_times,
)
from offenders.models import AgendaItem, Invitation, Meeting, Minutes, Nominal
from offenders.services.levels import ROUTE
from offenders.services.records import lock_nominal

PLANNED: dict[int, str] = {
    MappaLevel.TWO: gettext_noop("Level 2 meeting planned"),
    MappaLevel.THREE: gettext_noop("Level 3 meeting planned"),
}
INVITED: dict[int, str] = {
    MappaLevel.TWO: gettext_noop("You are invited to a level 2 meeting"),
    MappaLevel.THREE: gettext_noop("You are invited to a level 3 meeting"),
}


def lock_meeting(meeting: Meeting, version: int | None = None) -> Meeting:
    """Hold a meeting until the transaction ends."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("force", "chair", "coordinator").get(pk=meeting.pk)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def plan_meeting(
    *,
    actor: User,
    nominal: Nominal,
    level: MappaLevel | int,
    starts_at: datetime,
    ends_at: datetime,
    purpose: Purpose | str,
    **details: Any,
) -> AgendaItem:
    """Plan a meeting with this person on its agenda. `details`: held_as, place, chair, coordinator."""
    authorise(actor, Perm.ARRANGE_MEETING, nominal)
    require_times(starts_at, ends_at, now())
    require_chair(details.get("chair"))
    meeting = Meeting.objects.create(force=nominal.force, level=level, starts_at=starts_at, ends_at=ends_at, planned_by=actor, **details)
    record_event(Verb.CREATED, meeting, act=PLANNED[level])
    item = place_on_agenda(actor=actor, meeting=meeting, nominal=nominal, purpose=purpose, starts_at=None)
    people = [person for person in (meeting.chair, meeting.coordinator) if person]
    tell(actor=actor, people=people, text=PLANNED[level], nominal=nominal.pk, route=ROUTE)
    return item


@transaction.atomic
def add_to_agenda(*, actor: User, meeting: Meeting, nominal: Nominal, purpose: Purpose | str, starts_at: time | None = None) -> AgendaItem:
    """Put a person on the agenda of a meeting that is planned already."""
    authorise(actor, Perm.ARRANGE_MEETING, nominal)
    authorise(actor, Perm.VIEW_MEETING, meeting)
    locked = lock_meeting(meeting)
    require_planned(locked)
    if locked.force_id != nominal.force_id:
        raise DomainError("Choose a meeting of the force that holds the record.", field="meeting")
    require_not_on_agenda(locked, nominal)
    return place_on_agenda(actor=actor, meeting=locked, nominal=nominal, purpose=purpose, starts_at=starts_at)


def place_on_agenda(*, actor: User, meeting: Meeting, nominal: Nominal, purpose: Purpose | str, starts_at: time | None) -> AgendaItem:
    """Add the item at the end of the agenda, and invite the managing officer and the chair."""
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, nominal=nominal, position=last + 1, purpose=purpose, starts_at=starts_at)
    record_event(Verb.CHANGED, item, act=f"Put on the agenda of a level {meeting.level} meeting")
    people = {person.pk: person for person in (nominal.offender_manager, meeting.chair) if person and person.is_active}
    for person in people.values():
        Invitation.objects.create(nominal=nominal, item=item, user=person, agency_id=person.organisation_id)
    return item


@transaction.atomic
def change_item(
    *, actor: User, item: AgendaItem, version: int, position: int, purpose: Purpose | str, starts_at: time | None = None
) -> AgendaItem:
    """Change where somebody stands on the agenda, when the meeting turns to them, or why."""
    authorise(actor, Perm.ARRANGE_MEETING, item)
    require_planned(lock_meeting(item.meeting))
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    require_unchanged(locked, version)
    require_on_agenda(locked)
    locked.position, locked.purpose, locked.starts_at = position, purpose, starts_at
    locked.version += 1
    locked.save(update_fields=["position", "purpose", "starts_at", "version"])
    record_event(Verb.CHANGED, locked, act="Agenda changed", position=position)
    return locked


@transaction.atomic
def invite_again(*, actor: User, item: AgendaItem) -> int:
    """Invite whoever was invited to the last meeting about this person and still holds the post; return how many were added."""
    authorise(actor, Perm.ARRANGE_MEETING, item)
    lock_nominal(item.nominal)
    require_on_agenda(item)
    earlier = AgendaItem.objects.filter(nominal=item.nominal, withdrawn_at__isnull=True, meeting__starts_at__lt=item.meeting.starts_at)
    last = earlier.exclude(meeting__state=MeetingState.CANCELLED).order_by("-meeting__starts_at").first()
    if last is None:
        raise DomainError("No earlier meeting about this person is recorded. Invite people one by one.")
    known = set(item.invitations.values_list("user", "agency", "person"))
    added = 0
    for row in last.invitations.select_related("user", "agency"):
        if not row.has_left and (row.user_id, row.agency_id, row.person) not in known:
            invite_person(actor=actor, item=item, user=row.user, agency=row.agency, person=row.person, job=row.job)
            added += 1
    return added


@transaction.atomic
def withdraw_item(*, actor: User, item: AgendaItem, reason: str) -> AgendaItem:
    """Take a person off an agenda, with the reason; the item stays in the history."""
    authorise(actor, Perm.ARRANGE_MEETING, item)
    require_planned(lock_meeting(item.meeting))
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    require_on_agenda(locked)
    locked.withdrawn_at, locked.withdraw_reason = now(), reason
    locked.save(update_fields=["withdrawn_at", "withdraw_reason"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Taken off the agenda of a meeting")
    return locked


@transaction.atomic
def change_meeting(*, actor: User, meeting: Meeting, version: int, **values: Any) -> Meeting:
    """Move a planned meeting, or change its place, chair or coordinator; invited colleagues are told."""
    authorise(actor, Perm.ARRANGE_MEETING, meeting)
    locked = lock_meeting(meeting, version)
    require_planned(locked)
    require_times(values.get("starts_at", locked.starts_at), values.get("ends_at", locked.ends_at), now())
    require_chair(values.get("chair"))
    changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*values, "version"])
    record_event(Verb.CHANGED, locked, act="Meeting changed", fields=changed)
    tell_invited(actor=actor, meeting=locked, text=gettext_noop("A meeting you are invited to was changed"))
    return locked


@transaction.atomic
def cancel_meeting(*, actor: User, meeting: Meeting, reason: str) -> Meeting:
    """Call a meeting off; invited colleagues are told."""
    authorise(actor, Perm.ARRANGE_MEETING, meeting)
    locked = lock_meeting(meeting)
    require_meeting_move(locked, MeetingState.CANCELLED)
    locked.state, locked.cancel_reason = MeetingState.CANCELLED, reason
    locked.version += 1
    locked.save(update_fields=["state", "cancel_reason", "version"])
    record_event(Verb.CHANGED, locked, reason=reason, act="Meeting cancelled")
    tell_invited(actor=actor, meeting=locked, text=gettext_noop("A meeting you are invited to was cancelled"))
    return locked


def tell_invited(*, actor: User, meeting: Meeting, text: str) -> None:
    """Tell the colleagues who are invited, for each person on the agenda apart: each is told only of whom they may know."""
    invited = Invitation.objects.filter(item__meeting=meeting, item__withdrawn_at__isnull=True, user__isnull=False)
    for invitation in invited.select_related("user", "nominal"):
        people = [invitation.user] if invitation.user else []
        tell(actor=actor, people=people, text=text, nominal=invitation.nominal_id, route=ROUTE)


@transaction.atomic
def invite_person(
    *, actor: User, item: AgendaItem, user: User | None = None, agency: Organisation | None = None, person: str = "", job: str = ""
) -> Invitation:
    """Ask a colleague, or a named person of an agency, to come for this person on the agenda."""
    authorise(actor, Perm.ARRANGE_MEETING, item)
    lock_nominal(item.nominal)
    require_on_agenda(item)
    require_one_invited(user, person)
    organisation = user.organisation if user else agency
    if organisation is None:
        raise DomainError("Choose the agency that this person comes for.", field="agency")
    same = {"user": user} if user else {"agency": agency, "person": person}
    if Invitation.objects.filter(item=item, **same).exists():
        raise DomainError("This person is invited already.", field="user" if user else "person")
    invitation = Invitation.objects.create(nominal=item.nominal, item=item, user=user, agency=organisation, person=person, job=job)
    record_event(Verb.CHANGED, invitation, act="Invited to a meeting")
    if user:
        tell(actor=actor, people=[user], text=INVITED[item.meeting.level], nominal=item.nominal_id, route=ROUTE)
    return invitation


@transaction.atomic
def change_invitation(
    *,
    actor: User,
    invitation: Invitation,
    version: int,
    attendance: Attendance | str,
    papers_sent_on: date | None = None,
    left_on: date | None = None,
) -> Invitation:
    """Record an answer, who came, when papers went out, or that the person left the post."""
    authorise(actor, Perm.ARRANGE_MEETING, invitation)
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("item__meeting", "user").get(pk=invitation.pk)
    require_unchanged(locked, version)
    require_attendance_possible(locked, attendance, now())
    require_left_by_now(left_on)
    is_fixed = Minutes.objects.filter(item=locked.item).exclude(state=MinutesState.DRAFT).exists()
    if is_fixed and attendance != locked.attendance:
        raise DomainError("The minutes say who came and are no longer a draft, so attendance cannot be changed.", field="attendance")
    locked.attendance, locked.papers_sent_on, locked.left_on = attendance, papers_sent_on, left_on
    locked.version += 1
    locked.save(update_fields=["attendance", "papers_sent_on", "left_on", "version"])
    record_event(Verb.CHANGED, locked, act=f"Invitation: {Attendance(attendance).label.lower()}")
    return locked
