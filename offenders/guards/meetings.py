"""What must hold before a referral is screened, a meeting changes, or a level is lowered."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from offenders.choices.meetings import Attendance, MeetingState, ReferralOutcome
from offenders.models import AgendaItem, Invitation, MappaPeriod, Meeting, Minutes, Nominal, Referral
from offenders.rules.meetings import MEETING_MOVES, bases_on, may_move, needs_meeting
from ui.templatetags.ui import date_words, words_in_sentence

ONLY_A_MEETING = (
    gettext_noop("Only a MAPP meeting moves somebody off level 2 or 3. Plan a meeting: "
    "when its minutes are approved, its decision is set here by itself.")
)


def require_basis(code: str, today: date) -> None:
    """The legal basis counts today."""
    if not any(basis.code == code for basis in bases_on(today)):
        raise DomainError("Choose a legal basis that the law has today.", field="basis")


def require_no_waiting_referral(nominal: Nominal) -> None:
    """One referral of a person is screened at a time."""
    if Referral.objects.filter(nominal=nominal, outcome=ReferralOutcome.WAITING).exists():
        raise DomainError("A referral of this person waits for screening already. Screen that one first.")


def require_unscreened(referral: Referral) -> None:
    """A referral is screened once."""
    if referral.outcome != ReferralOutcome.WAITING and referral.decided_by:
        person = referral.decided_by.display_name
        raise StaleRecord("{person} has screened this referral already. Open it to read the decision.", person=person)


def require_another_screener(referral: Referral, actor: User) -> None:
    """Whoever refers does not screen."""
    if referral.referred_by_id == actor.pk:
        raise DomainError("You made this referral, so somebody else must screen it. Ask the MAPPA coordinator.")


def require_meeting_decision(latest: MappaPeriod | None, level: int | None, decision: Minutes | None) -> None:
    """Nobody leaves level 2 or 3 but by a meeting's approved decision of exactly that."""
    if latest is None or not needs_meeting(latest.level, level):
        return
    if decision is None or decision.nominal_id != latest.nominal_id or (decision.decided_level or None) != level:
        raise DomainError(ONLY_A_MEETING, field="level")


def require_corrector(actor: User, nominal: Nominal) -> None:
    """A mistake in the stored level is put right by a supervisor of the record."""
    if not may(actor, Perm.APPROVE_RISK, nominal):
        raise DomainError("Only a supervisor corrects a level that was stored by mistake. Ask your supervisor.", field="is_correction")


def require_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """A meeting is planned for the future, and ends after it starts."""
    if starts_at <= now:
        raise DomainError("The meeting must start in the future.", field="day")
    if ends_at <= starts_at:
        raise DomainError("The meeting must end after it starts.", field="ends")


def require_chair(chair: User | None) -> None:
    """The chair is active and holds the role."""
    if chair is not None and (not chair.is_active or Role.MAPP_CHAIR not in chair.roles):
        raise DomainError("Choose somebody who holds the role of MAPP chair.", field="chair")


def require_meeting_move(meeting: Meeting, after: MeetingState) -> None:
    """The meeting can still go to this state."""
    if not may_move(MEETING_MOVES, meeting.state, after):
        raise DomainError("This meeting is {state} already.", state=words_in_sentence(MeetingState(meeting.state).label))


def require_planned(meeting: Meeting) -> None:
    """The meeting can still be changed."""
    if meeting.state != MeetingState.PLANNED:
        state = words_in_sentence(MeetingState(meeting.state).label)
        raise DomainError("This meeting is {state}, so its plan can no longer be changed.", state=state)


def require_begun(meeting: Meeting, now: datetime) -> None:
    """What a meeting decided is recorded once it has begun, and only where it took place."""
    if meeting.state == MeetingState.CANCELLED:
        raise DomainError("This meeting was cancelled, so it has no minutes.")
    if meeting.starts_at > now:
        raise DomainError("The meeting is on {day}. Record this once it has begun.", day=date_words(meeting.starts_at))


def require_on_agenda(item: AgendaItem) -> None:
    """The person is on the agenda still."""
    if item.withdrawn_at:
        raise DomainError("This person was taken off the agenda. Put them on the agenda of a meeting first.")


def require_not_on_agenda(meeting: Meeting, nominal: Nominal) -> None:
    """A person stands on an agenda once."""
    if AgendaItem.objects.filter(meeting=meeting, nominal=nominal, withdrawn_at__isnull=True).exists():
        raise DomainError("This person is on the agenda of this meeting already.", field="meeting")


def require_one_invited(user: User | None, person: str) -> None:
    """An invitation goes to a colleague or to a named person of an agency."""
    if bool(user) == bool(person):
        raise DomainError("Choose a colleague, or write the name of a person of an agency: one of the two.", field="user")


def require_attendance_possible(invitation: Invitation, attendance: str, now: datetime) -> None:
    """Nobody has attended a meeting that has not begun."""
    if attendance in {Attendance.ATTENDED, Attendance.ABSENT} and invitation.item.meeting.starts_at > now:
        raise DomainError("The meeting has not begun. Record who came once it has.", field="attendance")


def require_in_post(invitation: Invitation) -> None:
    """Papers go only to whoever still holds the post."""
    if invitation.has_left:
        raise DomainError("This person has left the post, so no copy can be issued. Invite whoever holds the post now.")


def require_not_before(day: date | None, first: date, words: str, field: str) -> None:
    """A day does not come before another; the words name the `first` that it can be."""
    if day is not None and day < first:
        raise DomainError(words, first=date_words(first), field=field)


def require_left_by_now(left_on: date | None) -> None:
    """A post was left today or before."""
    if left_on is not None and left_on > localdate():
        raise DomainError("The day must be today or earlier.", field="left_on")
