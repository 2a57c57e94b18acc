"""What disclosure goes by as a force changes it: new rows from a day on, never an older one overwritten."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from disclosure.models import Ground, SmallNumber, StandardText
from intelligence.services.practice import end, follow


@transaction.atomic
def change_ground(
    *, actor: User, ground: Ground, starts_on: date, reason: str, name: str, section: str, explains: str, told_as: str, needs_test: bool,
    source: str, **welsh: str,
) -> Ground:  # fmt: skip
    """Word a ground for holding back anew from a day on, or let the public interest be weighed before it, or no more."""
    authorise(actor, Perm.CHANGE_RULES, ground)
    require_said(name=name, section=section, explains=explains)
    return follow(
        ground, starts_on, reason, "Ground for holding back changed", law=ground.law, code=ground.code, name=name.strip(),
        section=section.strip(), explains=explains.strip(), told_as=told_as.strip(), needs_test=needs_test, source=source,
        **{field: words.strip() for field, words in welsh.items()},
    )  # fmt: skip


@transaction.atomic
def end_ground(*, actor: User, ground: Ground, starts_on: date, reason: str) -> Ground:
    """Offer a ground no longer from a day on; what was held back under it stays as it was."""
    authorise(actor, Perm.CHANGE_RULES, ground)
    return end(ground, starts_on, reason, "Ground for holding back ended")


@transaction.atomic
def change_text(*, actor: User, text: StandardText, starts_on: date, reason: str, name: str, words: str, source: str) -> StandardText:
    """Word a standard text anew from a day on; letters that went stay as they are."""
    authorise(actor, Perm.CHANGE_RULES, text)
    require_said(name=name, words=words)
    return follow(text, starts_on, reason, "Standard words changed", code=text.code, name=name.strip(), text=words.strip(), source=source)


@transaction.atomic
def end_text(*, actor: User, text: StandardText, starts_on: date, reason: str) -> StandardText:
    """Use a standard text no longer from a day on: what needs it cannot be sent from then."""
    authorise(actor, Perm.CHANGE_RULES, text)
    return end(text, starts_on, reason, "Standard words ended")


@transaction.atomic
def change_small_number(*, actor: User, number: SmallNumber, starts_on: date, reason: str, least: int, source: str) -> SmallNumber:
    """Let another number be the smallest that leaves the force, from a day on."""
    authorise(actor, Perm.CHANGE_RULES, number)
    if least < 1:
        raise DomainError("Enter 1 or more.", field="least")
    return follow(number, starts_on, reason, "Smallest number that leaves changed", least=least, source=source)


def require_said(**texts: str) -> None:
    """Nothing is left empty."""
    for field, text in texts.items():
        if not text.strip():
            raise DomainError("Enter what it says.", field=field)
