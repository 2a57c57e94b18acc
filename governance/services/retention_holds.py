"""Legal holds: a record must stay until another person than the one who said so lifts the hold."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from governance.choices.retention import Decision, ReviewState
from governance.guards.retention import require_another, require_hold, require_live, require_why
from governance.models import LegalHold, RetentionReview
from governance.services.retention import ROUTE, lapse, owner_for
from offenders.guards import require_unchanged
from offenders.models import Nominal
from offenders.services.records import lock_nominal

HOLD = "retention-hold"


@transaction.atomic
def place_hold(*, actor: User, nominal: Nominal, kind: str, reason: str, review_on: date) -> LegalHold:
    """Hold a record against disposal. A disposal that was decided and not carried out lapses."""
    authorise(actor, Perm.REVIEW_RETENTION, nominal)
    lock_nominal(nominal)
    require_hold(kind, review_on)
    hold = LegalHold.objects.create(nominal=nominal, kind=kind, reason=require_why(reason), review_on=review_on, placed_by=actor)
    for review in RetentionReview.objects.filter(nominal=nominal, state=ReviewState.APPROVED, decision=Decision.DISPOSE):
        lapse(actor, review, "A legal hold was placed.")
    raise_action(
        actor=actor, kind=HOLD, title=gettext_noop("See whether a legal hold is still needed"), owner=owner_for(nominal), nominal=nominal,
        subject=hold, route=ROUTE, due_on=review_on, key=f"{HOLD}-{hold.pk}",
    )  # fmt: skip
    record_event(Verb.CHANGED, hold, reason=hold.reason, act="Legal hold placed", kind=kind)
    return hold


@transaction.atomic
def lift_hold(*, actor: User, hold: LegalHold, version: int | None, reason: str) -> LegalHold:
    """Lift a hold, as another person than the one who placed it."""
    authorise(actor, Perm.REVIEW_RETENTION, hold)
    lock_nominal(hold.nominal)
    locked = LegalHold.objects.select_for_update().get(pk=hold.pk)
    require_unchanged(locked, version)
    require_live(locked)
    require_another(actor, locked.placed_by_id, Perm.REVIEW_RETENTION)
    locked.lifted_by, locked.lifted_at, locked.lift_reason = actor, now(), require_why(reason)
    locked.version += 1
    locked.save(update_fields=["lifted_by", "lifted_at", "lift_reason", "version"])
    complete_actions_about(actor=actor, subject=locked, outcome="Lifted", late_reason="It closed by itself when the hold was lifted.")
    record_event(Verb.CHANGED, locked, reason=locked.lift_reason, act="Legal hold lifted")
    return locked
