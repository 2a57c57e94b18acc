"""When a person's MAPPA level must be reviewed again, and minutes that are owed; each need is one action."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.choices import Role
from accounts.models import User
from actions.choices import ActionState
from actions.models import Action
from actions.rules import start_of
from actions.services.work import Owner, complete_actions_about, raise_action
from offenders.choices import MappaLevel
from offenders.choices.meetings import MeetingState, MinutesState
from offenders.models import AgendaItem, MappaPeriod, Meeting, Minutes, Nominal

REVIEW = "mappa-review"
MINUTES = "mappa-minutes"
ROUTE = "offenders:meeting-list"
REVIEWS: dict[int, str] = {
    MappaLevel.ONE: gettext_noop("MAPPA level 1 review due"),
    MappaLevel.TWO: gettext_noop("MAPPA level 2 review due"),
    MappaLevel.THREE: gettext_noop("MAPPA level 3 review due"),
}
OWED: dict[int, str] = {
    MappaLevel.TWO: gettext_noop("Minutes of a level 2 meeting"),
    MappaLevel.THREE: gettext_noop("Minutes of a level 3 meeting"),
}


def coordination(nominal: Nominal, meeting: Meeting | None = None) -> Owner:
    """Return who sees to a person's meetings: the meeting's coordinator, else any of the force; on restricted records the manager."""
    if meeting is not None and meeting.coordinator is not None:
        return Owner(user=meeting.coordinator)
    return Owner(user=nominal.offender_manager) if nominal.is_restricted else Owner(role=Role.MAPPA_COORDINATOR)


@transaction.atomic
def renew_review(*, actor: User | None, nominal: Nominal, level: int | None, starts_on: date, due_on: date | None = None) -> None:
    """Close the review that waits and, under MAPPA, raise the next: on the day that was decided, else by the rule of the level."""
    complete_actions_about(actor=actor, subject=nominal, kind=REVIEW, outcome="Category and level were decided")
    if level:
        raise_review(actor=actor, nominal=nominal, level=level, starts_on=starts_on, due_on=due_on)


@transaction.atomic
def raise_review(*, actor: User | None, nominal: Nominal, level: int, starts_on: date, due_on: date | None = None) -> Action:
    """Raise the review of a level. A record has at most one that waits: its key counts those that are over."""
    about = Action.objects.filter(subject_type=Nominal._meta.label_lower, subject_id=nominal.pk, kind=REVIEW)
    number = about.exclude(state=ActionState.OPEN).count()
    return raise_action(
        actor=actor,
        kind=REVIEW,
        title=REVIEWS[level],
        owner=Owner(user=nominal.offender_manager) if level == MappaLevel.ONE else coordination(nominal),
        nominal=nominal,
        subject=nominal,
        route=ROUTE,
        rule="" if due_on else f"mappa-review-level-{level}",
        starts_at=start_of(starts_on),
        due_on=due_on,
        key=f"{REVIEW}-{nominal.pk}-{number}",
    )


@transaction.atomic
def raise_minutes(*, actor: User | None, item: AgendaItem) -> Action:
    """Raise the minutes that a meeting owes about one person; their clock runs from the end of the meeting."""
    return raise_action(
        actor=actor,
        kind=MINUTES,
        title=OWED[item.meeting.level],
        owner=coordination(item.nominal, item.meeting),
        nominal=item.nominal,
        subject=item,
        route=ROUTE,
        rule=f"minutes-level-{item.meeting.level}",
        starts_at=item.meeting.ends_at,
        key=f"{MINUTES}-{item.pk}",
    )


def raise_reviews(*, actor: User | None, today: date) -> int:
    """Raise every review and every set of minutes that is owed and that nothing asks for yet; running it again adds nothing."""
    return raise_missing_reviews(actor=actor, today=today) + raise_missing_minutes(actor=actor, today=today)


def raise_missing_reviews(*, actor: User | None, today: date) -> int:
    """Raise a review for each person under MAPPA without one: from the last review, else from the level's or the record's first day."""
    actions = Action.objects.filter(subject_type=Nominal._meta.label_lower, subject_id=OuterRef("nominal_id"), kind=REVIEW)
    last = actions.exclude(state=ActionState.OPEN).order_by("-closed_at").values("closed_at")[:1]
    standing = MappaPeriod.objects.filter(nominal__merged_into__isnull=True)
    periods = standing.filter(~Exists(actions.waiting()), period__contains=today, level__isnull=False).annotate(last=last)
    number = 0
    for period in periods.select_related("nominal__force", "nominal__unit", "nominal__offender_manager").order_by("pk"):
        added = localdate(period.nominal.created_at)  # what was reviewed before the record was added nobody can know
        begun = max(period.period.lower or added, added)
        starts_on = max(begun, localdate(period.last)) if period.last else begun
        raise_review(actor=actor, nominal=period.nominal, level=period.level or 0, starts_on=starts_on)
        number += 1
    return number


def raise_missing_minutes(*, actor: User | None, today: date) -> int:
    """Raise the minutes of each person whose meeting has taken place, where none are approved and nothing asks for them."""
    asked = Action.objects.filter(subject_type=AgendaItem._meta.label_lower, subject_id=OuterRef("pk"), kind=MINUTES)
    done = Minutes.objects.filter(item=OuterRef("pk"), state=MinutesState.APPROVED)
    items = AgendaItem.objects.filter(~Exists(asked), ~Exists(done), withdrawn_at__isnull=True, meeting__starts_at__date__lte=today)
    items = items.exclude(meeting__state=MeetingState.CANCELLED).filter(nominal__merged_into__isnull=True)
    found = list(
        items.select_related("meeting__force", "meeting__coordinator", "nominal__force", "nominal__unit", "nominal__offender_manager")
    )
    for item in found:
        raise_minutes(actor=actor, item=item)
    return len(found)
