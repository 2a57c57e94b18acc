"""State guards of visits: each returns nothing, or raises words that say what to do."""

from __future__ import annotations

from datetime import date, datetime

from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from actions.guards import can_own
from offenders.choices.visits import VisitState
from offenders.models import Nominal, Visit
from offenders.rules.visits import may_move
from ui.templatetags.ui import moment_words, words_in_sentence


def require_move(visit: Visit, after: VisitState) -> None:
    """A visit is recorded or called off once."""
    if not may_move(visit.state, after):
        state = words_in_sentence(VisitState(visit.state).label)
        if visit.recorded_by is None:
            raise StaleRecord("This visit is no longer planned: {state}. Open the list of visits to read it.", state=state)
        person = visit.recorded_by.display_name
        raise StaleRecord(
            "This visit is no longer planned: {state} by {person}. Open the list of visits to read it.", state=state, person=person
        )


def require_recorded(visit: Visit) -> None:
    """Only what has happened has words to correct."""
    if visit.state not in {VisitState.DONE, VisitState.NO_REPLY}:
        raise DomainError("This visit has not been recorded yet. Record it first.")


def require_happened(happened_at: datetime, now: datetime) -> None:
    """A visit is recorded after it was made."""
    if happened_at > now:
        raise DomainError("The visit must be now or in the past. To put a visit into the calendar, plan it.", field="on")


def require_ahead(planned_for: datetime, now: datetime, field: str = "on") -> None:
    """A visit is planned for a time that is still to come."""
    if planned_for <= now:
        raise DomainError("Plan the visit for a time that is still to come.", field=field)


def require_free_time(nominal: Nominal, happened_at: datetime, besides: Visit | None = None) -> None:
    """One person is visited once at a time: the same visit is not recorded twice."""
    same = Visit.objects.filter(nominal=nominal, happened_at=happened_at)
    if (same.exclude(pk=besides.pk) if besides and besides.pk else same).exists():
        raise StaleRecord("A visit on {moment} is on record already. Open the list of visits to read it.", moment=moment_words(happened_at))


def require_officers(nominal: Nominal, officer: User, second_officer: User | None) -> None:
    """Two different people go, and both may know of the record. The words do not tell one obstacle from another."""
    if second_officer and second_officer.pk == officer.pk:
        raise DomainError("Choose two different officers.", field="second_officer")
    for person, field in ((officer, "officer"), (second_officer, "second_officer")):
        if person and not can_own(person, nominal.pk):
            raise DomainError("This officer cannot go on this visit. Choose another officer.", field=field)


def require_company(second_officer: User | None, others_present: str, lone_reason: str) -> None:
    """Whoever went alone says why."""
    if not (second_officer or others_present.strip() or lone_reason.strip()):
        raise DomainError("Visits are made by two. Choose the second officer, or say why one officer went alone.", field="lone_reason")


def require_answers(state: VisitState, seen: str, risk: str) -> None:
    """A visit that was carried out says who was seen and what it means for the risk."""
    if state == VisitState.DONE and not seen.strip():
        raise DomainError("Enter who was seen.", field="seen")
    if state == VisitState.DONE and not risk:
        raise DomainError("Select whether the risk has changed.", field="risk")


def require_next_try(state: VisitState, next_on: date | None) -> None:
    """Where nobody answered, officers go again."""
    if state == VisitState.NO_REPLY and next_on is None:
        raise DomainError("Nobody answered: enter the day on which you will try again.", field="next_on")


def require_later_review(review_on: date, today: date) -> None:
    """A review lies ahead."""
    if review_on <= today:
        raise DomainError("The next review must be after today.", field="review_on")
