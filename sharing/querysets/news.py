"""Which news of agencies somebody may see: a unit its queue, the bureau the intelligence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from accounts.permissions import Perm
from offenders.choices.confidential import Consent
from sharing.choices.news import NewsKind
from sharing.querysets.requests import QueueQuerySet
from sharing.rules.news import State

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Scope


class NewsQuerySet(QueueQuerySet):
    """News."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Intelligence goes to the bureau of the force and to nobody else; events to units; an agency sees what it told."""
        if perm == Perm.TELL_POLICE:
            return self.filter(agency=user.organisation_id)
        if perm == Perm.VIEW_REPORT:
            return self.filter(kind=NewsKind.INTELLIGENCE, force=user.organisation_id)
        return self.of_queue(user).exclude(kind=NewsKind.INTELLIGENCE)

    def waiting(self) -> Self:
        """Not closed."""
        return self.exclude(state=State.CLOSED)

    def kept_back(self) -> Self:
        """What an agency controls and has not let go on. For guards: whoever shares a report need not be one who may read the news."""
        return self.filter(needs_consent=True).exclude(consent=Consent.GIVEN)
