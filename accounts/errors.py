"""The few ways an act can be refused. Messages are safe to show; config/errors.py maps them to answers."""
from django.core.exceptions import PermissionDenied

from accounts.permissions import Perm


class DomainError(Exception):
    """A rule of the domain was broken; the message says what to do.

    `field` names the form field that the message belongs to, when there is one.
    """

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.field = field


class StaleRecord(DomainError):
    """Somebody else changed the record first."""


class NotPermitted(PermissionDenied):
    """The actor does not hold the permission. The edge records the refusal."""

    def __init__(self, perm: Perm):
        super().__init__(perm)
        self.perm = perm
