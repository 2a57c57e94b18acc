"""What must hold before a tasking is stored or moves on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import Unit, User
from intelligence.choices.tasking import Ending, Level, Means, Outcome, Shift
from intelligence.models import Tasking
from intelligence.rules.tasking import MOST_DAYS, Side, State, may_move
from ui.templatetags.ui import date_words


def require_move(tasking: Tasking, after: State, side: Side) -> None:
    """The table of moves lets this side bring it there."""
    if not may_move(State(tasking.state), after, side):
        raise DomainError("Somebody else has dealt with this meanwhile. Open it again to see where it stands.")


def require_draft(tasking: Tasking) -> None:
    """Its words change only before it is live."""
    if tasking.state != State.DRAFT:
        raise DomainError("This tasking is live already. End it and raise another one instead.")


def require_words(tasking: Tasking) -> None:
    """It says what is wanted, why, at which level, by which means, and how it is handled."""
    if not tasking.requirement.strip():
        raise DomainError("Say what is to be found out.", field="requirement")
    if not tasking.reason.strip():
        raise DomainError("Say why it is wanted.", field="reason")
    if tasking.level not in Level.values:
        raise DomainError("Choose the level.", field="level")
    if not tasking.means or not set(tasking.means) <= set(Means.values):
        raise DomainError("Choose by which means it is to be found out.", field="means")
    if not tasking.handling.strip():
        raise DomainError("Say how it is handled.", field="handling")


def require_authority(tasking: Tasking, needing: Sequence[str]) -> None:
    """Means that need a written authority have one, and the tasking does not outlive it."""
    if needing and not tasking.authority.strip():
        said = gettext_noop("“{means}” needs a written authority. Enter its reference.")
        raise DomainError(said, means=Means(needing[0]).label, field="authority")
    if tasking.authority.strip() and tasking.authority_until is None:
        raise DomainError("Enter the last day on which the authority holds.", field="authority_until")
    if tasking.authority_until and not tasking.authority.strip():
        raise DomainError("Enter the reference of the authority.", field="authority")
    require_within_authority(tasking, tasking.ends_on)


def require_within_authority(tasking: Tasking, ends_on: date) -> None:
    """The last day is one on which the authority still holds."""
    if tasking.authority_until and ends_on > tasking.authority_until:
        said = gettext_noop("The authority ends on {last}. End the tasking then, or raise another with a new authority.")
        raise DomainError(said, last=date_words(tasking.authority_until), field="ends_on")


def require_time(tasking: Tasking, today: date) -> None:
    """It ends after it starts and not before today."""
    if tasking.ends_on < tasking.starts_on:
        raise DomainError("The last day must not be before the first day.", field="ends_on")
    if tasking.ends_on < today:
        raise DomainError("The last day must be today or later.", field="ends_on")


def require_one_tasked(force: int, unit: Unit | None, officer: User | None) -> None:
    """A unit or an officer is tasked, of one's own force."""
    if (unit is None) == (officer is None):
        raise DomainError("Say who is tasked: a unit or one officer.", field="unit")
    if unit and unit.organisation_id != force:
        raise DomainError("Choose a unit of your own force.", field="unit")
    if officer and (officer.organisation_id != force or not officer.is_active):
        raise DomainError("Choose an officer of your own force who has not left.", field="officer")


def require_another_reviewer(tasking: Tasking, actor: User) -> None:
    """Nobody reviews what they raised."""
    if tasking.raised_by_id == actor.pk:
        raise DomainError("You raised this tasking: another officer of the bureau must review it.")


def require_reason(text: str) -> None:
    """A decision says why."""
    if not text.strip():
        raise DomainError("Say why.", field="reason")


def require_review(tasking: Tasking, outcome: str, ends_on: date | None, today: date) -> None:
    """A review has one of its outcomes; only an extension has another last day, a later one."""
    if outcome not in Outcome.values:
        raise DomainError("Choose what the review found.", field="outcome")
    if tasking.ends_on < today:
        raise DomainError("The last day of this tasking has passed. Raise another one.")
    if outcome == Outcome.KEPT and ends_on:
        raise DomainError("Leave the new last day empty, or choose that it goes on for longer.", field="ends_on")
    if outcome == Outcome.EXTENDED and (ends_on is None or ends_on <= tasking.ends_on):
        raise DomainError("Enter a last day after {last}.", last=date_words(tasking.ends_on), field="ends_on")
    if ends_on:
        require_within_authority(tasking, ends_on)


def require_ending(ending: str) -> None:
    """People end a tasking as done or withdrawn; the system ends what has expired."""
    if ending not in {Ending.DONE, Ending.WITHDRAWN}:
        raise DomainError("Choose how it ends.", field="ending")


def require_slots(tasking: Tasking, first: date, last: date, shifts: Sequence[str], today: date) -> None:
    """Shifts of days on which the tasking is live, from today on."""
    if not tasking.is_live:
        raise DomainError("Only a live tasking stands on briefing sheets.")
    if last < first:
        raise DomainError("The last day must not be before the first day.", field="last")
    if first < max(today, tasking.starts_on):
        earliest = date_words(max(today, tasking.starts_on))
        raise DomainError("The first day must be {earliest} or later.", earliest=earliest, field="first")
    if last > tasking.ends_on:
        raise DomainError("The tasking ends on {last}. Choose days up to then.", last=date_words(tasking.ends_on), field="last")
    if (last - first).days >= MOST_DAYS:
        raise DomainError("Choose {most} days or fewer at once.", most=MOST_DAYS, field="last")
    if not shifts or not set(shifts) <= set(Shift.values):
        raise DomainError("Choose at least one shift.", field="shifts")
