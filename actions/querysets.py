"""Which actions and notifications somebody may see, and which wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import DurationField, ExpressionWrapper, F, IntegerField, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm, Scope
from actions.choices import ActionState
from actions.rules import LONDON
from audit.references import known_to

if TYPE_CHECKING:
    from accounts.models import User

DATE_GIVEN = "date-given"  # the rule of reminders for actions whose date somebody gave
NEVER = datetime(9999, 1, 1, tzinfo=LONDON)  # sorts what has no date behind all that has one

# The rule in force today says when to remind and when to go up: one place for what a force changes, whatever reckoned the date.
RANK = """
    (SELECT count(*) FROM actions_clockrule AS rule, unnest(rule.escalate_days) AS late_days
     WHERE rule.code = COALESCE(NULLIF(actions_action.rule_code, ''), %s) AND rule.period @> %s::date
     AND actions_action.late_from + late_days * interval '1 day' <= %s)
"""
WARN_DAYS = """
    (SELECT rule.warn_days FROM actions_clockrule AS rule
     WHERE rule.code = COALESCE(NULLIF(actions_action.rule_code, ''), %s) AND rule.period @> %s::date)
"""


class ActionQuerySet(ScopedQuerySet):
    """Things that somebody must do."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own (by name, unit or role) and those that one's unit answers for; none about a record that one must not know of."""
        reached = owned_by(user)
        if user.unit_id and Scope.UNIT in scopes:
            reached |= Q(unit=user.unit_id)
        return self.filter(reached & (Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))))

    def waiting(self) -> Self:
        """Not done and not cancelled."""
        return self.filter(state=ActionState.OPEN)

    def late(self, now: datetime) -> Self:
        """Waiting, past their time."""
        return self.waiting().filter(late_from__lte=now)

    def for_doing_by(self, user: User) -> Self:
        """What somebody could be asked to do: theirs by name, by unit or by role."""
        return self.filter(owned_by(user))

    def soonest_first(self) -> Self:
        """Ordered by time; what stands still comes last."""
        return self.annotate(sorted_by=Coalesce(F("late_from"), Value(NEVER))).order_by("sorted_by", "pk")

    def to_escalate(self, now: datetime, today: date) -> Self:
        """Late, and less far up than it should be by now; `rank` says how far, by the rule in force today."""
        ranked = self.late(now).annotate(rank=RawSQL(RANK, [DATE_GIVEN, today, now], IntegerField()))  # noqa: S611
        return ranked.filter(escalation__lt=F("rank"))

    def to_remind(self, now: datetime, today: date) -> Self:
        """Waiting, in time, not reminded of, and within the days before its time that the rule in force today says."""
        days = ExpressionWrapper(F("warn_days") * Value(timedelta(days=1)), output_field=DurationField())
        soon = self.waiting().filter(late_from__gt=now, warned_at__isnull=True)
        soon = soon.annotate(warn_days=RawSQL(WARN_DAYS, [DATE_GIVEN, today], IntegerField()))  # noqa: S611
        return soon.filter(warn_days__gt=0, late_from__lte=now + days)


def owned_by(user: User) -> Q:
    """Actions that somebody owns by name, as one of a unit, or by a role in the force."""
    owned = Q(owner=user) | Q(owner_role__in=user.roles, force=user.organisation_id)
    return owned | Q(owner_unit=user.unit_id) if user.unit_id else owned


class NotificationQuerySet(ScopedQuerySet):
    """What people were told."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """One's own; what is about a record that one may no longer know of stays away."""
        return self.filter(Q(recipient=user) & (Q(nominal__isnull=True) | Q(nominal__in=known_to(user).values("pk"))))

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)

    def to_mail(self) -> Self:
        """Neither read nor mailed, to somebody who can get mail."""
        return self.unread().filter(is_mailed=True, mailed_at__isnull=True, recipient__is_active=True).exclude(recipient__email="")


class RuleQuerySet(ScopedQuerySet):
    """Clock rules, bank holidays and other dated data."""

    def visible_to(self, user: User, perm: Perm, scopes: frozenset[Scope]) -> Self:
        """Everybody who works with dated data may read it: it says nothing of any person. Only a force changes it, never an agency."""
        return self.none() if perm == Perm.CHANGE_RULES and not user.organisation.is_force else self.all()

    def on(self, day: date) -> Self:
        """Rules that hold on this day."""
        return self.filter(period__contains=day)

    def not_over(self, day: date) -> Self:
        """Those that hold on this day, or will."""
        return self.filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=day))
