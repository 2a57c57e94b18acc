"""What must hold before an intelligence report moves on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_noop

from accounts.errors import DomainError, SeveralErrors
from intelligence.choices.information import Handling, ReviewOutcome
from intelligence.models import InformationGiver, InformationReport
from intelligence.rules.information import QUESTIONS, Side, State, may_move
from offenders.choices.risk import SourceAsks
from ui.templatetags.ui import words_in_sentence

BECOMES_SOURCE = gettext_noop(
    "Asking this person to find out more, or using their relationship with somebody, would make them a covert source. Do not ask them yet: "
    "the intelligence bureau decides that. Say why you would ask, and this goes to the bureau with the report."
)
GIVER_WORDS = {
    "nature": gettext_noop("Say why the information must be handled with care."),
    "how_obtained": gettext_noop("Say how they came to know it."),
    "circumstances": gettext_noop("Say what in their circumstances calls for care."),
    "frequency": gettext_noop("Say how often they are in contact."),
    "will_ask_more": gettext_noop("Say whether you mean to ask them to find out more."),
    "uses_relationship": gettext_noop("Say whether they use a relationship to learn it."),
}

PRISON_WORDS = {
    "prison": gettext_noop("Enter the prison."),
    "prison_officer": gettext_noop("Enter the officer of the prison who passed it on."),
}


def require_move(report: InformationReport, after: State, side: Side) -> None:
    """The table of moves lets this side bring it there."""
    if not may_move(State(report.state), after, side):
        raise DomainError("Somebody else has dealt with this meanwhile. Open it again to see where it stands.")


def require_draft(report: InformationReport) -> None:
    """Its words change only before it is sent."""
    if report.state != State.DRAFT:
        raise DomainError("This was sent already. What is missing can be added when the bureau asks for more.")


def require_reason(text: str, field: str = "reason") -> None:
    """A decision says why."""
    if not text.strip():
        raise DomainError("Say why.", field=field)


def require_complete(report: InformationReport, giver: InformationGiver | None, today: date) -> None:
    """Nothing is missing; what is missing is said all at once, each at its field."""
    if lacking := [*lacking_words(report, today), *lacking_answers(report), *lacking_care(report, giver)]:
        raise SeveralErrors(lacking)


def lacking_words(report: InformationReport, today: date) -> Iterator[DomainError]:
    """A report that is sent says what was learned, when, from which kind of source, and about whom."""
    if not report.original.strip():
        yield DomainError("Write what was seen or said.", field="original")
    if report.seen_on is None or report.seen_on > today:
        yield DomainError("Enter the day on which it was seen or said: today or earlier.", field="seen_on")
    if report.source is None or today not in report.source.period:
        yield DomainError("Choose the kind of source.", field="source")
    elif report.source.asks == SourceAsks.PRISON:
        for name, words in PRISON_WORDS.items():
            if not getattr(report, name).strip():
                yield DomainError(words, field=name)
    if not report.subjects.exists():
        yield DomainError("Say whom it is about: choose a record, or describe the person in words.", field="find")


def lacking_answers(report: InformationReport) -> Iterator[DomainError]:
    """A report that is sent answers the six questions."""
    answered = set(report.answers.values_list("question", flat=True))
    for code, (_, short) in QUESTIONS.items():
        if code not in answered:
            yield DomainError("Answer the question about {what}.", what=words_in_sentence(short), field=f"answer_{code}")


def lacking_care(report: InformationReport, giver: InformationGiver | None) -> Iterator[DomainError]:
    """Whoever gives information as a member of the public is thought of, and becomes no covert source by accident."""
    needed = bool(report.source and report.source.asks == SourceAsks.GIVER) or bool(giver and (giver.name or giver.contact))
    for name, words in GIVER_WORDS.items():
        if needed and (giver is None or getattr(giver, name) in ("", None)):
            yield DomainError(words, field=f"giver_{name}")
    if giver and (giver.will_ask_more or giver.uses_relationship) and not giver.more_reason.strip():
        yield DomainError(BECOMES_SOURCE, field="giver_more_reason")


def require_conditions(handling: str, conditions: str) -> None:
    """Handling with conditions says which."""
    if handling == Handling.CONDITIONS and not conditions.strip():
        raise DomainError("Say which conditions hold.", field="conditions")


def require_second_person(report: InformationReport, releaser: int) -> None:
    """What goes out under conditions is released by another person than whoever evaluated it."""
    if report.handling == Handling.CONDITIONS and report.evaluated_by_id == releaser:
        raise DomainError("You evaluated this report, and it has conditions: another officer of the bureau must release it.")


def require_no_clues(clues: Iterable[str], *, is_checked: bool) -> None:
    """A text that repeats something of its source is looked at once more."""
    if list(clues) and not is_checked:
        raise DomainError("The sanitised text may give away the source. Take it out, or tick the box when it does not.", field="sanitised")


def require_outcome(outcome: str, reason: str) -> None:
    """A review ends with one of its outcomes and says why."""
    if outcome not in ReviewOutcome.values:
        raise DomainError("Choose what follows.", field="outcome")
    require_reason(reason)
