"""Reading from a copy of the database that follows it, where there is one; what is read is never older than the moment it was asked for.

See docs/decisions/0032-reading-from-a-replica.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

P = ParamSpec("P")
R = TypeVar("R")
PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
UNREACHABLE = (OperationalError, InterfaceError)  # it is gone, or ended a query so that it can follow
REST = 10  # seconds for which a replica that failed is not asked again
POSITION = "SELECT pg_current_wal_flush_lsn()::text"
# Whether it still follows and has everything up to a position. What it lacks gets a hundredth of a second to come.
HAS_ALL = """
SELECT CASE WHEN NOT pg_is_in_recovery() THEN NULL WHEN pg_last_wal_replay_lsn() >= %(position)s::pg_lsn THEN true
    ELSE (SELECT pg_last_wal_replay_lsn() >= %(position)s::pg_lsn FROM pg_sleep(0.01)) END
"""

logger = logging.getLogger(__name__)
_alias: ContextVar[str] = ContextVar("vigil_database", default=PRIMARY)
_rests_until = 0.0


class Router:
    """Sends reads where the present block reads, and every write to the database itself, whatever the rows came from."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return where to read."""
        return _alias.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return where to write."""
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Let rows point at each other: both places hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Make tables in the database itself only."""
        return db == PRIMARY


def reading() -> BaseDatabaseWrapper:
    """Return the connection by which the present block reads; for statements that are written out."""
    return connections[_alias.get()]


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Read from this database within the block."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


def from_replica(read: Callable[P, R]) -> Callable[P, R]:
    """Make a function that only reads ask the replica while that has everything, and the database itself otherwise.

    Within a transaction it asks the database itself, which alone knows what the transaction did.
    """

    @wraps(read)
    def wherever_fresh(*args: P.args, **kwargs: P.kwargs) -> R:
        if REPLICA not in settings.DATABASES or monotonic() < _rests_until or connections[PRIMARY].in_atomic_block:
            return read(*args, **kwargs)
        position = position_now()
        try:
            if has_all_up_to(position):
                with reading_from(REPLICA):
                    return read(*args, **kwargs)
        except UNREACHABLE as error:
            leave_alone(error)
        return read(*args, **kwargs)

    return wherever_fresh


def position_now() -> str:
    """Return up to where the database has written what was committed until now."""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(POSITION)
        return str(cursor.fetchone()[0])


def has_all_up_to(position: str) -> bool:
    """Say whether the replica shows everything up to a position; one that follows no longer shows nothing that counts."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(HAS_ALL, {"position": position})
        return bool(cursor.fetchone()[0])


def leave_alone(error: Exception) -> None:
    """Ask the replica nothing for a while."""
    global _rests_until  # noqa: PLW0603 - one for the process
    _rests_until = monotonic() + REST
    connections[REPLICA].close()
    logger.warning("The replica does not answer (%s): the database itself is asked for a while", type(error).__name__)
