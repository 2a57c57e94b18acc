"""Plain functions that make referrals, meetings and minutes; every argument but the record has a sensible default."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import User
from offenders.choices.meetings import MinutesState
from offenders.models import AgendaItem, Invitation, Meeting, MeetingAction, Minutes, Nominal, Referral, RestrictedItem
from tests.factories import make_agency, make_user

TEXTS: dict[str, Any] = {
    "confidentiality_read": True,
    "background": "Released in January after four years.",
    "risk_assessment": "Children he meets through sport.",
    "risk_management_plan": "Visits each month; curfew with a tag.",
    "victim_issues": "The liaison officer speaks with the family.",
    "disclosure": "do_not",
    "disclosure_reasons": "Nobody depends on him for protection at present.",
    "human_rights": "The measures are the least that protect.",
    "diversity": "Needs an interpreter at visits.",
    "media_strategy": "Press office holds a line to take if asked.",
    "decided_category": 1,
    "decided_level": 2,
    "level_reasons": "Several agencies must act together.",
}


def make_meeting(*, nominal: Nominal, days: int = 7, **values: Any) -> Meeting:
    """A level 2 meeting so many days from now; negative: in the past."""
    starts_at = values.pop("starts_at", now() + timedelta(days=days))
    defaults = {"force": nominal.force, "level": 2, "planned_by": nominal.offender_manager, "ends_at": starts_at + timedelta(hours=1)}
    return Meeting.objects.create(starts_at=starts_at, **{**defaults, **values})


def make_item(*, nominal: Nominal, meeting: Meeting | None = None, days: int = 7, **values: Any) -> AgendaItem:
    """The person on the agenda of a meeting."""
    meeting = meeting or make_meeting(nominal=nominal, days=days)
    return AgendaItem.objects.create(**{"nominal": nominal, "meeting": meeting, "position": 1, "purpose": "review", **values})


def make_invitation(*, item: AgendaItem, **values: Any) -> Invitation:
    """A person of an agency who is invited."""
    defaults = {"item": item, "nominal": item.nominal, "person": "A Kestrel"}
    if values.get("user"):
        defaults |= {"person": "", "agency": values["user"].organisation}
    elif "agency" not in values:
        defaults["agency"] = make_agency()
    return Invitation.objects.create(**{**defaults, **values})


def make_minutes(*, item: AgendaItem, state: str = MinutesState.DRAFT, **values: Any) -> Minutes:
    """Complete minutes, drafted by the managing officer; approved ones by some chair."""
    author = item.nominal.offender_manager
    defaults = {"item": item, "nominal": item.nominal, "drafted_by": author, "edited_by": author, "state": state, **TEXTS}
    defaults["next_review_on"] = localdate(item.meeting.starts_at) + timedelta(days=60)
    if state in {MinutesState.APPROVED, MinutesState.SUPERSEDED}:
        chair = make_user(Role.MAPP_CHAIR, organisation=item.nominal.force)
        defaults |= {"approved_by": chair, "approved_at": now(), "content_hash": "0" * 64}
    return Minutes.objects.create(**{**defaults, **values})


def make_restricted(*, minutes: Minutes, recipients: tuple[Invitation, ...] = (), text: str = "Kept apart") -> RestrictedItem:
    """A part for these recipients only."""
    part = RestrictedItem.objects.create(
        nominal=minutes.nominal, minutes=minutes, text=text, reason="Safety", added_by=minutes.nominal.offender_manager
    )
    part.recipients.set(recipients)
    return part


def make_referral(*, nominal: Nominal, referred_by: User | None = None, **values: Any) -> Referral:
    """A referral to level 2 that waits."""
    person = referred_by or make_user(unit=nominal.unit)
    defaults = {"agency": nominal.force, "category": 1, "basis": "registered", "level": 2, "reason": "Several agencies are needed."}
    return Referral.objects.create(nominal=nominal, referred_by=person, **{**defaults, **values})


def make_meeting_action(*, item: AgendaItem, **values: Any) -> MeetingAction:
    """Something that the managing officer must do."""
    author = item.nominal.offender_manager
    defaults = {"item": item, "nominal": item.nominal, "text": "Check the address", "owner": author, "set_by": author}
    return MeetingAction.objects.create(**{**defaults, "due_on": localdate() + timedelta(days=14), **values})


def chair_of(nominal: Nominal) -> User:
    """A chair of the record's force."""
    return make_user(Role.MAPP_CHAIR, organisation=nominal.force)


def coordinator_of(nominal: Nominal) -> User:
    """A coordinator of the record's force."""
    return make_user(Role.MAPPA_COORDINATOR, organisation=nominal.force)


def soon(days: int = 7, hours: int = 0) -> datetime:
    """A moment so many days from now."""
    return now() + timedelta(days=days, hours=hours)


def day_before(days: int) -> date:
    """The day so many days before today."""
    return localdate() - timedelta(days=days)
