"""What must hold before a review, a hold or a disposal moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, NotPermitted, SeveralErrors
from accounts.models import User
from accounts.permissions import Perm
from governance.choices.retention import Criterion, Decision, Group, HoldKind, ReviewState
from governance.models import LegalHold, RetentionReview, RetentionRule
from governance.reports import retention as reports
from offenders.models import Nominal
from ui.templatetags.ui import date_words, words_in_sentence

SHORTEST = 10
Answers = Mapping[str, tuple[bool | None, str]]  # by criterion: yes or no, and why


def require_why(words: str, field: str = "reason", shortest: int = SHORTEST) -> str:
    """Return a reason that says enough, without the space around it."""
    said = words.strip()
    if len(said) < shortest:
        raise DomainError("Say why in at least {shortest} characters.", shortest=shortest, field=field)
    return said


def require_periods(first_years: int, later_years: int, until_age: int | None) -> None:
    """Years and ages that can be."""
    if first_years < 1:
        raise DomainError("Enter 1 or more.", field="first_years")
    if later_years < 1:
        raise DomainError("Enter 1 or more.", field="later_years")
    if until_age is not None and not 18 <= until_age <= 120:
        raise DomainError("Enter an age between 18 and 120.", field="until_age")


def require_higher(group: Group | None, reckoned: Group, present: Group | None) -> None:
    """A person may raise the group above what the record holds, and take that back, never set a lower one."""
    if group is None and present is None:
        raise DomainError("Nobody has set a higher group.", field="group")
    if group is not None and group >= reckoned:
        said = gettext_noop("What the record holds makes it group {group}. Choose a higher one: a lower number.")
        raise DomainError(said, group=reckoned.value, field="group")


def require_state(review: RetentionReview, state: ReviewState) -> None:
    """The review stands where the act begins."""
    if review.state != state:
        stands = words_in_sentence(ReviewState(review.state).label)
        raise DomainError("This cannot be done now. The review stands at: {state}.", state=stands)


def require_answers(answers: Answers) -> dict[str, tuple[bool, str]]:
    """Return the answers, where each question has one with its reason."""
    errors = []
    for criterion in Criterion:
        holds, reason = answers.get(criterion, (None, ""))
        if holds is None:
            errors.append(DomainError("Answer yes or no.", field=criterion.value))
        if len(reason.strip()) < SHORTEST:
            said = gettext_noop("Say why in at least {shortest} characters.")
            errors.append(DomainError(said, shortest=SHORTEST, field=f"{criterion.value}_reason"))
    if errors:
        raise SeveralErrors(errors)
    return {criterion.value: (bool(answers[criterion][0]), answers[criterion][1].strip()) for criterion in Criterion}


def require_decision(
    review: RetentionReview, rule: RetentionRule, answers: Mapping[str, tuple[bool, str]], decision: str, next_review_on: date | None
) -> None:
    """A record is kept until a next review within the rule's years, or goes where nothing speaks for keeping it and nothing bars it."""
    if decision not in Decision.values:
        raise DomainError("Choose what you decide.", field="decision")
    if decision == Decision.KEEP:
        require_next_review(rule, next_review_on)
        return
    if any(holds for holds, _ in answers.values()):
        raise DomainError("An answer above speaks for keeping the record. Decide to keep it.", field="decision")
    require_nothing_in_the_way(review.nominal)


def require_next_review(rule: RetentionRule, day: date | None) -> None:
    """The next review is ahead, and not later than the rule says."""
    today = localdate()
    latest = today + relativedelta(years=rule.later_years)
    if day is None or day <= today:
        raise DomainError("Enter a day in the future.", field="next_review_on")
    if day > latest:
        said = gettext_noop("The rule asks for a review by {latest} at the latest.")
        raise DomainError(said, latest=date_words(latest), field="next_review_on")


def require_nothing_in_the_way(nominal: Nominal) -> None:
    """Nothing bars disposal; else each obstacle with what to do."""
    if found := reports.obstacles(nominal):
        raise SeveralErrors([obstacle.on("decision") for obstacle in found])


def require_another(actor: User, first: int | None, perm: Perm) -> None:
    """Somebody else than the first person."""
    if actor.pk == first:
        raise NotPermitted(perm)


def require_in_time(review: RetentionReview) -> None:
    """A decision to dispose is not too old."""
    if reports.late_decision(review, localdate()):
        days = reports.carried_out_within(localdate())
        raise DomainError("The decision is more than {days} days old. Review the record again.", days=days)


def require_confirmed(nominal: Nominal, typed: str) -> None:
    """Whoever disposes of a record types its reference."""
    if typed.strip().upper() != nominal.reference:
        said = gettext_noop("Type {reference} to say that you mean this record.")
        raise DomainError(said, reference=nominal.reference, field="confirmation")


def require_hold(kind: str, review_on: date | None) -> None:
    """A hold has a kind and a day on which somebody looks at it again."""
    if kind not in HoldKind.values:
        raise DomainError("Choose why it must stay.", field="kind")
    if review_on is None or review_on <= localdate():
        raise DomainError("Enter a day in the future.", field="review_on")


def require_live(hold: LegalHold) -> None:
    """A lifted hold stays as it was."""
    if not hold.is_live:
        raise DomainError("This hold was lifted already.")


def require_no_waiting(reviews: Sequence[RetentionReview]) -> None:
    """One review at a time."""
    if reviews:
        raise DomainError("A review of this record is open already.")
