"""State guards of reports from the border and of the foreign-travel record: each returns nothing, or raises words that say what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from intelligence.choices.travel import AlertState
from intelligence.models import TravelAlert, TravelRecord
from intelligence.rules.travel import MOVES
from ui.templatetags.ui import moment_words, words_in_sentence


def require_alert_unchanged(alert: TravelAlert, version: int | None) -> None:
    """Nobody decided or took the report since the actor's page was opened; None: the actor saw no version."""
    if version is not None and alert.version != version:
        said = gettext_noop("Somebody else dealt with this alert meanwhile. It now says: {state}. Look again.")
        raise StaleRecord(said, state=words_in_sentence(AlertState(alert.state).label))


def require_compared(alert: TravelAlert) -> None:
    """A worker compared the report with the people on record: nobody decides about it before that."""
    if alert.state == AlertState.RECEIVED:
        raise DomainError("This alert has not been compared with the people on record yet. Wait a minute, then load the page again.")


def require_move_of_alert(alert: TravelAlert, state: AlertState) -> None:
    """The report may go from where it stands to there."""
    if state not in MOVES[AlertState(alert.state)]:
        said = gettext_noop("This alert is “{before}”, so it cannot be marked “{after}”. Bring it back to the queue first.")
        before, after = (words_in_sentence(each.label) for each in (AlertState(alert.state), state))
        raise DomainError(said, before=before, after=after)


def require_free(alert: TravelAlert, actor: User) -> None:
    """Nobody else is looking at it."""
    if alert.taken_by_id not in {None, actor.pk} and alert.taken_by:
        said = gettext_noop("{person} is looking at this alert since {since}. Take it over first.")
        raise DomainError(said, person=alert.taken_by.display_name, since=moment_words(alert.taken_at))


def require_rank_for(alert: TravelAlert, actor: User) -> None:
    """A report about which somebody was not sure is for those who sign off travel, or for intelligence officers of the force."""
    if alert.needs_supervisor and not (may(actor, Perm.SIGN_OFF_TRAVEL) or actor.unit_id != alert.unit_id):
        raise DomainError("A colleague was not sure about this alert. A supervisor decides it.")


def require_live(record: TravelRecord) -> None:
    """The crossing was not withdrawn from the record."""
    if record.withdrawn_at:
        raise DomainError("This crossing was withdrawn from the record, because the alert was about somebody else.")


def require_not_signed_off(record: TravelRecord) -> None:
    """The supervisor has not signed it off."""
    if record.signed_off_at:
        raise DomainError("This crossing is signed off already.")


def require_evaluated_by_another(record: TravelRecord, actor: User) -> None:
    """The manager evaluated it, and whoever signs it off is somebody else."""
    if not record.evaluated_at:
        raise DomainError("The offender manager has not evaluated this crossing yet.")
    if record.evaluated_by_id == actor.pk:
        raise DomainError("You evaluated this crossing yourself. Another supervisor signs it off.")
