"""The few ways an act can be refused. Messages are safe to show; config/errors.py maps them to answers."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from accounts.permissions import Perm

PROBLEM = "application/problem+json"  # in which form a program is told of any refusal (RFC 9457)


class DomainError(Exception):
    """A rule of the domain was broken; the message says what to do.

    `words` are whole sentences in English, the key of the catalogue, with `{names}` for their `parts`. As text it is in the language of
    the moment: English while something is done and for programs, the reader's where a page is made. A part that depends on the language
    is lazy, as the label of a choice is, or `date_words(day)`. `field` names the form field that the message belongs to.
    """

    def __init__(self, words: str = "", *, field: str | None = None, **parts: Any):
        super().__init__(words)
        self.words, self.field, self.parts = words, field, parts
        self.errors: tuple[DomainError, ...] = (self,)

    def __str__(self) -> str:
        words = gettext(self.words) if self.words else ""
        return words.format(**self.parts) if self.parts else words

    def on(self, field: str | None) -> DomainError:
        """Return the same refusal for another field of a form."""
        return DomainError(self.words, field=field, **self.parts)


class SeveralErrors(DomainError):
    """Several rules were broken at once; each of `errors` belongs to its own field."""

    def __init__(self, errors: Sequence[DomainError]):
        super().__init__(field=errors[0].field)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return " ".join(map(str, self.errors))


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
