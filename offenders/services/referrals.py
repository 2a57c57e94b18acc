"""Referral to MAPPA and its screening."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.services.telling import tell
from actions.services.work import complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import MappaLevel
from offenders.choices.meetings import DecidedBy, ReferralOutcome
from offenders.guards.meetings import (
    require_another_screener,
    require_basis,
    require_meeting_decision,
    require_no_waiting_referral,
    require_unscreened,
)
from offenders.models import Nominal, Referral
from offenders.rules.meetings import category_of
from offenders.services.levels import ROUTE, coordination
from offenders.services.operational import apply_mappa, latest_mappa
from offenders.services.records import lock_nominal

SCREENING = "mappa-screening"
ACCEPTED: dict[int, str] = {
    MappaLevel.ONE: gettext_noop("Referral accepted at level 1"),
    MappaLevel.TWO: gettext_noop("Referral accepted at level 2"),
    MappaLevel.THREE: gettext_noop("Referral accepted at level 3"),
}


@transaction.atomic
def refer_nominal(
    *,
    actor: User,
    nominal: Nominal,
    agency: Organisation,
    basis: str,
    level: MappaLevel | int,
    reason: str,
) -> Referral:
    """Ask that a person be managed at a level; the legal basis says the category. The clock of screening starts."""
    authorise(actor, Perm.ARRANGE_MEETING, nominal)
    locked = lock_nominal(nominal)
    require_no_waiting_referral(locked)
    require_basis(basis, localdate())
    referral = Referral.objects.create(
        nominal=locked, agency=agency, referred_by=actor, category=category_of(basis), basis=basis, level=level, reason=reason
    )
    record_event(Verb.CREATED, referral, act=f"Referred to MAPPA, level {level} proposed")
    raise_action(
        actor=actor,
        kind=SCREENING,
        title=gettext_noop("MAPPA referral to screen"),
        owner=coordination(nominal),
        nominal=nominal,
        subject=referral,
        route=ROUTE,
        rule=SCREENING,
        key=f"{SCREENING}-{referral.pk}",
    )
    return referral


@transaction.atomic
def screen_referral(
    *, actor: User, referral: Referral, outcome: ReferralOutcome | str, level: MappaLevel | int | None, starts_on: date, reason: str
) -> Referral:
    """Decide a referral: accepted at a level, which holds from `starts_on`, or not accepted."""
    authorise(actor, Perm.ARRANGE_MEETING, referral)
    nominal = lock_nominal(referral.nominal)
    locked = Referral.objects.select_for_update(of=("self",)).select_related("decided_by", "referred_by").get(pk=referral.pk)
    require_unscreened(locked)
    require_another_screener(locked, actor)
    is_accepted = outcome == ReferralOutcome.ACCEPTED
    if is_accepted and not level:
        raise DomainError("Select the level at which the person is accepted.", field="level")
    locked.outcome, locked.decided_level = outcome, level if is_accepted else None
    locked.decided_by, locked.decided_at, locked.decision_reason = actor, now(), reason
    locked.save(update_fields=["outcome", "decided_level", "decided_by", "decided_at", "decision_reason"])
    if is_accepted:
        accept(actor=actor, referral=locked, nominal=nominal, starts_on=starts_on)
    words = ACCEPTED[level] if is_accepted and level else gettext_noop("Referral not accepted")
    complete_actions_about(actor=actor, subject=locked, kind=SCREENING, outcome=words)
    record_event(Verb.CHANGED, locked, reason=reason, act=words)
    tell(actor=actor, people=[locked.referred_by], text=words, nominal=nominal.pk, route=ROUTE)
    return locked


def accept(*, actor: User, referral: Referral, nominal: Nominal, starts_on: date) -> None:
    """Set category and level as screened, where they are not so already; screening cannot lower level 2 or 3."""
    latest = latest_mappa(nominal)
    if (
        latest is not None
        and latest.period.upper is None
        and (latest.category, latest.level) == (referral.category, referral.decided_level)
    ):
        return
    require_meeting_decision(latest, referral.decided_level, None)
    apply_mappa(
        actor=actor,
        nominal=nominal,
        category=referral.category,
        level=referral.decided_level,
        reason=referral.decision_reason,
        starts_on=starts_on,
        decided_by=DecidedBy.SCREENING,
    )
