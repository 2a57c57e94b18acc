"""Briefing investigators: a pack is made once, reaches named people, and records who read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from actions.services import Owner, cancel_actions_about, complete_action, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.information import Handling
from intelligence.guards.information import require_conditions
from intelligence.models import Briefing, BriefingRecipient, BriefingReport, InformationRelease
from intelligence.reports.briefings import read_parts, releases_about
from offenders.models import Nominal

RECEIPT = "briefing-receipt"


@transaction.atomic
def make_briefing(
    *,
    actor: User,
    nominal: Nominal,
    offence: str,
    crime_reference: str,
    handling: str,
    parts: Sequence[str],
    intelligence: str,
    valid_until: date,
    recipients: Sequence[User],
    reports: Sequence[InformationRelease] = (),
    conditions: str = "",
) -> Briefing:
    """Make a pack of what the actor may see of the record now, and give it to named colleagues.

    Of `reports`, released texts about the person, those with conditions go under the `conditions` that are said.
    """
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_later(valid_until)
    require_about(actor, nominal, reports)
    for release in reports:
        require_conditions(release.handling, conditions)
    contents = read_parts(actor, nominal, list(parts))
    if intelligence:
        contents.append({"heading": "Intelligence and previous events", "lines": [("", intelligence)]})
    if not contents and not reports:
        raise DomainError("Choose at least one part, or write what the investigators must know.", field="parts")
    briefing = Briefing.objects.create(
        nominal=nominal,
        offence=offence,
        crime_reference=crime_reference,
        handling=handling,
        contents=contents,
        made_by=actor,
        valid_until=valid_until,
    )
    for release in reports:
        said = conditions.strip() if release.handling == Handling.CONDITIONS else ""
        BriefingReport.objects.create(briefing=briefing, release=release, conditions=said)
    told = [release.report.reference for release in reports]
    record_event(Verb.CREATED, briefing, act="Briefing made", parts=list(parts), reports=told)
    give(briefing, actor, recipients)
    return briefing


def require_about(actor: User, nominal: Nominal, reports: Sequence[InformationRelease]) -> None:
    """Each is the newest released text of a report about the person."""
    if {release.pk for release in reports} - set(releases_about(actor, nominal).values_list("pk", flat=True)):
        raise DomainError("One of these reports was corrected or withdrawn meanwhile. Choose again.", field="reports")


def require_later(day: date) -> None:
    """A pack holds for a time."""
    if day <= localdate():
        raise DomainError("The last day must be after today.", field="valid_until")


def give(briefing: Briefing, actor: User, recipients: Sequence[User]) -> None:
    """Name readers, each once, and ask each to confirm reading; nobody who may not know of the record."""
    for user in recipients:
        if not may(user, Perm.VIEW_MARKER, briefing.nominal) or not may(user, Perm.VIEW_BRIEFING):
            raise DomainError("One of these people cannot receive this briefing. Leave that number out.", field="recipients")
        _, is_new = BriefingRecipient.objects.get_or_create(briefing=briefing, user=user, defaults={"added_by": actor})
        if not is_new:
            continue
        raise_action(
            actor=actor,
            kind=RECEIPT,
            title=gettext_noop("Read the briefing that was made for you"),
            owner=Owner(user=user),
            force=user.organisation,
            unit=user.unit,
            subject=briefing,
            route="intelligence:briefing-list",
            rule=RECEIPT,
            key=f"briefing:{briefing.pk}:{user.pk}",
        )
        record_event(Verb.GRANTED, briefing, act="Briefing given", user=user.pk)


@transaction.atomic
def add_recipients(*, actor: User, briefing: Briefing, recipients: Sequence[User]) -> Briefing:
    """Give a pack to more people."""
    authorise(actor, Perm.CHANGE_RECORD, briefing)
    if briefing.valid_until < localdate():
        raise DomainError("This briefing has ended. Make a new one, so that they read what is true now.")
    give(briefing, actor, recipients)
    return briefing


@transaction.atomic
def confirm_reading(*, actor: User, briefing: Briefing) -> None:
    """Note that a named reader opened the pack; the first time counts. For callers that found it through for_user."""
    authorise(actor, Perm.VIEW_BRIEFING, briefing)
    rows = BriefingRecipient.objects.select_for_update(of=("self",)).filter(briefing=briefing, user=actor, read_at__isnull=True)
    for row in rows:
        row.read_at = now()
        row.save(update_fields=["read_at"])
        for action in Action.objects.for_user(actor).waiting().filter(key=f"briefing:{briefing.pk}:{actor.pk}"):
            complete_action(actor=actor, action=action, outcome="Read")


@transaction.atomic
def end_briefing(*, actor: User, briefing: Briefing, reason: str) -> Briefing:
    """Close a pack to its named readers from now."""
    authorise(actor, Perm.CHANGE_RECORD, briefing)
    locked = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    if locked.valid_until < localdate():
        raise DomainError("This briefing has ended already.")
    locked.valid_until = localdate() - timedelta(days=1)
    locked.save(update_fields=["valid_until"])
    cancel_actions_about(actor=actor, subject=locked, reason="The briefing was ended.")
    record_event(Verb.REVOKED, locked, reason=reason, act="Briefing ended")
    return locked
