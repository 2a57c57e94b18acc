"""Exceptions to the access rules, made one at a time and recorded: reasons, grants, exclusions, partnerships, emergencies."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from accounts.access import authorise, scopes_of
from accounts.errors import DomainError, NotPermitted
from accounts.guards import hold
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm, Scope
from actions.services import rehome_actions
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import ReasonCategory
from offenders.models import BreakGlass, Exclusion, Nominal, NominalUserGrant, Partnership, StatedReason
from offenders.periods import PeriodKind, length_of
from offenders.reports import people_to_grant
from ui.templatetags.ui import date_words, moment_words

GRANTABLE = (Perm.VIEW_CARD, Perm.VIEW_CASE_FILE, Perm.VIEW_SENSITIVE)
SHORTEST_REASON = 10
SHORTEST_EMERGENCY_REASON = 20


def require_words(text: str, shortest: int, field: str = "reason") -> str:
    """Return the text without the space around it, if it says enough."""
    text = text.strip()
    if len(text) < shortest:
        raise DomainError(
            "Say why in at least {shortest} characters, so that whoever checks understands it", shortest=shortest, field=field
        )
    return text


def require_not_excluded(nominal: Nominal, user: User) -> None:
    """Do nothing unless the person is excluded from the record: an exclusion wins over every grant."""
    if Exclusion.objects.filter(nominal=nominal, user=user, ended_at=None).exists():
        raise DomainError("This person is excluded from the record. A supervisor must end the exclusion first", field="user")


def require_end_in_reach(expires_at: datetime, kind: PeriodKind, field: str = "expires_at") -> None:
    """Do nothing if the end lies in the future and no further away than the rule allows."""
    today = timezone.localdate()
    latest = today + length_of(kind, today)
    if expires_at <= timezone.now():
        raise DomainError("The last day must be today or in the future", field=field)
    if timezone.localdate(expires_at) > latest:
        raise DomainError("The last day must be before {day}: access is renewed, not left open", day=date_words(latest), field=field)


@transaction.atomic
def state_reason(*, actor: User, nominal: Nominal, permission: Perm, category: ReasonCategory, text: str) -> StatedReason:
    """Open the card or the case file to the actor for as long as the rule says; raises NotPermitted where no reason helps."""
    if not Nominal.objects.reachable_by_reason(actor, permission).filter(pk=nominal.pk).exists():
        raise NotPermitted(permission)
    text = require_words(text, SHORTEST_REASON, "text")
    expires_at = timezone.now() + length_of(PeriodKind.STATED_REASON, timezone.localdate())
    stated = StatedReason.objects.create(
        nominal=nominal, user=actor, permission=permission, category=category, text=text, expires_at=expires_at
    )
    reason = f"{ReasonCategory(category).label}: {text}"
    record_event(Verb.STATED_REASON, nominal, reason=reason, permission=permission, expires_at=expires_at.isoformat())
    return stated


@transaction.atomic
def grant_access(*, actor: User, nominal: Nominal, user: User, permission: Perm, reason: str, expires_at: datetime) -> NominalUserGrant:
    """Let one named person read the card or the case file until the end that is given."""
    authorise(actor, Perm.GRANT_ACCESS, nominal)
    reason = require_words(reason, SHORTEST_REASON)
    require_end_in_reach(expires_at, PeriodKind.GRANT)
    hold(nominal)
    require_grantee(actor, nominal, user, permission)
    clear_ended_grant(nominal, user, permission)
    held = Permission.objects.get_by_natural_key(permission, "offenders", "nominal")
    grant = NominalUserGrant.objects.create(
        user=user, permission=held, content_object=nominal, reason=reason, granted_by=actor, expires_at=expires_at
    )
    record_event(Verb.GRANTED, nominal, reason=reason, user=user.pk, permission=permission, expires_at=expires_at.isoformat())
    return grant


def require_grantee(actor: User, nominal: Nominal, user: User, permission: Perm) -> None:
    """Do nothing if a grant to this person can have an effect and is not the person's own idea."""
    if user == actor:
        raise DomainError("You cannot give access to yourself. Ask a supervisor of the unit", field="user")
    if permission not in GRANTABLE or not people_to_grant(nominal).filter(pk=user.pk).exists():
        raise DomainError("Access can be given to active staff of the owning force or of a partnered force", field="user")
    if Scope.GRANTED not in scopes_of(user, permission):
        raise DomainError(
            "This person's role, training or vetting does not let them read that. Their force's administrator can help", field="user"
        )
    require_not_excluded(nominal, user)


def clear_ended_grant(nominal: Nominal, user: User, permission: Perm) -> None:
    """Remove a grant that has run out, so that it can be given anew; refuse while one counts."""
    held = nominal.user_grants.filter(user=user, permission__codename=permission).first()
    if held and held.expires_at > timezone.now():
        raise DomainError(
            "This person has that access until {moment}. End it first to change it", moment=moment_words(held.expires_at), field="user"
        )
    if held:
        held.delete()


@transaction.atomic
def revoke_grant(*, actor: User, grant: NominalUserGrant, reason: str) -> None:
    """End a grant now."""
    nominal = grant.content_object
    authorise(actor, Perm.GRANT_ACCESS, nominal)
    reason = require_words(reason, SHORTEST_REASON)
    permission = grant.permission.codename
    hold(grant).delete()
    record_event(Verb.REVOKED, nominal, reason=reason, user=grant.user_id, permission=permission)


@transaction.atomic
def exclude_person(*, actor: User, nominal: Nominal, user: User, reason: str) -> Exclusion:
    """Take the record out of this person's sight from this moment, whatever else the person holds."""
    authorise(actor, Perm.EXCLUDE_PERSON, nominal)
    reason = require_words(reason, SHORTEST_REASON)
    locked = Nominal.objects.select_for_update(of=("self",)).get(pk=nominal.pk)
    if locked.offender_manager_id == user.pk:
        raise DomainError("This person manages the record. Allocate it to another manager first", field="user")
    if Exclusion.objects.filter(nominal=nominal, user=user, ended_at=None).exists():
        raise DomainError("This person is excluded already", field="user")
    exclusion = Exclusion.objects.create(nominal=nominal, user=user, reason=reason, made_by=actor)
    record_event(Verb.EXCLUDED, nominal, reason=reason, user=user.pk)
    rehome_actions(actor=actor, nominal=locked.pk)
    return exclusion


@transaction.atomic
def end_exclusion(*, actor: User, exclusion: Exclusion, reason: str) -> Exclusion:
    """Let the ordinary rules hold for this person again."""
    authorise(actor, Perm.EXCLUDE_PERSON, exclusion.nominal)
    reason = require_words(reason, SHORTEST_REASON)
    exclusion = hold(exclusion)
    if exclusion.ended_at:
        raise DomainError("This exclusion has ended already")
    exclusion.ended_at = timezone.now()
    exclusion.save(update_fields=["ended_at"])
    record_event(Verb.CHANGED, exclusion.nominal, reason=reason, ended="exclusion", user=exclusion.user_id)
    return exclusion


@transaction.atomic
def add_partnership(*, actor: User, nominal: Nominal, force: Organisation, unit: Unit | None, reason: str) -> Partnership:
    """Let another force read the card, and the case file in the unit that is named."""
    authorise(actor, Perm.GRANT_ACCESS, nominal)
    reason = require_words(reason, SHORTEST_REASON)
    if force.pk == nominal.force_id or not force.is_force:
        raise DomainError("Choose another police force than the one that holds the record", field="force")
    if unit and unit.organisation_id != force.pk:
        raise DomainError("Choose a unit of that force", field="unit")
    hold(nominal)
    if nominal.partnerships.filter(force=force, ended_at=None).exists():
        raise DomainError("That force is a partner already. End the partnership first to change it", field="force")
    partnership = Partnership.objects.create(nominal=nominal, force=force, unit=unit, reason=reason)
    record_event(Verb.GRANTED, nominal, reason=reason, partner_force=force.pk, partner_unit=unit.pk if unit else None)
    return partnership


@transaction.atomic
def end_partnership(*, actor: User, partnership: Partnership, reason: str) -> Partnership:
    """Take the record out of the other force's everyday sight."""
    authorise(actor, Perm.GRANT_ACCESS, partnership.nominal)
    reason = require_words(reason, SHORTEST_REASON)
    partnership = hold(partnership)
    if partnership.ended_at:
        raise DomainError("This partnership has ended already")
    partnership.ended_at = timezone.now()
    partnership.save(update_fields=["ended_at"])
    record_event(Verb.REVOKED, partnership.nominal, reason=reason, partner_force=partnership.force_id)
    return partnership


@transaction.atomic
def break_glass(*, actor: User, nominal: Nominal, reason: str) -> BreakGlass:
    """Open the record's confidential sections to the actor, to read, for as long as the rule says; owners and auditors are told.

    The caller has had the actor confirm that life is at risk and give the password again.
    """
    authorise(actor, Perm.BREAK_GLASS, nominal)
    reason = require_words(reason, SHORTEST_EMERGENCY_REASON)
    live = BreakGlass.objects.filter(nominal=nominal, user=actor, expires_at__gt=timezone.now()).first()
    if live:
        raise DomainError(
            "You have it open until {moment}. Ask again when that has passed, if life is still at risk",
            moment=moment_words(live.expires_at),
        )
    expires_at = timezone.now() + length_of(PeriodKind.EMERGENCY_OPENING, timezone.localdate())
    opening = BreakGlass.objects.create(nominal=nominal, user=actor, reason=reason, expires_at=expires_at)
    for key in nominal.every_key[1:]:  # what its owners left on a record that was merged into it
        BreakGlass.objects.create(nominal_id=key, user=actor, reason=reason, expires_at=expires_at)
    record_event(Verb.BROKE_GLASS, nominal, reason=reason, opening=opening.pk, expires_at=expires_at.isoformat())
    transaction.on_commit(lambda: tell_of_opening(opening.pk), robust=True)
    return opening


def tell_of_opening(opening_id: int) -> None:
    """Hand the mails about an opening to the worker."""
    from offenders.tasks import tell_of_emergency_opening  # noqa: PLC0415  (tasks import services)

    tell_of_emergency_opening.delay(opening_id)


@transaction.atomic
def review_break_glass(*, actor: User, opening: BreakGlass, was_justified: bool, note: str) -> BreakGlass:
    """Record whether an emergency opening was justified; never by whoever opened."""
    authorise(actor, Perm.REVIEW_BREAK_GLASS, opening)
    note = require_words(note, SHORTEST_REASON, "note")
    locked = BreakGlass.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if locked.reviewed_at:
        raise DomainError("Somebody else has reviewed this opening. Go back to read the result")
    locked.reviewed_by, locked.reviewed_at = actor, timezone.now()
    locked.was_justified, locked.review_note = was_justified, note
    locked.save(update_fields=["reviewed_by", "reviewed_at", "was_justified", "review_note"])
    record_event(Verb.REVIEWED, locked, reason=note, was_justified=was_justified)
    return locked
