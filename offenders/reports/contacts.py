"""The contact log as one reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q

from actions.models import Action
from offenders.models import Contact, ContactCorrection, Nominal
from offenders.services.contacts import FOLLOW_UP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User


def contacts_of(user: User, nominal: Nominal) -> Any:
    """Return the notes that a user may see, newest first, with their corrections."""
    corrections = ContactCorrection.objects.for_user(user).select_related("made_by")
    rows = Contact.objects.for_user(user).filter(nominal=nominal).select_related("recorded_by")
    return rows.prefetch_related(Prefetch("corrections", corrections))


def below(rows: Any, key: str) -> Any:
    """Return the notes older than the one with this key: the log is in the order in which people spoke, not of writing."""
    last = rows.filter(pk=int(key)).first() if key.isdigit() and len(key) < 19 else None
    return rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)) if last else rows


def saying(rows: Any, text: str) -> Any:
    """Return the notes in which each of the words stands."""
    for word in text.split():
        found = Q(said__icontains=word) | Q(about__icontains=word) | Q(with_whom__icontains=word) | Q(agency__icontains=word)
        rows = rows.filter(found | Q(pk__in=ContactCorrection.objects.filter(text__icontains=word).values("contact")))
    return rows


def waiting_follow_ups(contacts: Iterable[Contact]) -> set[int]:
    """Return the keys of the notes whose follow-up nobody has finished."""
    keys = [contact.pk for contact in contacts if contact.follow_up_on]
    waiting = Action.objects.waiting().filter(subject_type=Contact._meta.label_lower, kind=FOLLOW_UP, subject_id__in=keys)
    return set(waiting.values_list("subject_id", flat=True)) if keys else set()
