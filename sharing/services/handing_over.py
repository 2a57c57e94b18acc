"""What leaves on paper or is spoken: numbered copies, what was said to whom, and the receipt by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from sharing.choices.decisions import Channel
from sharing.documents.releases import release_paper
from sharing.guards.releases import require_channel, require_past, require_standing, require_words
from sharing.models import PaperCopy, Release, Telling
from sharing.services.receiving import RECEIPT
from sharing.services.releases import hold_release

MOST_COPIES = 20


@transaction.atomic
def issue_copies(*, actor: User, release: Release, issued_to: Sequence[str]) -> list[PaperCopy]:
    """Make a numbered copy for each of these; how many there are stands on each."""
    locked = hold_release(actor, release)
    require_channel(locked, Channel.PAPER)
    require_standing(locked)
    holders = [each.strip() for each in issued_to if each.strip()]
    if not 0 < len(holders) <= MOST_COPIES:
        raise DomainError("Say for whom the copies are, one a line, {most} at most.", most=MOST_COPIES, field="issued_to")
    before = locked.copies.count()
    copies = [make_copy(actor, locked, before + number, before + len(holders), holder) for number, holder in enumerate(holders, 1)]
    record_event(Verb.PRINTED, locked, act="Copies issued", numbers=[copy.number for copy in copies])
    return copies


def make_copy(actor: User, release: Release, number: int, of: int, issued_to: str) -> PaperCopy:
    """Store one copy with the digest of its file."""
    copy = PaperCopy(release=release, number=number, of=of, issued_to=issued_to[:100], by=actor, printed_at=now())
    copy.sha256 = hashlib.sha256(file_of(copy)).hexdigest()
    copy.save()
    return copy


def file_of(copy: PaperCopy) -> bytes:
    """Return the file of a copy, made from its row."""
    return release_paper(copy.release, copy.words, copy.by, copy.printed_at)


@transaction.atomic
def print_copy(*, actor: User, copy: PaperCopy) -> tuple[PaperCopy, bytes]:
    """Return the file of a copy byte for byte as it was; where that cannot be made any more, another copy, with a number of its own."""
    locked = hold_release(actor, copy.release, Perm.DECIDE_SHARING)
    require_standing(locked)
    file = file_of(copy)
    if hashlib.sha256(file).hexdigest() != copy.sha256:
        number = locked.copies.count() + 1
        copy = make_copy(actor, locked, number, number, copy.issued_to)
        file = file_of(copy)
    record_event(Verb.PRINTED, locked, act="Copy printed", number=copy.number)
    return copy, file


@transaction.atomic
def record_telling(
    *, actor: User, release: Release, told_at: datetime, place: str, told_to: str, identity_check: str, said: str, undertaking: str
) -> Telling:
    """Record that it was said: when, where, to whom, how the person was made sure of, what they said and promised."""
    locked = hold_release(actor, release)
    require_channel(locked, Channel.SPOKEN)
    require_standing(locked)
    require_past(told_at, "told_at")
    require_words(place=place, told_to=told_to, identity_check=identity_check, undertaking=undertaking)
    if Telling.objects.filter(release=locked).exists():
        raise DomainError("It was recorded already that this was said.")
    telling = Telling.objects.create(
        release=locked, by=actor, told_at=told_at, place=place, told_to=told_to, identity_check=identity_check, said=said,
        undertaking=undertaking,
    )  # fmt: skip
    accept_for(actor, locked, told_to)
    record_event(Verb.CREATED, telling, act="Said to the recipient")
    return telling


@transaction.atomic
def acknowledge_by_hand(*, actor: User, release: Release, confirmed_by: str) -> Release:
    """Record that the recipient of a paper confirmed how it must be handled."""
    locked = hold_release(actor, release)
    require_channel(locked, Channel.PAPER)
    require_standing(locked)
    require_words(confirmed_by=confirmed_by)
    accept_for(actor, locked, confirmed_by.strip())
    return locked


def accept_for(actor: User, release: Release, who: str) -> None:
    """Store who confirmed; the first time counts, and the chase ends. The caller holds the lock."""
    if release.acknowledged_at is not None:
        return
    release.acknowledged_at, release.acknowledged_by, release.acknowledged_for = now(), actor, who[:100]
    release.version += 1
    release.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_for", "version"])
    complete_actions_about(actor=actor, subject=release, kind=RECEIPT, outcome="The recipient confirmed the handling.")
    record_event(Verb.CHANGED, release, act="Handling confirmed in person")
