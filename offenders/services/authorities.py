"""Telling other responsible authorities, probation and prison above all, and what they did about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards.custody import require_past
from offenders.models import AuthorityNotice, Nominal

CHASE = "authority-reply"


@transaction.atomic
def tell_authority(
    *, actor: User, nominal: Nominal, agency: Organisation, told_at: datetime, needs_answer: bool, **details: Any
) -> AuthorityNotice:
    """Record what an authority was told; where an answer is expected, somebody chases it when it does not come."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_past(told_at, "told_at")
    if agency.is_force:
        raise DomainError("Choose an agency. Another force becomes a partner of the record instead.", field="agency")
    notice = AuthorityNotice.objects.create(
        nominal=nominal, agency=agency, told_by=actor, told_at=told_at, needs_answer=needs_answer, **details
    )
    if needs_answer:
        raise_action(
            actor=actor,
            kind=CHASE,
            title=gettext_noop("Answer of another authority to be chased"),
            owner=Owner(user=actor),
            nominal=nominal,
            subject=notice,
            route="offenders:authorities",
            rule="authority-reply",
            starts_at=told_at,
            key=f"authority:{notice.pk}",
        )
    record_event(Verb.CHANGED, notice, act="Another authority was told", agency=agency.pk, about=notice.about)
    return notice


@transaction.atomic
def record_answer(*, actor: User, notice: AuthorityNotice, answered_at: datetime, answered_by: str, answer: str) -> AuthorityNotice:
    """Record what the authority did."""
    authorise(actor, Perm.CHANGE_RECORD, notice)
    locked = AuthorityNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.answered_at:
        raise DomainError("The answer is recorded already. Record a further one as a new entry.")
    require_past(answered_at, "answered_at", locked.told_at)
    locked.answered_at, locked.answered_by, locked.answer = answered_at, answered_by, answer
    locked.save(update_fields=["answered_at", "answered_by", "answer"])
    complete_actions_about(actor=actor, subject=locked, outcome="The authority answered.")
    record_event(Verb.CHANGED, locked, act="Answer of another authority recorded")
    return locked
