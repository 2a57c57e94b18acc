"""Who is acting now, and where: one re-entrant answer for requests, API calls, commands and tasks."""
from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Context:
    """The circumstances of one request, command or task."""

    user: Any = None
    acting_role: str = ""
    channel: str = "system"
    ip_address: str | None = None
    client: str = ""  # the machine client that calls, and for whom at its agency it says it does
    on_behalf_of: str = ""
    request_id: uuid.UUID = field(default_factory=uuid.uuid4)
    waiting: list[dict[str, Any]] = field(default_factory=list)  # what rows of the trail will say
    collects: bool = False


_context: ContextVar[Context | None] = ContextVar("vigil_context", default=None)


def current() -> Context:
    """Return the circumstances now; outside any block they are those of the system."""
    return _context.get() or Context()


@contextmanager
def in_context(context: Context) -> Iterator[Context]:
    """Run the block under these circumstances; blocks nest and the outer one comes back."""
    token = _context.set(context)
    try:
        yield context
    finally:
        _context.reset(token)


@contextmanager
def acting_as(user: User | None, channel: str = "system") -> Iterator[Context]:
    """Run the block on behalf of this person (None: the system itself)."""
    with in_context(Context(user=user, channel=channel)) as context:
        yield context


def current_actor() -> User | None:
    """Return the signed-in user on whose behalf the code runs, or None for the system."""
    user = current().user
    return user if getattr(user, "is_authenticated", False) else None
