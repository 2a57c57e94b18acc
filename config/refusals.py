"""Why something was refused, and who can help: the words of the 403 page."""
from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from accounts.access import may
from accounts.permissions import NEEDS_QUALIFICATION, Perm, holders_of

if TYPE_CHECKING:
    from accounts.models import User


def explain_refusal(user: User, exc: BaseException) -> str:
    """Say in a sentence or two what is missing and who can give it."""
    perm = getattr(exc, "perm", None)
    if not isinstance(perm, Perm):
        return gettext("Your account may not do this. Ask your supervisor.")
    if perm in NEEDS_QUALIFICATION and user.is_authenticated and not user.is_qualified and not may(user, perm):
        lapsed = gettext(" and ").join(map(str, user.lapsed_qualifications))
        words = gettext(
            "Your %(lapsed)s must be renewed before you can open case files. Your force's system administrator records the renewal."
        )
        return words % {"lapsed": lapsed}
    holders = [str(role.label).lower() for role in holders_of(perm)]
    words = gettext("Your role does not reach this. It is open to: %(holders)s. If you need it, ask your supervisor.")
    return words % {"holders": ", ".join(holders)}
