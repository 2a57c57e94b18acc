"""How the system does: every check of every app, and what a probe is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from redis.exceptions import RedisError

from audit.health import Check, Reading, State
from governance.health import count_missing_migrations
from governance.reports.broker import broker

SILENT = (DatabaseError, RedisError, OSError)  # what a part raises that does not answer


@dataclass(frozen=True)
class Finding:
    """A check and what it found."""

    check: Check
    reading: Reading


def findings() -> list[Finding]:
    """Look at everything; each app says itself at what, see `HEALTH_CHECKS`."""
    return [Finding(check, look_at(check)) for check in map(import_string, settings.HEALTH_CHECKS)]


def look_at(check: Check) -> Reading:
    """Return what a check finds; that what it asks does not answer is a finding."""
    try:
        return check.look()
    except SILENT as error:
        return Reading(State.BAD, gettext("Does not answer: %(error)s") % {"error": type(error).__qualname__})


def worst_of(found: list[Finding]) -> State:
    """Return the worst state."""
    states = {finding.reading.state for finding in found}
    return next((state for state in (State.BAD, State.LOOK) if state in states), State.GOOD)


def readiness() -> dict[str, bool]:
    """Return which parts that every request needs are there."""
    try:
        missing, answers = count_missing_migrations(), True
    except DatabaseError:
        missing, answers = 0, False
    return {"database": answers, "migrations": answers and not missing, "valkey": has_valkey()}


def has_valkey() -> bool:
    """Whether the broker answers."""
    try:
        return bool(broker().ping())
    except (RedisError, ValueError):  # the latter where a connection was closed while it was read
        return False
