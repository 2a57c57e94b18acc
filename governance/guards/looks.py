"""What must hold before a look is judged, somebody is asked why, or an answer is decided on."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.errors import DomainError, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from audit.models import Event
from governance.choices.looks import LookState, QuestionState
from governance.models import LookQuestion, UnusualLook

SHORTEST = 10
CHANGED = gettext_noop("Somebody else changed this while you worked on it. Look at it again and repeat your change.")


def require_words(words: str, field: str = "words") -> str:
    """Return what was said without the space around it, if it says enough."""
    words = words.strip()
    if len(words) < SHORTEST:
        said = gettext_noop("Say it in at least {shortest} characters, so that whoever checks understands it.")
        raise DomainError(said, shortest=SHORTEST, field=field)
    return words


def require_same(row: UnusualLook | LookQuestion, version: int | None) -> None:
    """Nobody changed it since the actor saw it."""
    if version is not None and row.version != version:
        raise StaleRecord(CHANGED)


def require_to_judge(look: UnusualLook) -> None:
    """It waits to be judged; while somebody is asked, the answer is decided on first."""
    if look.state == LookState.ASKED:
        raise DomainError("The person was asked why. Decide on the question instead.")
    if look.state != LookState.OPEN:
        raise DomainError("This was judged already. Go back to read the result.")


def require_state(question: LookQuestion, state: QuestionState, words: str) -> None:
    """The question stands where the act expects it."""
    if question.state != state:
        raise DomainError(words)


def require_one_person(actor: User, events: list[Event]) -> User:
    """Return whose looks these are: one person's, who can answer here and is not the one who asks."""
    people = {event.actor_id: event.actor for event in events}
    if len(people) != 1:
        raise DomainError("Choose looks of one person.", field="events")
    (person,) = people.values()
    if person is None or person.is_service or person.pk == actor.pk:
        raise DomainError("This look is not one that somebody else can be asked about.", field="events")
    if not may(person, Perm.EXPLAIN_ACCESS):
        raise DomainError("This person can no longer answer here. Refer it to professional standards instead.")
    return person
