"""Which unusual looks, questions and papers a user may see. Nobody sees what concerns themselves but the questions to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q

from accounts.access import ScopedQuerySet, scopes_of
from accounts.permissions import Perm, Scope
from audit.references import kept_from
from governance.choices.looks import JUDGED, LookState, QuestionState

if TYPE_CHECKING:
    from accounts.models import User


class LookQuerySet(ScopedQuerySet):
    """Unusual looks."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those by people of the auditor's force, the auditor's own left out, and those on records that the auditor must not know of."""
        if Scope.FORCE not in scopes:
            return self.none()
        rows = self.filter(force=user.organisation_id).exclude(person=user)
        return rows.filter(Q(nominal__isnull=True) | ~Q(nominal__in=kept_from(user)))

    def open(self) -> Self:
        """Neither judged nor asked about."""
        return self.filter(state=LookState.OPEN)

    def judged(self) -> Self:
        """Explained or referred."""
        return self.filter(state__in=JUDGED)


class JudgementQuerySet(ScopedQuerySet):
    """What was made of unusual looks."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of looks that the user may see."""
        looks: Any = apps.get_model("governance", "UnusualLook")._default_manager
        return self.filter(look__in=looks.for_user(user, perm))


class QuestionQuerySet(ScopedQuerySet):
    """Questions why somebody looked."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """To explain: those to oneself. To review, and to read by whoever reviews: those to others of the force."""
        own = Q(asked=user) if Scope.OWN in scopes else Q(pk__in=())
        if Scope.FORCE in scopes or (perm == Perm.EXPLAIN_ACCESS and scopes_of(user, Perm.REVIEW_ACCESS)):
            others = Q(force=user.organisation_id) & ~Q(asked=user) & ~Q(nominals__overlap=ArraySubquery(kept_from(user)))
            return self.filter(own | others)
        return self.filter(own)

    def waiting(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=(QuestionState.ASKED, QuestionState.ANSWERED))


class QuestionStepQuerySet(ScopedQuerySet):
    """What was asked, answered and decided."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those of questions that the user may see."""
        questions: Any = apps.get_model("governance", "LookQuestion")._default_manager
        return self.filter(question__in=questions.for_user(user, perm))


class PaperQuerySet(ScopedQuerySet):
    """Papers that say who could have seen a record."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Those that auditors of the user's force made, on records that the user may know of."""
        if Scope.FORCE not in scopes:
            return self.none()
        return self.filter(force=user.organisation_id).exclude(nominal__in=kept_from(user))
