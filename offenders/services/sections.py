"""Confidential sections: kept apart from the case file, for named people only. The database enforces the same by row security."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.access import authorise, may, row_security, scopes_of
from accounts.errors import DomainError, NotPermitted
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm, Scope
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import SectionKind
from offenders.choices.confidential import LawfulBasis
from offenders.guards.confidential import require_future
from offenders.models import ConfidentialSection, Nominal, SectionUserGrant
from offenders.periods import PeriodKind
from offenders.reports import may_name_readers, people_to_grant
from offenders.services.access import SHORTEST_REASON, require_end_in_reach, require_not_excluded, require_words
from offenders.services.leaks import keep_fingerprints
from offenders.services.section_care import settle_reviews


def add_section(
    *,
    actor: User,
    nominal: Nominal,
    kind: SectionKind | str,
    body: str,
    basis: LawfulBasis | str,
    lawful_basis: str,
    originator: str,
    handling: str,
    review_on: date,
) -> ConfidentialSection:
    """Keep something apart from the case file; the actor owns it and alone decides who else reads it."""
    require_future(review_on, timezone.localdate())
    values = {
        "kind": kind,
        "body": body,
        "basis": basis,
        "lawful_basis": lawful_basis,
        "originator": originator,
        "handling": handling,
        "review_on": review_on,
    }
    with row_security(actor):
        authorise(actor, Perm.ADD_CONFIDENTIAL, nominal)
        section = ConfidentialSection.objects.create(nominal=nominal, owner=actor, **values)
        keep_fingerprints(section)
        record_event(Verb.CREATED, section, kind=kind)
        settle_reviews(actor)
    return section


def require_section_reader(section: ConfidentialSection, user: User) -> None:
    """Do nothing if a grant to this person can have an effect."""
    if user.pk == section.owner_id:
        raise DomainError("This person owns the section and reads it already", field="user")
    if not people_to_grant(section.nominal).filter(pk=user.pk).exists():
        raise DomainError("It can be opened to active staff of the owning force or of a partnered force", field="user")
    if Scope.GRANTED not in scopes_of(user, Perm.VIEW_CONFIDENTIAL):
        raise DomainError("This person's role, training or vetting does not let them read confidential sections", field="user")
    require_not_excluded(section.nominal, user)
    if not may(user, Perm.VIEW_CARD, section.nominal):
        raise DomainError("This person cannot open the record. First give them access to its card", field="user")


def grant_section(*, actor: User, section: ConfidentialSection, user: User, reason: str, expires_at: datetime) -> SectionUserGrant:
    """Let one named person read one section until the end that is given."""
    reason = require_words(reason, SHORTEST_REASON)
    require_end_in_reach(expires_at, PeriodKind.SECTION_GRANT)
    with row_security(actor):
        if not may_name_readers(actor, section):
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        hold(section.nominal)
        require_section_reader(section, user)
        clear_ended_section_grant(section, user)
        held = Permission.objects.get_by_natural_key(Perm.VIEW_CONFIDENTIAL, "offenders", "confidentialsection")
        grant = SectionUserGrant.objects.create(
            user=user, permission=held, content_object=section, reason=reason, granted_by=actor, expires_at=expires_at
        )
        record_event(Verb.GRANTED, section, reason=reason, user=user.pk, expires_at=expires_at.isoformat())
    return grant


def clear_ended_section_grant(section: ConfidentialSection, user: User) -> None:
    """Remove a grant that has run out, so that it can be given anew; refuse while one counts."""
    held = section.user_grants.filter(user=user).first()
    if held and held.expires_at > timezone.now():
        raise DomainError("This person reads it already. End that access first to change it", field="user")
    if held:
        held.delete()


def revoke_section_grant(*, actor: User, grant: SectionUserGrant, reason: str) -> None:
    """End a grant on a section now."""
    reason = require_words(reason, SHORTEST_REASON)
    with row_security(actor):
        section = grant.content_object
        if not may_name_readers(actor, section):
            raise NotPermitted(Perm.VIEW_CONFIDENTIAL)
        user_id = grant.user_id
        hold(grant).delete()
        record_event(Verb.REVOKED, section, reason=reason, user=user_id)
