"""What may be decided of something disputed, what is still missing, and what the person reads of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from disclosure.choices.subject_access import Basis, Outcome

BASES: dict[Outcome, tuple[Basis, ...]] = {
    Outcome.RECTIFIED: (Basis.WRONG, Basis.INCOMPLETE),
    Outcome.ERASED: (Basis.UNLAWFUL,),
    Outcome.RESTRICTED: (Basis.EVIDENCE, Basis.UNSURE),
    Outcome.REFUSED: (Basis.ACCURATE, Basis.NEEDED, Basis.NOT_HELD),
}
# The grounds on which the person may be told nothing (Data Protection Act 2018, section 48(3)).
UNTOLD = frozenset({"inquiry", "prevention", "public_security", "security", "others"})
NEITHER = _("We can neither confirm nor deny that we hold this.")
HEADING = _("What you asked")


class Disputed(Protocol):
    """Something that is disputed."""

    what: str
    outcome: str
    basis: str
    reasons: str
    untold: str
    done_at: object

    @property
    def is_granted(self) -> bool:
        """Whether something is done on the record."""


def lacks_corrections(rows: Sequence[Disputed]) -> list[DomainError]:
    """Return what an answer still needs, each with how much of it."""
    if not rows:
        return [DomainError("Write down what is disputed.")]
    undecided = sum(not row.outcome for row in rows)
    undone = sum(row.is_granted and row.done_at is None for row in rows)
    found = []
    if undecided == 1:
        found.append(DomainError("Decide about each thing that is disputed: 1 is undecided."))
    elif undecided:
        found.append(DomainError("Decide about each thing that is disputed: {number} are undecided.", number=undecided))
    if undone == 1:
        found.append(DomainError("Have what was granted done on the record: 1 thing is not done."))
    elif undone:
        found.append(DomainError("Have what was granted done on the record: {number} things are not done.", number=undone))
    return found


def answered(rows: Iterable[Disputed]) -> list[dict[str, str]]:
    """Return what the person reads of each thing; of what they are told nothing, the same words whatever is held."""
    return [{"heading": str(HEADING), "label": row.what, "text": str(NEITHER) if row.untold else answer_to(row)} for row in rows]


def answer_to(row: Disputed) -> str:
    """Return what was decided of one thing, on which part of the law, and why."""
    return f"{Outcome(row.outcome).label}. {Basis(row.basis).label}.\n{row.reasons}"
