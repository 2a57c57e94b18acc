"""The few ways an act can be refused. Messages are safe to show; config/errors.py maps them to answers."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.permissions import Perm

PROBLEM = "application/problem+json"  # in which form a program is told of any refusal (RFC 9457)


class DomainError(Exception):
    """A rule of the domain was broken; the message says what to do.

    `field` names the form field that the message belongs to, when there is one.
    """

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.field = field
        self.errors: tuple[DomainError, ...] = (self,)


class SeveralErrors(DomainError):
    """Several rules were broken at once; each of `errors` belongs to its own field."""

    def __init__(self, errors: Sequence[DomainError]):
        super().__init__(" ".join(str(error) for error in errors), field=errors[0].field)
        self.errors = tuple(errors)


class StaleRecord(DomainError):
    """Somebody else changed the record first."""


class DoorClosed(PermissionDenied):
    """What was asked is closed to this caller for now, whoever asks. Title and words are safe to show; the rest is the trail's."""

    def __init__(self, title: str, message: str, *, subject: Any = None, why: str = ""):
        super().__init__(message)
        self.title, self.subject, self.why = title, subject, why


class NotPermitted(PermissionDenied):
    """The actor does not hold the permission. The edge records the refusal."""

    def __init__(self, perm: Perm):
        super().__init__(perm)
        self.perm = perm
