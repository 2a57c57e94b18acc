"""Meetings of the synthetic force: Arthur Sample's referral, two meetings with minutes, the next one; and what waits for a chair."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from accounts.models import Organisation, User
from actions.services.work import Owner, raise_action
from offenders.choices.meetings import Attendance, DecidedBy, MeetingFormat, MeetingState, MinutesState, Purpose, ReferralOutcome
from offenders.demo.texts_of_meetings import AGENCY_WORDS, FIRST_TEXTS, SECOND_TEXTS, WAITING_TEXTS
from offenders.models import (
    AgencyInformation,
    AgendaItem,
    Invitation,
    MappaPeriod,
    Meeting,
    MeetingAction,
    Minutes,
    Nominal,
    Referral,
    RestrictedItem,
)
from offenders.reports.meetings import content_of
from offenders.rules.meetings import content_hash
from offenders.services.levels import raise_minutes, raise_review
from offenders.services.minutes_parts import CHASE, OWN, TITLES

PEOPLE = (("northmere-probation", "K Lowther", "Probation officer"), ("northmere-children", "S Adair", "Team manager"))
PEOPLE += (("northmere-homes", "P Winslade", "Housing officer"),)
Users = dict[str, User]


def at(day: date, hour: int) -> datetime:
    """A full hour of a day."""
    return make_aware(datetime.combine(day, time(hour)))


def add_meetings(users: Users, arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Tell it for Arthur Sample, and put two other people on agendas."""
    add_referral(users, arthur, today)
    first = add_item(users, arthur, add_meeting(users, arthur, today - timedelta(days=130), MeetingState.HELD), Purpose.FIRST)
    add_minutes(users, first, FIRST_TEXTS, today - timedelta(days=122))
    second = add_item(users, arthur, add_meeting(users, arthur, today - timedelta(days=62), MeetingState.HELD), Purpose.REVIEW)
    add_actions(users, second, today)
    add_minutes(users, second, SECOND_TEXTS, today - timedelta(days=55))
    planned = add_meeting(users, arthur, today + timedelta(days=16), MeetingState.PLANNED)
    add_item(users, arthur, planned, Purpose.REVIEW)
    raise_review(actor=None, nominal=arthur, level=2, starts_on=today - timedelta(days=62), due_on=today + timedelta(days=20))
    add_others(users, others[2:4], planned, today)


def add_referral(users: Users, arthur: Nominal, today: date) -> None:
    """The supervisor referred; the coordinator screened."""
    referral = Referral.objects.create(
        nominal=arthur, agency=arthur.force, referred_by=users["supervisor"], category=1, basis="registered", level=2,
        reason="Approaches children through sport in two districts; probation, housing and children's services must act together.",
        outcome=ReferralOutcome.ACCEPTED, decided_level=2, decided_by=users["mappa_coordinator"],
        decided_at=at(today - timedelta(days=181), 15), decision_reason="High risk of serious harm that one agency cannot manage alone.",
    )  # fmt: skip
    Referral.objects.filter(pk=referral.pk).update(referred_at=at(today - timedelta(days=188), 10))
    reason = "Referred by the supervisor; accepted at screening"
    MappaPeriod.objects.filter(nominal=arthur, level=2).update(decided_by=DecidedBy.SCREENING, reason=reason)


def add_meeting(users: Users, nominal: Nominal, day: date, state: MeetingState) -> Meeting:
    """A level 2 meeting at ten in the morning of a working day."""
    day += timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)
    return Meeting.objects.create(
        force=nominal.force, level=2, starts_at=at(day, 10), ends_at=at(day, 12), held_as=MeetingFormat.BOTH,
        place="Conference room, Northport", chair=users["mapp_chair"], coordinator=users["mappa_coordinator"],
        planned_by=users["mappa_coordinator"], state=state,
    )  # fmt: skip


def add_item(users: Users, nominal: Nominal, meeting: Meeting, purpose: Purpose) -> AgendaItem:
    """Put somebody on the agenda with everybody invited."""
    position = meeting.items.count() + 1
    begins = time(9 + position, 0)
    item = AgendaItem.objects.create(meeting=meeting, nominal=nominal, position=position, purpose=purpose, starts_at=begins)
    came = Attendance.ATTENDED if meeting.state == MeetingState.HELD else Attendance.INVITED
    for user in (nominal.offender_manager, users["mapp_chair"]):
        Invitation.objects.create(nominal=nominal, item=item, user=user, agency=user.organisation, attendance=came)
    for code, person, job in PEOPLE:
        agency = Organisation.objects.get(code=code)
        Invitation.objects.create(nominal=nominal, item=item, agency=agency, person=person, job=job, attendance=came)
    return item


def add_minutes(users: Users, item: AgendaItem, texts: dict[str, Any], approved_on: date | None) -> Minutes:
    """Minutes of an item; approved by the chair, or waiting for the chair where no day is given."""
    author = users["mappa_coordinator"]
    minutes = Minutes.objects.create(
        nominal=item.nominal, item=item, state=MinutesState.SUBMITTED, drafted_by=author, edited_by=author,
        next_review_on=item.meeting.starts_at.date() + timedelta(days=80), **texts,
    )  # fmt: skip
    for invitation in item.invitations.filter(user__isnull=True).order_by("pk"):
        text = AGENCY_WORDS[invitation.agency.code]
        AgencyInformation.objects.create(nominal=item.nominal, minutes=minutes, agency=invitation.agency, text=text)
    if approved_on:
        part = RestrictedItem.objects.create(
            nominal=item.nominal, minutes=minutes, text="Checks at the leisure centre are made by officers out of uniform.",
            reason="Police tactics", added_by=author,
        )  # fmt: skip
        part.recipients.set(item.invitations.filter(agency__code="northmere-probation"))
        minutes.state, minutes.approved_by, minutes.approved_at = MinutesState.APPROVED, users["mapp_chair"], at(approved_on, 16)
        minutes.content_hash = content_hash(content_of(minutes))
        minutes.save()
    return minutes


def add_actions(users: Users, item: AgendaItem, today: date) -> None:
    """One action of the managing officer's is open; another was for an agency."""
    manager, due = item.nominal.offender_manager, today + timedelta(days=6)
    text = "Visit the two clubs that he named and record what they know."
    own = MeetingAction.objects.create(nominal=item.nominal, item=item, text=text, owner=manager, due_on=due, set_by=users["mapp_chair"])
    homes = item.invitations.get(agency__code="northmere-homes")
    text = "Say whether a flat away from the school can be offered."
    theirs = MeetingAction.objects.create(
        nominal=item.nominal, item=item, text=text, agency_owner=homes, due_on=due, set_by=users["mapp_chair"]
    )
    for action, kind, owner in ((own, OWN, manager), (theirs, CHASE, users["mappa_coordinator"])):
        raise_action(
            actor=None, kind=kind, title=TITLES[kind], owner=Owner(user=owner), nominal=item.nominal,
            subject=action, route="offenders:meeting-list", due_on=due, key=f"mappa-action-{action.pk}",
        )  # fmt: skip


def add_others(users: Users, others: list[Nominal], planned: Meeting, today: date) -> None:
    """Others share the planned meeting; minutes of one wait for the chair, and a referral waits for screening."""
    for nominal in others:
        add_item(users, nominal, planned, Purpose.FIRST)
    for nominal in others[:1]:
        item = add_item(users, nominal, add_meeting(users, nominal, today - timedelta(days=6), MeetingState.HELD), Purpose.URGENT)
        add_minutes(users, item, WAITING_TEXTS, None)
        raise_minutes(actor=None, item=item)
    for nominal in others[1:2]:
        reason = "New partner with two young children; visits find more strain each month."
        Referral.objects.create(
            nominal=nominal,
            agency=nominal.force,
            referred_by=nominal.offender_manager,
            category=1,
            basis="registered",
            level=2,
            reason=reason,
        )
