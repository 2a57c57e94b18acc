"""What must hold before minutes are written, submitted, approved or handed out."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.timezone import localdate

from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from actions.reports import reckon_rule
from offenders.choices.meetings import MinutesState
from offenders.models import AgendaItem, MappaPeriod, Minutes
from offenders.rules.meetings import MINUTES_MOVES, may_move, missing_parts
from ui.templatetags.ui import date_words, words_in_sentence


def require_draft(minutes: Minutes) -> None:
    """Only a draft can be written in."""
    if minutes.state != MinutesState.DRAFT:
        raise StaleRecord("These minutes are no longer a draft. Look at them again before you go on.")


def require_minutes_move(minutes: Minutes, after: MinutesState) -> None:
    """The minutes can still go to this state."""
    if not may_move(MINUTES_MOVES, minutes.state, after):
        state = words_in_sentence(MinutesState(minutes.state).label)
        raise StaleRecord("These minutes are in another state now: {state}. Look at them again.", state=state)


def require_complete(minutes: Minutes) -> None:
    """Nothing is left out; what does not apply says why."""
    if lacks := missing_parts({field.name: getattr(minutes, field.name) for field in Minutes._meta.fields}):
        parts = format_lazy("; ".join(["{}"] * len(lacks)), *lacks)
        raise DomainError("Complete these parts first: {parts}. Where one does not apply, say why.", parts=parts)


def require_review_in_time(minutes: Minutes) -> None:
    """The next review comes after the meeting and no later than the rule of the decided level allows."""
    day, meeting = minutes.next_review_on, minutes.item.meeting
    if day is None or not minutes.decided_level:
        return
    if day <= localdate(meeting.starts_at):
        raise DomainError("The next review must be after the day of the meeting.", field="next_review_on")
    latest = latest_review(minutes.decided_level, minutes)
    if latest and day > latest:
        raise DomainError(
            "At level {level} the next review must be {day} or earlier.",
            level=minutes.decided_level,
            day=date_words(latest),
            field="next_review_on",
        )


def latest_review(level: int, minutes: Minutes) -> date | None:
    """Return the last day on which the rule of a level lets the next review be."""
    meeting = minutes.item.meeting
    due = reckon_rule(f"mappa-review-level-{level}", meeting.starts_at, meeting.force.nation)
    return localdate(due.late_from - timedelta(microseconds=1)) if due.late_from else None


def require_another_author(minutes: Minutes, actor: User) -> None:
    """Nobody approves what they wrote."""
    if actor.pk in {minutes.drafted_by_id, minutes.edited_by_id}:
        raise DomainError("You wrote these minutes, so another chair must approve them.")


def require_level_not_overtaken(latest: MappaPeriod | None, minutes: Minutes) -> None:
    """A decision does not undo a change of level that was made after the meeting."""
    day = localdate(minutes.item.meeting.starts_at)
    if latest is not None and latest.period.lower and latest.period.lower > day:
        raise DomainError(
            "Category or level changed on {day}, after this meeting. Send the minutes back, so that "
            "they say what holds now, or put the person on the agenda of another meeting.",
            day=date_words(latest.period.lower),
        )


def require_actions_open(item: AgendaItem) -> None:
    """Actions belong to what the chair approves, so they are set while the newest minutes are a draft or not begun."""
    newest = Minutes.objects.filter(item=item).order_by("-number").first()
    if newest is not None and newest.state != MinutesState.DRAFT:
        raise DomainError("The minutes are no longer a draft. Begin a new version first, then add the action to it.")


def require_approved(minutes: Minutes) -> None:
    """Copies are made of approved minutes only."""
    if minutes.state != MinutesState.APPROVED:
        raise DomainError("Copies are issued once the chair has approved the minutes. Look at the newest version.")
