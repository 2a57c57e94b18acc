"""What every step of disclosure asks alike."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.errors import DomainError, SeveralErrors


def require_nothing_missing(lacks: Sequence[str | DomainError]) -> None:
    """Nothing stands in the way; all that does comes at once."""
    if lacks:
        raise SeveralErrors([each if isinstance(each, DomainError) else DomainError(each) for each in lacks])
