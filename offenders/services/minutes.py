"""Minutes of a meeting about one person: drafted, submitted, approved by a chair, whose approval sets category and level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.services.telling import tell
from actions.services.work import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.meetings import DecidedBy, MeetingState, MinutesState
from offenders.guards import require_unchanged
from offenders.guards.meetings import require_begun, require_not_before, require_on_agenda
from offenders.guards.minutes import (
    require_another_author,
    require_complete,
    require_draft,
    require_level_not_overtaken,
    require_minutes_move,
    require_review_in_time,
)
from offenders.models import AgencyInformation, AgendaItem, Meeting, Minutes, Nominal, RestrictedItem
from offenders.reports.meetings import content_of
from offenders.rules.meetings import content_hash
from offenders.services.levels import MINUTES, ROUTE, raise_minutes, renew_review
from offenders.services.operational import apply_mappa, latest_mappa
from offenders.services.records import lock_nominal

IN_WORK = (MinutesState.DRAFT, MinutesState.SUBMITTED)
CARRIED_OVER = [
    "confidentiality_read", "background", "risk_assessment", "risk_management_plan", "victim_issues", "disclosure", "disclosure_to",
    "disclosure_how", "disclosure_reasons", "human_rights", "diversity", "media_strategy", "decided_category", "decided_level",
    "level_reasons", "next_review_on",
]  # fmt: skip


@transaction.atomic
def save_minutes(*, actor: User, item: AgendaItem, version: int, said: Mapping[int, str], **texts: Any) -> Minutes:
    """Save a draft, which may be incomplete. `version` is 0 where no draft exists yet; `said` is what each agency told, by its key.

    After an approval this begins the next version, which needs approval again; the approved one stays as it is.
    """
    authorise(actor, Perm.ARRANGE_MEETING, item)
    lock_nominal(item.nominal)
    require_on_agenda(item)
    require_begun(item.meeting, now())
    minutes = Minutes.objects.filter(item=item, state__in=IN_WORK).first()
    if minutes:
        require_draft(minutes)
    require_unchanged(minutes or Minutes(version=0), version)
    held_on = localdate(item.meeting.starts_at)
    require_not_before(texts.get("next_review_on"), held_on, gettext_noop("The next review must be {first} or later."), "next_review_on")
    minutes = minutes or begin_version(actor=actor, item=item)
    for name, value in texts.items():
        setattr(minutes, name, value)
    minutes.edited_by = actor
    minutes.version += 1
    minutes.save()
    for agency, text in said.items():
        AgencyInformation.objects.update_or_create(
            minutes=minutes, agency_id=agency, defaults={"text": text}, create_defaults={"text": text, "nominal": item.nominal}
        )
    record_event(Verb.CHANGED, minutes, act="Minutes drafted", number=minutes.number)
    return minutes


def begin_version(*, actor: User, item: AgendaItem) -> Minutes:
    """Begin the first version, or the one after the approved; the meeting counts as held and owes its minutes."""
    last = Minutes.objects.filter(item=item).order_by("-number").first()
    carried = {name: getattr(last, name) for name in CARRIED_OVER} if last else {}
    minutes = Minutes.objects.create(
        nominal=item.nominal, item=item, number=last.number + 1 if last else 1, drafted_by=actor, edited_by=actor, version=0, **carried
    )
    if last:
        copy_parts(last, minutes)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    if item.meeting.state == MeetingState.PLANNED:
        item.meeting.state = MeetingState.HELD
        item.meeting.version += 1
        item.meeting.save(update_fields=["state", "version"])
    raise_minutes(actor=actor, item=item)
    return minutes


def copy_parts(source: Minutes, target: Minutes) -> None:
    """Bring what agencies said and the restricted parts into the next version."""
    for row in source.information.all():
        AgencyInformation.objects.create(nominal_id=row.nominal_id, minutes=target, agency_id=row.agency_id, text=row.text)
    for part in source.restricted_items.prefetch_related("recipients"):
        copy = RestrictedItem.objects.create(
            nominal_id=part.nominal_id, minutes=target, text=part.text, reason=part.reason, added_by_id=part.added_by_id
        )
        copy.recipients.set(part.recipients.all())


def lock_minutes(minutes: Minutes, version: int | None = None) -> Minutes:
    """Hold minutes until the transaction ends; whoever holds them holds the nominal too."""
    lock_nominal(minutes.nominal)
    related = ("item__meeting__force", "item__meeting__coordinator", "nominal__offender_manager", "nominal__force", "nominal__unit")
    locked = Minutes.objects.select_for_update(of=("self",)).select_related(*related).get(pk=minutes.pk)
    require_unchanged(locked, version)
    return locked


def store(minutes: Minutes, *fields: str) -> Minutes:
    """Store fields and count the version up."""
    minutes.version += 1
    minutes.save(update_fields=[*fields, "version"])
    return minutes


@transaction.atomic
def submit_minutes(*, actor: User, minutes: Minutes, version: int | None = None) -> Minutes:
    """Hand complete minutes to the chair; what is missing is said by its heading."""
    authorise(actor, Perm.ARRANGE_MEETING, minutes)
    locked = lock_minutes(minutes, version)
    require_minutes_move(locked, MinutesState.SUBMITTED)
    require_complete(locked)
    require_review_in_time(locked)
    locked.state, locked.return_reason = MinutesState.SUBMITTED, ""
    store(locked, "state", "return_reason")
    record_event(Verb.CHANGED, locked, act="Minutes submitted for approval", number=locked.number)
    chair = locked.item.meeting.chair
    people = [chair] if chair else User.objects.filter(organisation=locked.nominal.force, groups__name=Role.MAPP_CHAIR, is_active=True)
    tell(actor=actor, people=people, text=gettext_noop("Minutes wait for approval"), nominal=locked.nominal_id, route=ROUTE)
    return locked


@transaction.atomic
def return_minutes(*, actor: User, minutes: Minutes, version: int, reason: str) -> Minutes:
    """Send submitted minutes back to whoever drafts them, with what must change."""
    authorise(actor, Perm.CHAIR_MEETING, minutes)
    locked = lock_minutes(minutes, version)
    require_minutes_move(locked, MinutesState.DRAFT)
    locked.state, locked.return_reason = MinutesState.DRAFT, reason
    store(locked, "state", "return_reason")
    record_event(Verb.CHANGED, locked, reason=reason, act="Minutes sent back", number=locked.number)
    text = gettext_noop("Minutes were sent back")
    tell(actor=actor, people=[locked.drafted_by, locked.edited_by], text=text, nominal=locked.nominal_id, route=ROUTE)
    return locked


@transaction.atomic
def approve_minutes(*, actor: User, minutes: Minutes, version: int) -> Minutes:
    """Approve submitted minutes that somebody else wrote: their decision on category and level takes effect from the meeting's day."""
    authorise(actor, Perm.CHAIR_MEETING, minutes)
    locked = lock_minutes(minutes)
    require_minutes_move(locked, MinutesState.APPROVED)
    require_unchanged(locked, version)
    require_another_author(locked, actor)
    require_complete(locked)
    require_review_in_time(locked)
    Minutes.objects.filter(item=locked.item, state=MinutesState.APPROVED).update(state=MinutesState.SUPERSEDED)
    locked.state, locked.approved_by, locked.approved_at = MinutesState.APPROVED, actor, now()
    locked.content_hash = content_hash(content_of(locked))
    store(locked, "state", "approved_by", "approved_at", "content_hash")
    apply_decision(actor=actor, minutes=locked)
    complete_actions_about(actor=actor, subject=locked.item, kind=MINUTES, outcome="Minutes approved")
    record_event(Verb.CHANGED, locked, act="Minutes approved", number=locked.number, sha256=locked.content_hash)
    text = gettext_noop("Minutes approved")
    people = [locked.drafted_by, locked.nominal.offender_manager]
    tell(actor=actor, people=people, text=text, nominal=locked.nominal_id, route=ROUTE)
    return locked


def apply_decision(*, actor: User, minutes: Minutes) -> None:
    """Set category and level as the meeting decided, where they are not so already, and raise the next review."""
    nominal = Nominal.objects.select_related("force", "unit", "offender_manager").get(pk=minutes.nominal_id)
    level = minutes.decided_level or None
    category = minutes.decided_category if level else None
    latest = latest_mappa(nominal)
    day = localdate(minutes.item.meeting.starts_at)
    if latest is None or latest.period.upper is not None or (latest.category, latest.level) != (category, level):
        require_level_not_overtaken(latest, minutes)
        apply_mappa(
            actor=actor,
            nominal=nominal,
            category=category,
            level=level,
            reason=minutes.level_reasons,
            starts_on=day,
            decided_by=DecidedBy.MEETING,
            decision=minutes,
        )
    renew_review(actor=actor, nominal=nominal, level=level, starts_on=day, due_on=minutes.next_review_on)
