"""How long records are kept: rules from a day on, groups set higher, what is reckoned each night, decisions that lapse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, raise_action
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from governance.choices.retention import Decision, Group, ReviewState
from governance.guards.retention import require_higher, require_no_waiting, require_periods, require_why
from governance.models import HigherGroup, Retention, RetentionReview, RetentionRule
from governance.models.retention import WAITING
from governance.reports import retention as reports
from intelligence.services.practice import follow
from offenders.models import Nominal
from offenders.services.records import lock_nominal

REVIEW, ROUTE = "retention-review", "governance:retention"
AT_ONCE = 500


@transaction.atomic
def change_retention_rule(
    *, actor: User, rule: RetentionRule, starts_on: date, reason: str, covers: str, first_years: int, later_years: int, needs_clear: bool,
    until_age: int | None, source: str,
) -> RetentionRule:  # fmt: skip
    """Keep records of a group for other periods from a day on; reviews that are open keep the rule that they began with."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    require_periods(first_years, later_years, until_age)
    return follow(
        rule, starts_on, reason, "Retention rule changed", group=rule.group, covers=require_why(covers, "covers"),
        first_years=first_years, later_years=later_years, needs_clear=needs_clear, until_age=until_age, source=source,
    )  # fmt: skip


@transaction.atomic
def set_higher_group(*, actor: User, nominal: Nominal, group: int | None, reason: str) -> HigherGroup:
    """Say that a record belongs to a higher group than what it holds makes it, or take that back."""
    authorise(actor, Perm.REVIEW_RETENTION, nominal)
    lock_nominal(nominal)
    standing = reports.standing(nominal)
    reckoned = min(line.group for line in standing.group_lines if line.group)
    present = Group(standing.higher.group) if standing.higher and standing.higher.group else None
    require_higher(Group(group) if group else None, reckoned, present)
    row = HigherGroup.objects.create(nominal=nominal, group=group, reason=require_why(reason), by=actor)
    act = "Retention group set higher" if group else "Higher retention group taken back"
    record_event(Verb.CHANGED, row, reason=row.reason, act=act, group=group)
    keep_reckoned([nominal], localdate())
    return row


def keep_reckoned(nominals: Sequence[Nominal], today: date) -> dict[int, reports.Standing]:
    """Reckon how long records are kept, and store it for the lists."""
    found = reports.standings_of(nominals, today)
    Retention.objects.bulk_create(
        [
            Retention(
                nominal_id=key, group=each.group, due_on=each.reckoning.due_on, keep_until=each.reckoning.keep_until, reckoned_at=now()
            )
            for key, each in found.items()
        ],
        update_conflicts=True,
        unique_fields=["nominal"],
        update_fields=["group", "due_on", "keep_until", "reckoned_at"],
    )
    return found


def raise_retention_reviews(*, actor: User | None) -> int:
    """Reckon every record anew, open the reviews whose day has come, and let old decisions lapse; return how many were opened."""
    today = localdate()
    with acting_as(actor):
        lapse_old_decisions(actor, today)
        return sum(raise_due(actor, chunk, today) for chunk in chunks())


def chunks() -> Iterator[list[Nominal]]:
    """Yield the records that stand, some at a time."""
    last = 0
    rows = Nominal.objects.standing().select_related("force", "unit__organisation").order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield chunk
        last = chunk[-1].pk


@transaction.atomic
def raise_due(actor: User | None, nominals: Sequence[Nominal], today: date) -> int:
    """Open the reviews of these records whose day has come."""
    found = keep_reckoned(nominals, today)
    rows = RetentionReview.objects.filter(nominal__in=nominals)
    taken = set(rows.filter(state__in=WAITING).values_list("nominal", flat=True))
    taken |= set(rows.filter(state=ReviewState.APPROVED, decision=Decision.DISPOSE).values_list("nominal", flat=True))
    due = [each for each in nominals if (day := found[each.pk].reckoning.due_on) and day <= today and each.pk not in taken]
    for nominal in due:
        open_review(actor, nominal, found[nominal.pk], found[nominal.pk].reckoning.due_on or today)
    return len(due)


def open_review(actor: User | None, nominal: Nominal, standing: reports.Standing, due_on: date, asked_why: str = "") -> RetentionReview:
    """Open a review, with the reckoning as it is now, and ask for it."""
    working = reports.explained([*standing.group_lines, *standing.reckoning.lines])
    review = RetentionReview.objects.create(
        nominal=nominal, due_on=due_on, group=standing.group, rule=standing.rule, working=working, asked_why=asked_why
    )
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("Review whether a record is still needed"), owner=owner_for(nominal), nominal=nominal,
        subject=review, route=ROUTE, rule=REVIEW, starts_at=make_aware(datetime.combine(due_on, time())), key=f"{REVIEW}-{review.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, review, act="Review of retention opened")
    return review


def owner_for(nominal: Nominal) -> Owner:
    """Return who reviews a record: records management, or the unit where only named people may know of it."""
    return Owner(unit=nominal.unit) if nominal.is_restricted else Owner(role=Role.INFORMATION_GOVERNANCE)


@transaction.atomic
def ask_for_review(*, actor: User, nominal: Nominal, reason: str) -> RetentionReview:
    """Open a review before its day."""
    authorise(actor, Perm.REVIEW_RETENTION, nominal)
    lock_nominal(nominal)
    rows = RetentionReview.objects.filter(nominal=nominal)
    decided = rows.filter(state=ReviewState.APPROVED, decision=Decision.DISPOSE)
    require_no_waiting([*rows.filter(state__in=WAITING), *decided])
    return open_review(actor, nominal, reports.standing(nominal), localdate(), require_why(reason))


def lapse_old_decisions(actor: User | None, today: date) -> int:
    """Let decisions to dispose that nobody carried out in time lapse, so that the record is looked at again; return how many."""
    decided = RetentionReview.objects.filter(state=ReviewState.APPROVED, decision=Decision.DISPOSE)
    return sum(lapse(actor, review, "It was not carried out in time.") for review in decided if reports.late_decision(review, today))


@transaction.atomic
def lapse(actor: User | None, review: RetentionReview, reason: str) -> bool:
    """Let one lapse."""
    locked = RetentionReview.objects.select_for_update().get(pk=review.pk)
    if locked.state != ReviewState.APPROVED:
        return False
    locked.state, locked.version = ReviewState.LAPSED, locked.version + 1
    locked.save(update_fields=["state", "version"])
    cancel_actions_about(actor=actor, subject=locked, reason=reason)
    record_event(Verb.CHANGED, locked, reason=reason, act="Decision to dispose lapsed")
    return True
