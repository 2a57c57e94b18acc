"""What a password may not be: words that anybody here would try first, or one that is known to have leaked."""
from __future__ import annotations

from bisect import bisect_left
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

# Listed in docs/security.md too: the name of the service, of what it is about, of who uses it, and what people add to such words.
WORDS = ("vigil", "mosovo", "mappa", "visor", "offender", "nominal", "police", "constabulary", "constable", "sergeant", "inspector")
WORDS += ("officer", "detective", "custody", "probation", "force", "admin", "password", "passw0rd", "welcome", "letmein", "qwerty")
SHORTEST_NAME = 4
LEAST_LETTERS = 8
DIGEST = 40


class OtherThanOurWords:
    """Refuse a password of which little is left without words of this service, of the person's force and of their own name."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for such a password; one that holds none of the words may be of any characters."""
        left = plain = password.lower()
        for word in sorted({*WORDS, *names_of(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if left != plain and sum(letter.isalpha() for letter in left) < LEAST_LETTERS:
            raise ValidationError(_("New password is made of words that are tried first here. Use three random words."), code="our_words")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return gettext("Not made of the names of the service, of your force or of yourself.")


class NotLeaked:
    """Refuse a password in the list that LEAKED_PASSWORDS names; without one, nothing."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password in the list."""
        digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()  # what such lists are made of
        if settings.LEAKED_PASSWORDS and stands_in(Path(settings.LEAKED_PASSWORDS), digest):
            raise ValidationError(_("New password is in a list of leaked ones that attackers use. Use three random words."), code="leaked")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return gettext("Not one that is known to have leaked.")


def names_of(user: User | None) -> set[str]:
    """Return the words by which the person, their unit and their organisation are called."""
    if user is None:
        return set()
    unit = user.unit.name if user.unit else ""
    names = (user.username, user.first_name, user.last_name, unit, user.organisation.name, user.organisation.code)
    return {word for name in names for word in name.lower().split() if len(word) >= SHORTEST_NAME}


def stands_in(path: Path, digest: str) -> bool:
    """Say whether a line of the file, whose lines are in order, begins with the digest; the file may be of any size."""
    with path.open("rb") as file:
        lines = range(path.stat().st_size)
        at = bisect_left(lines, digest.encode(), key=lambda place: digest_from(file, place))
        return digest_from(file, at) == digest.encode()


def digest_from(file: BinaryIO, place: int) -> bytes:
    """Return the digest of the first line that begins at this place or after it; past the last line what comes after all digests."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()[:DIGEST] or b"~"
